from django.db import migrations, models

# cards and mails of the sign-on read what a wholesaler looks like in `public`
PUBLISH = """
UPDATE public.network_wholesaler AS face
   SET surface_color = own.surface_color, logo_text = own.logo_text, logo_shape = own.logo_shape
  FROM program_branding AS own
 WHERE face.schema_name = current_schema()
"""


class Migration(migrations.Migration):
    dependencies = [("program", "0003_daily"), ("network", "0003_logo")]
    operations = [
        migrations.AddField(
            model_name="branding",
            name="logo",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.RunSQL(PUBLISH, migrations.RunSQL.noop),
    ]
