import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("network", "0002_trigrams")]
    operations = [
        # never written but for ""
        migrations.RemoveField(model_name="wholesaler", name="logo_url"),
        migrations.AddField(
            model_name="wholesaler",
            name="surface_color",
            field=models.CharField(
                db_default="#ffffff",
                default="#ffffff",
                max_length=7,
                validators=[django.core.validators.RegexValidator(r"\A#[0-9a-fA-F]{6}\Z", "COLOR")],
            ),
        ),
        migrations.AddField(
            model_name="wholesaler",
            name="logo_text",
            field=models.CharField(blank=True, db_default="", default="", max_length=3),
        ),
        migrations.AddField(
            model_name="wholesaler",
            name="logo_shape",
            field=models.CharField(db_default="circle", default="circle", max_length=10),
        ),
        migrations.AddField(
            model_name="wholesaler",
            name="logo",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
    ]
