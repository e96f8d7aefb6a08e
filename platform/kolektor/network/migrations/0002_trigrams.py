"""pg_trgm, for the wholesalers' suggestions of products. It is a trusted extension: the database's owner may create it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("network", "0001_initial")]
    operations = [migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public", migrations.RunSQL.noop)]
