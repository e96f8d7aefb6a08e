"""Headquarters' reads, as the role `hq`: it has no way into a tenant schema."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Func, Max, QuerySet, Sum, TextField, Value
from django.db.models.functions import Cast, TruncMonth

from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError
from kolektor.kernel.points import Points
from kolektor.network.models import Brand, Supplier, Wholesaler
from kolektor.reporting.models import DayFact, MonthStamp

HQ = "hq"


class Month(NamedTuple):
    """One month's figures, or their total ("total"). Sales in PLN net."""

    month: str
    sales: Decimal = Decimal(0)
    documents: int = 0
    lines: int = 0
    units_awarded: int = 0
    units_reversed: int = 0
    units_spent: int = 0
    orders: int = 0
    buyers: int | None = 0

    def points(self) -> tuple[Points, Points, Points]:
        """Awarded, reversed, spent."""
        return Points(self.units_awarded), Points(self.units_reversed), Points(self.units_spent)


@dataclass(frozen=True, slots=True)
class WholesalerMonths:
    """One wholesaler's months side by side."""

    id: UUID
    name: str
    slug: str
    color: str
    months: tuple[Month, ...]
    total: Month
    as_of: datetime | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The network by month, oldest month first."""

    months: tuple[str, ...]
    wholesalers: tuple[WholesalerMonths, ...]
    totals: tuple[Month, ...]
    as_of: datetime | None


def last_months(count: int, today: date | None = None) -> list[date]:
    """First days of the last calendar months (Europe/Warsaw), the present one last."""
    day = (today or clock.local_today()).replace(day=1)
    found = []
    for _ in range(count):
        found.append(day)
        day = date(day.year - 1, 12, 1) if day.month == 1 else day.replace(month=day.month - 1)
    return found[::-1]


def overview(network_id: UUID, *, months: int = 12) -> Overview:
    """Every wholesaler of a network, by month: three queries, whatever the number of wholesalers."""
    firsts = last_months(months)
    labels = tuple(day.strftime("%Y-%m") for day in firsts)
    owners = list(
        Wholesaler.objects.using(HQ)
        .filter(network_id=network_id)
        .order_by("name")
        .values_list("pk", "name", "slug", "primary_color")
    )
    stamps = MonthStamp.objects.using(HQ).filter(
        wholesaler_id__in=Wholesaler.objects.using(HQ).filter(network_id=network_id).values("pk")
    )
    cells = _cells(stamps, firsts[0])
    freshest: dict[str, datetime] = dict(
        stamps.values(owner=_OWNER).annotate(at=Max("as_of")).exclude(at=None).values_list("owner", "at")
    )
    blank = tuple(Month(label) for label in labels)
    rows = []
    for key, name, slug, color in owners:
        own = cells.get(str(key), {})
        series = tuple(own.get(label, none) for label, none in zip(labels, blank, strict=True))
        rows.append(
            WholesalerMonths(key, name, slug, color, series, add(own.values(), "total"), freshest.get(str(key)))
        )
    totals = tuple(add((own[label] for own in cells.values() if label in own), label) for label in labels)
    return Overview(labels, tuple(rows), totals, max(freshest.values(), default=None))


def add(months: Iterable[Month], label: str) -> Month:
    """Sums; buyers are distinct people, so that neither months nor wholesalers can be added up: None."""
    sales, documents, lines, awarded, taken, spent, orders = Decimal(0), 0, 0, 0, 0, 0, 0
    for item in months:
        sales += item.sales
        documents += item.documents
        lines += item.lines
        awarded += item.units_awarded
        taken += item.units_reversed
        spent += item.units_spent
        orders += item.orders
    return Month(label, sales, documents, lines, awarded, taken, spent, orders, None)


# as texts: a page of many wholesalers would spend its time on making dates and ids of them
_OWNER: Final = Cast("wholesaler_id", TextField())
_LABEL: Final = Func("month", Value("YYYY-MM"), function="to_char", output_field=TextField())


def _cells(stamps: QuerySet[MonthStamp], start: date) -> dict[str, dict[str, Month]]:
    """Figures by wholesaler and month; a month in which nothing happened is absent."""
    rows = stamps.filter(month__gte=start).values_list(
        _OWNER,
        _LABEL,
        "sales",
        "documents",
        "lines",
        "units_awarded",
        "units_reversed",
        "units_spent",
        "orders",
        "buyers",
    )
    cells: dict[str, dict[str, Month]] = {}
    for owner, *figures in rows:
        cells.setdefault(owner, {})[figures[0]] = Month(*figures)
    return cells


CUTS: Final = ("brand", "supplier")


@dataclass(frozen=True, slots=True)
class CutMonth:
    """One month of one brand or supplier. Sales in PLN net."""

    month: str
    sales: Decimal = Decimal(0)
    lines: int = 0
    units_awarded: int = 0
    units_reversed: int = 0


@dataclass(frozen=True, slots=True)
class CutRow:
    """A brand's or supplier's months; without id: goods that have none. `more` is a brand's supplier."""

    id: UUID | None
    name: str
    more: str
    months: tuple[CutMonth, ...]
    total: CutMonth


