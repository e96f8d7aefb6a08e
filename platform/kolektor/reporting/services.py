"""Keep the facts that tenants push. Implements the port `tenants.insight.ports.FactSink`."""

from __future__ import annotations

from typing import Final

from django.db import connection

from kolektor.kernel.tenant import public_context
from kolektor.reporting.models import DayFact, DayStamp, MonthStamp
from tenants.insight.ports import Facts

# the sums of a month are those of its days, whichever of them were pushed
_MONTHS: Final = """
INSERT INTO reporting_monthstamp (wholesaler_id, month, buyers, as_of, sales, documents, lines, units_awarded, units_reversed,
  units_spent, orders)
SELECT %(owner)s, given.month, given.buyers, %(as_of)s, f.sales, d.documents, f.lines, f.awarded, f.reversed, d.spent, d.orders
FROM unnest(%(months)s::date[], %(buyers)s::int[]) AS given(month, buyers),
LATERAL (
  SELECT coalesce(sum(sales), 0) AS sales, coalesce(sum(lines), 0) AS lines, coalesce(sum(units_awarded), 0) AS awarded,
    coalesce(sum(units_reversed), 0) AS reversed
  FROM reporting_dayfact
  WHERE wholesaler_id = %(owner)s AND day >= given.month AND day < given.month + interval '1 month') f,
LATERAL (
  SELECT coalesce(sum(documents), 0) AS documents, coalesce(sum(units_spent), 0) AS spent, coalesce(sum(orders), 0) AS orders
  FROM reporting_daystamp
  WHERE wholesaler_id = %(owner)s AND day >= given.month AND day < given.month + interval '1 month') d
"""


class ReportingFactSink:
    """Replaces the pushed days, in the caller's transaction."""

    def store(self, facts: Facts) -> None:
        """See the port."""
        days = [item.day for item in facts.days]
        months = [item.month for item in facts.months]
        owner = facts.wholesaler_id
        with public_context():
            DayFact.objects.filter(wholesaler_id=owner, day__in=days).delete()
            DayStamp.objects.filter(wholesaler_id=owner, day__in=days).delete()
            MonthStamp.objects.filter(wholesaler_id=owner, month__in=months).delete()
            DayFact.objects.bulk_create(
                DayFact(
                    wholesaler_id=owner,
                    day=item.day,
                    brand_id=item.brand_id,
                    supplier_id=item.supplier_id,
                    lines=item.lines,
                    sales=item.sales,
                    units_awarded=item.units_awarded,
                    units_reversed=item.units_reversed,
                )
                for item in facts.brands
            )
            DayStamp.objects.bulk_create(
                DayStamp(
                    wholesaler_id=owner,
                    day=item.day,
                    documents=item.documents,
                    orders=item.orders,
                    units_spent=item.units_spent,
                    as_of=facts.as_of,
                )
                for item in facts.days
            )
            buyers = {item.month: item.buyers for item in facts.months}
            with connection.cursor() as cursor:
                cursor.execute(
                    _MONTHS,
                    {"owner": owner, "months": list(buyers), "buyers": list(buyers.values()), "as_of": facts.as_of},
                )
