"""A month's sums beside its buyers, so that headquarters' page reads months and not days."""

from typing import ClassVar

from django.db import migrations, models

SUMS = """
UPDATE reporting_monthstamp m SET
  sales = f.sales, lines = f.lines, units_awarded = f.awarded, units_reversed = f.reversed,
  documents = d.documents, units_spent = d.spent, orders = d.orders, as_of = d.as_of
FROM (
  SELECT m.id, coalesce(sum(sales), 0) AS sales, coalesce(sum(lines), 0) AS lines, coalesce(sum(units_awarded), 0) AS awarded,
    coalesce(sum(units_reversed), 0) AS reversed
  FROM (SELECT id, wholesaler_id, month FROM reporting_monthstamp) m LEFT JOIN reporting_dayfact f
    ON f.wholesaler_id = m.wholesaler_id AND f.day >= m.month AND f.day < m.month + interval '1 month'
  GROUP BY 1
) f JOIN (
  SELECT m.id, coalesce(sum(documents), 0) AS documents, coalesce(sum(units_spent), 0) AS spent,
    coalesce(sum(orders), 0) AS orders, max(d.as_of) AS as_of
  FROM (SELECT id, wholesaler_id, month FROM reporting_monthstamp) m LEFT JOIN reporting_daystamp d
    ON d.wholesaler_id = m.wholesaler_id AND d.day >= m.month AND d.day < m.month + interval '1 month'
  GROUP BY 1
) d USING (id)
WHERE m.id = f.id
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reporting", "0002_exports")]

    operations: ClassVar = [
        *(
            migrations.AddField("monthstamp", name, field)
            for name, field in (
                ("sales", models.DecimalField(max_digits=20, decimal_places=2, db_default=0)),
                ("documents", models.PositiveIntegerField(db_default=0)),
                ("lines", models.PositiveIntegerField(db_default=0)),
                ("units_awarded", models.BigIntegerField(db_default=0)),
                ("units_reversed", models.BigIntegerField(db_default=0)),
                ("units_spent", models.BigIntegerField(db_default=0)),
                ("orders", models.PositiveIntegerField(db_default=0)),
                ("as_of", models.DateTimeField(null=True)),
            )
        ),
        migrations.RunSQL(SUMS, migrations.RunSQL.noop),
    ]
