"""Hot tables without foreign keys and indexes that nobody asks (docs/decisions/0006); commands that announce what they change."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

COMMANDS = (Path(__file__).parents[1] / "sql" / "commands.sql").read_text(encoding="utf-8")

OLD_COMMANDS = """
DROP FUNCTION IF EXISTS ledger_begin(text, text, bytea, timestamptz, text, text, uuid, uuid);
DROP FUNCTION IF EXISTS ledger_hold(text, uuid, bigint, text, timestamptz, text, text, uuid);
DROP FUNCTION IF EXISTS ledger_close_hold(uuid, text, text, text, timestamptz, uuid);
DROP FUNCTION IF EXISTS ledger_reverse(text, uuid, bigint, uuid, text, timestamptz, text, text, uuid);
DROP FUNCTION IF EXISTS ledger_award_bulk(
  text[], uuid[], bigint[], text[], timestamptz[], text, text[], timestamptz[], text);
"""

FILL = """
INSERT INTO ledger_lotbalance (account_id, lot_id, remaining, expires_at)
SELECT s.account_id, s.lot_id, sum(s.units), l.expires_at FROM (
  SELECT credit_id AS account_id, lot_id, amount AS units FROM ledger_transfer
  UNION ALL SELECT debit_id, lot_id, -amount FROM ledger_transfer
) s JOIN ledger_account a ON a.id = s.account_id AND a.role IN ('available', 'pending') JOIN ledger_lot l ON l.id = s.lot_id
GROUP BY s.account_id, s.lot_id, l.expires_at HAVING sum(s.units) <> 0
"""

ROOM = """
ALTER TABLE ledger_account SET (fillfactor = 70);
ALTER TABLE ledger_lotbalance SET (fillfactor = 70);
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_commands"), ("kernel", "0002_outbox_emit")]
    operations = [
        migrations.RemoveConstraint(
            model_name='account',
            name='account_owner',
        ),
        migrations.RemoveConstraint(
            model_name='transfer',
            name='transfer_positive',
        ),
        migrations.RemoveConstraint(
            model_name='transfer',
            name='transfer_two_accounts',
        ),
        migrations.AlterField(
            model_name='lot',
            name='posting',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='lots', to='ledger.posting'),
        ),
        migrations.AlterField(
            model_name='posting',
            name='closes',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='closed_by', to='ledger.posting'),
        ),
        migrations.AlterField(
            model_name='posting',
            name='idempotency_key',
            field=models.CharField(max_length=120),
        ),
        migrations.AlterField(
            model_name='transfer',
            name='credit',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account'),
        ),
        migrations.AlterField(
            model_name='transfer',
            name='debit',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account'),
        ),
        migrations.AlterField(
            model_name='transfer',
            name='lot',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='ledger.lot'),
        ),
        migrations.AlterField(
            model_name='transfer',
            name='posting',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='ledger.posting'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('balance__isnull', True), ('owner_id__isnull', True)), models.Q(('balance__isnull', False), ('owner_id__isnull', False)), _connector='OR'), name='account_owner'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.UniqueConstraint(fields=('idempotency_key',), name='one_posting_per_key'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.UniqueConstraint(condition=models.Q(('closes__isnull', False)), fields=('closes',), name='a_hold_closes_once'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0), models.Q(('debit', models.F('credit')), _negated=True)), name='transfer_sound'),
        ),
        # a cache of the transfers: made anew, with another key, and filled from them
        migrations.DeleteModel("LotBalance"),
        migrations.CreateModel(
            name="LotBalance",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "account_id", "lot_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lot_balances",
                        to="ledger.account",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="balances",
                        to="ledger.lot",
                    ),
                ),
                ("remaining", models.BigIntegerField()),
                ("expires_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("remaining__gt", 0)), name="lot_balance_floor")
                ],
            },
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        # room on the page for the next version of a row: balances change often and are short
        migrations.RunSQL(ROOM, migrations.RunSQL.noop),
        migrations.RunSQL(OLD_COMMANDS + COMMANDS, migrations.RunSQL.noop),
    ]
