"""Corrections of the whole: what they change, the lines it is spread over, and all originals that a document names."""

from pathlib import Path

import django.contrib.postgres.fields
from django.db import migrations, models

SPREAD = (Path(__file__).parents[1] / "sql" / "spread.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("sales", "0006_import_wizard")]
    operations = [
        migrations.AddField(
            model_name="stageddocument",
            name="change_net",
            field=models.DecimalField(decimal_places=2, max_digits=18, null=True),
        ),
        migrations.AddField(
            model_name="stageddocument",
            name="change_gross",
            field=models.DecimalField(decimal_places=2, max_digits=18, null=True),
        ),
        migrations.AddField(
            model_name="salesdocument",
            name="corrected_numbers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=256), db_default=models.Value([]), default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="salesline", name="spread", field=models.BooleanField(db_default=False, default=False)
        ),
        migrations.RunSQL(
            SPREAD,
            "DROP FUNCTION sales_spread; DROP FUNCTION sales_cancels; DROP FUNCTION sales_change; "
            "DROP FUNCTION sales_left; DROP FUNCTION sales_family",
        ),
    ]
