"""Caps, budgets, fixed awards and multipliers; corrections in SQL functions; awards that name their posting."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).parents[1] / "sql"
FUNCTIONS = "".join((SQL / name).read_text(encoding="utf-8") for name in ("corrections.sql", "limits.sql"))

# the receipts are append-only; this one time their new column is filled in
FILL = """
ALTER TABLE rules_awardline DISABLE TRIGGER rules_awardline_no_change;
UPDATE rules_awardline SET posting_key = 'award:' || document_id;
ALTER TABLE rules_awardline ENABLE TRIGGER rules_awardline_no_change;
"""


class Migration(migrations.Migration):
    dependencies = [("rules", "0002_functions"), ("sales", "0005_reverted")]
    operations = [
        migrations.AddField(model_name="awardline", name="wanted", field=models.BigIntegerField(null=True)),
        migrations.AddField(
            model_name="awardline", name="posting_key", field=models.CharField(db_default="", max_length=120)
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="awardline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("adjusts__isnull", True)), fields=("line", "version"), name="one_award_per_line"
            ),
        ),
        migrations.CreateModel(
            name="CappedLine",
            fields=[
                (
                    "award",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="capped",
                        serialize=False,
                        to="rules.awardline",
                    ),
                ),
                ("member_id", models.UUIDField()),
                ("firm_key", models.UUIDField()),
                ("sale_date", models.DateField()),
                ("wanted", models.BigIntegerField()),
                ("passed", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("reached", models.BigIntegerField()),
                ("granted", models.BigIntegerField()),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rules.ruleversion",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["version", "member_id"], name="capped_member"),
                    models.Index(fields=["version", "firm_key"], name="capped_firm"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("granted__gte", 0)), name="granted_not_negative")
                ],
            },
        ),
        migrations.CreateModel(
            name="CapUsage",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "version_id",
                        "cap",
                        "owner_id",
                        "period",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("cap", models.PositiveSmallIntegerField()),
                ("owner_id", models.UUIDField()),
                ("period", models.DateField()),
                ("units", models.BigIntegerField()),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="usage",
                        to="rules.ruleversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("units__gte", 0)), name="usage_not_negative")
                ],
            },
        ),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]
