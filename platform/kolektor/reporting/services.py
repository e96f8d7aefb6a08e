"""Keep the facts that tenants push. Implements the port `tenants.insight.ports.FactSink`."""

from __future__ import annotations

from kolektor.kernel.tenant import public_context
from kolektor.reporting.models import DayFact, DayStamp, MonthStamp
from tenants.insight.ports import Facts


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
            MonthStamp.objects.bulk_create(
                MonthStamp(wholesaler_id=owner, month=item.month, buyers=item.buyers) for item in facts.months
            )
