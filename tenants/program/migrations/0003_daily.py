from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("program", "0002_late_matches")]
    operations = [
        migrations.AddField(model_name="programsettings", name="daily_done_on", field=models.DateField(null=True)),
    ]
