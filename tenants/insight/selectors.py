"""Reads across the apps of one wholesaler."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Max, QuerySet

from kolektor.kernel.points import Points
from tenants.program import selectors as program
from tenants.rules import selectors as rules
from tenants.rules.selectors import ReceiptRow
from tenants.sales.models import SalesDocument


@dataclass(frozen=True, slots=True)
class Receipt:
    """A document's lines, what they cost and gave. `net` in `currency`, after exchange."""

    lines: tuple[ReceiptRow, ...]
    net: Decimal
    currency: str
    points: Points


def last_purchases(member_ids: Iterable[UUID]) -> dict[UUID, date]:
    """Each member's last sale date, in one query."""
    rows = SalesDocument.objects.filter(member_id__in=list(member_ids), reverted_at__isnull=True).exclude(
        kind__endswith="correction"
    )
    pairs = rows.values_list("member_id").annotate(last=Max("sale_date")).values_list("member_id", "last")
    return {member_id: last for member_id, last in pairs if member_id is not None}


def documents_of(member_ids: Sequence[UUID]) -> QuerySet[SalesDocument]:
    """Documents that count of a member, and of those who became part of them, youngest sale first; those of an import that was
    taken back are left out.
    """
    rows = SalesDocument.objects.filter(member_id__in=member_ids, reverted_at__isnull=True).select_related("corrects")
    return rows.order_by("-sale_date", "-accept_seq")


def documents_numbered(text: str, *, limit: int) -> list[SalesDocument]:
    """Documents of that whole number, as written or in capitals, youngest first; those that were taken back are left out."""
    number = " ".join(text.split())
    if not number:
        return []
    rows = SalesDocument.objects.filter(number__in={number, number.upper()}, reverted_at__isnull=True)
    return list(rows.order_by("-sale_date", "-accept_seq")[:limit])


def receipts(document_ids: Iterable[UUID]) -> dict[UUID, Receipt]:
    """What several documents cost and gave, line by line, in a fixed number of queries."""
    currency = program.settings().currency
    found = {}
    for key, lines in rules.receipts(document_ids).items():
        net = sum((line.net for line in lines), Decimal(0))
        units = sum(line.points.units for line in lines)
        found[key] = Receipt(tuple(lines), net, currency, Points(units))
    return found
