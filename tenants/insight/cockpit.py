"""What needs the staff today, and how the program stands: a fixed number of queries, whatever its size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Count, Q

from catalog.orders.models import Order
from kolektor.kernel import clock
from kolektor.kernel.points import Points
from tenants.ledger import selectors as ledger
from tenants.ledger.selectors import Turnover
from tenants.members.selectors import present_members
from tenants.sales import unmatched
from tenants.sales.models import ImportBatch, SalesDocument

# who bought within so many days is active
ACTIVE_DAYS: Final = 90


@dataclass(frozen=True, slots=True)
class Cockpit:
    """Counts and sums as of now. Months are Poland's, by the day of the sale or order. `liability` = available + pending."""

    imports_to_decide: int
    imports_failed: int
    imports_running: int
    orders_unknown: int
    orders_waiting: int
    unmatched_buyers: int
    unmatched_goods: int
    available: Points
    pending: Points
    held: Points
    this_month: Turnover
    last_month: Turnover
    month: date
    members: int
    members_active: int
    as_of: datetime

    @property
    def liability(self) -> Points:
        """What everybody could spend today or later."""
        return Points(self.available.units + self.pending.units)


def cockpit() -> Cockpit:
    """The figures of the program in force. Raises DomainError PROGRAM_NOT_SET_UP."""
    today = clock.local_today()
    imports = dict(ImportBatch.objects.values_list("state").annotate(count=Count("id")).order_by())
    orders = dict(Order.objects.values_list("state").annotate(count=Count("id")).order_by())
    owed = ledger.owed()
    this_month, last_month = _months(today)
    return Cockpit(
        imports_to_decide=imports.get("CHECKED", 0),
        imports_failed=imports.get("FAILED", 0),
        imports_running=sum(imports.get(state, 0) for state in ("UPLOADED", "CHECKING", "COMMITTING")),
        orders_unknown=orders.get("UNKNOWN", 0),
        orders_waiting=orders.get("PLACED", 0) + orders.get("ISSUING", 0),
        unmatched_buyers=unmatched.buyers().count(),
        unmatched_goods=unmatched.goods().count(),
        available=owed.available,
        pending=owed.pending,
        held=owed.held,
        this_month=this_month,
        last_month=last_month,
        month=today.replace(day=1),
        members=present_members().count(),
        members_active=_active(today),
        as_of=clock.now(),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.WARSAW)


def _months(today: date) -> tuple[Turnover, Turnover]:
    first = today.replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    return ledger.turnover(_midnight(before), _midnight(first), _midnight(after))


def _active(today: date) -> int:
    bought = Q(member_id__isnull=False, reverted_at__isnull=True, sale_date__gt=today - timedelta(days=ACTIVE_DAYS))
    rows = SalesDocument.objects.filter(bought).exclude(kind__endswith="correction")
    return int(rows.aggregate(count=Count("member_id", distinct=True))["count"])
