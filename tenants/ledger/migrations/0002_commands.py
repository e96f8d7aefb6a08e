"""The ledger's SQL commands and append-only locks."""

from pathlib import Path

from django.db import migrations

from kolektor.kernel.append_only import append_only

COMMANDS = (Path(__file__).parents[1] / "sql" / "commands.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        migrations.RunSQL(COMMANDS, migrations.RunSQL.noop),
        append_only("ledger_posting"),
        append_only("ledger_lot"),
        append_only("ledger_transfer"),
    ]
