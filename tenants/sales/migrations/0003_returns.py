"""Returns without a reference, and what they take from which sale."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

RETURNS = (Path(__file__).parents[1] / "sql" / "returns.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):

    dependencies = [
        ('sales', '0002_schema_lengths'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReturnTake',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('quantity', models.DecimalField(decimal_places=6, max_digits=22)),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='takes', to='sales.salesline')),
                ('sold', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taken', to='sales.salesline')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('line', 'sold'), name='one_take_per_sale'), models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='take_positive')],
            },
        ),
        migrations.RunSQL(RETURNS, "DROP FUNCTION sales_take_returns"),
    ]
