"""Points that mature, expire and are adjusted by hand."""

from pathlib import Path

import django.db.models.functions.datetime
from django.db import migrations, models

import kolektor.kernel.fields
from kolektor.kernel.append_only import append_only

SQL = Path(__file__).parents[1] / "sql"
COMMANDS = "".join((SQL / name).read_text(encoding="utf-8") for name in ("commands.sql", "lifecycle.sql"))

OLD_COMMANDS = """
DROP FUNCTION IF EXISTS ledger_close_hold(uuid, text, text, text, timestamptz, uuid, text[]);
DROP FUNCTION IF EXISTS ledger_award_bulk(
  text[], uuid[], bigint[], text[], timestamptz[], text, text[], timestamptz[], text, text[]);
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_lean")]
    operations = [
        migrations.AddField(model_name="lot", name="matures_at", field=models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="Adjustment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=kolektor.kernel.fields.UuidV7(), editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("owner_kind", models.CharField(max_length=8)),
                ("owner_id", models.UUIDField()),
                ("units", models.BigIntegerField()),
                ("reason", models.CharField(max_length=200)),
                ("actor", models.UUIDField()),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("units", 0), _negated=True), name="adjustment_not_zero")
                ],
            },
        ),
        migrations.AlterField(
            model_name="posting",
            name="kind",
            field=models.CharField(
                choices=[
                    ("award", "Award"),
                    ("reverse", "Reverse"),
                    ("repay", "Repay"),
                    ("hold", "Hold"),
                    ("settle", "Settle"),
                    ("release", "Release"),
                    ("mature", "Mature"),
                    ("expire", "Expire"),
                    ("adjust", "Adjust"),
                ],
                max_length=12,
            ),
        ),
        append_only("ledger_adjustment"),
        migrations.RunSQL(OLD_COMMANDS + COMMANDS, migrations.RunSQL.noop),
    ]