@dataclass(frozen=True, slots=True)
class Cut:
    """Sales and points of a network, or of one of its wholesalers, by brand or supplier: the largest sales first."""

    months: tuple[str, ...]
    rows: tuple[CutRow, ...]
    totals: tuple[CutMonth, ...]


def cut(network_id: UUID, *, by: str, months: int = 12, wholesaler_id: UUID | None = None) -> Cut:
    """Figures by "brand" or "supplier", in three queries whatever their number. Sums are those of `overview`."""
    if by not in CUTS:
        raise DomainError("BAD_INPUT", field="by")
    firsts = last_months(months)
    labels = tuple(day.strftime("%Y-%m") for day in firsts)
    owners = Wholesaler.objects.using(HQ).filter(network_id=network_id)
    if wholesaler_id is not None:
        owners = owners.filter(pk=wholesaler_id)
    facts = (
        DayFact.objects.using(HQ)
        .filter(wholesaler_id__in=list(owners.values_list("pk", flat=True)), day__gte=firsts[0])
        .annotate(month=TruncMonth("day"))
        .values(f"{by}_id", "month")
        .annotate(Sum("sales"), Sum("lines"), Sum("units_awarded"), Sum("units_reversed"))
    )
    cells: dict[UUID | None, dict[str, CutMonth]] = {}
    for row in facts:
        label = row["month"].strftime("%Y-%m")
        cells.setdefault(row[f"{by}_id"], {})[label] = CutMonth(
            label, row["sales__sum"], row["lines__sum"], row["units_awarded__sum"], row["units_reversed__sum"]
        )
    names = _names(network_id, by)
    rows = []
    for key, found in cells.items():
        series = tuple(found.get(label, CutMonth(label)) for label in labels)
        name, more = names.get(key, ("", "")) if key else ("", "")
        rows.append(CutRow(key, name, more, series, _cut_sum(series, "total")))
    rows.sort(key=lambda row: (row.id is None, -row.total.sales, row.name))
    totals = tuple(_cut_sum([row.months[index] for row in rows], label) for index, label in enumerate(labels))
    return Cut(labels, tuple(rows), totals)


def _names(network_id: UUID, by: str) -> dict[UUID, tuple[str, str]]:
    if by == "supplier":
        suppliers = Supplier.objects.using(HQ).filter(network_id=network_id)
        return {row.pk: (row.name, "") for row in suppliers}
    brands = Brand.objects.using(HQ).filter(network_id=network_id).select_related("supplier")
    return {row.pk: (row.name, row.supplier.name) for row in brands}


def _cut_sum(months: Iterable[CutMonth], label: str) -> CutMonth:
    items = list(months)
    return CutMonth(
        label,
        sales=sum((item.sales for item in items), Decimal(0)),
        lines=sum(item.lines for item in items),
        units_awarded=sum(item.units_awarded for item in items),
        units_reversed=sum(item.units_reversed for item in items),
    )


def wholesaler_of(network_id: UUID, slug: str) -> Wholesaler | None:
    """A wholesaler of the network, or None."""
    found: Wholesaler | None = Wholesaler.objects.using(HQ).filter(network_id=network_id, slug=slug).first()
    return found


def wholesaler_count(network_id: UUID) -> int:
    """How many wholesalers a network has."""
    count: int = Wholesaler.objects.using(HQ).filter(network_id=network_id).count()
    return count
