"""Documents of a batch that was taken back stay, marked; their numbers are free again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sales", "0004_late_matches")]
    operations = [
        migrations.RemoveConstraint(model_name="salesdocument", name="one_document_number"),
        migrations.AddField(
            model_name="salesdocument", name="reverted_at", field=models.DateTimeField(null=True)
        ),
        migrations.AddConstraint(
            model_name="salesdocument",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reverted_at__isnull", True)),
                fields=("seller_nip", "number"),
                name="one_document_number",
            ),
        ),
    ]
