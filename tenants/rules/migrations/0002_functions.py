"""Rounding, frozen versions, append-only receipts."""

from pathlib import Path

from django.db import migrations

from kolektor.kernel.append_only import append_only

FUNCTIONS = (Path(__file__).parents[1] / "sql" / "functions.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("rules", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        append_only("rules_awardline"),
    ]
