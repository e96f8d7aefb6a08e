"""Headquarters' figures as a workbook: asked for at a request, written by the worker, downloaded for a few days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from kolektor.audit import services as audit
from kolektor.kernel import clock, exporting, workbook
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.outbox.delivery import Delivery
from kolektor.kernel.outbox.services import emit
from kolektor.kernel.points import Points
from kolektor.kernel.tenant import public_context
from kolektor.kernel.workbook import Cell
from kolektor.network.models import Network
from kolektor.reporting import selectors
from kolektor.reporting.models import Export

ASKED: Final = "reporting.export_asked"
KEPT_DAYS: Final = 7
# of one network, that wait: somebody who presses again and again does not fill the disk
MAX_WAITING: Final = 5
SHOWN: Final = 10

_WORDS: Final[dict[str, tuple[str, str]]] = {
    "wholesalers": ("Hurtownie", "Wholesalers"),
    "brands": ("Marki", "Brands"),
    "suppliers": ("Dostawcy", "Suppliers"),
    "wholesaler": ("Hurtownia", "Wholesaler"),
    "brand": ("Marka", "Brand"),
    "supplier": ("Dostawca", "Supplier"),
    "month": ("Miesiąc", "Month"),
    "sales": ("Sprzedaż netto (PLN)", "Net sales (PLN)"),
    "documents": ("Dokumenty", "Documents"),
    "lines": ("Pozycje", "Lines"),
    "awarded": ("Punkty przyznane", "Points awarded"),
    "reversed": ("Punkty cofnięte", "Points taken back"),
    "spent": ("Punkty wydane", "Points spent"),
    "orders": ("Zamówienia", "Orders"),
    "buyers": ("Nabywcy", "Buyers"),
    "none": ("Bez marki lub dostawcy", "Without brand or supplier"),
}


@transaction.atomic
def ask(*, network_id: UUID, months: int, language: str, actor: UUID) -> Export:
    """Ask for a workbook of the last `months` calendar months (1 to 24, Europe/Warsaw).

    Raises DomainError BAD_INPUT, TOO_MANY_EXPORTS.
    """
    if not 1 <= months <= 24:
        raise DomainError("BAD_INPUT", field="months")
    with public_context():
        waiting = Export.objects.filter(network_id=network_id, state=Export.State.WAITING).count()
        if waiting >= MAX_WAITING:
            raise DomainError("TOO_MANY_EXPORTS", limit=MAX_WAITING)
        row = Export(
            network_id=network_id,
            requested_by=actor,
            language="en" if language == "en" else "pl",
            months=months,
            expires_at=clock.now() + timedelta(days=KEPT_DAYS),
        )
        row.save()
        row.refresh_from_db()
        emit(ASKED, {"export": str(row.pk)})
        audit.record(action="export.asked", object_type="export", object_id=row.pk, actor=actor, months=months)
    return row


def of_network(network_id: UUID) -> list[Export]:
    """The latest exports of a network that can still be had, the youngest first."""
    with public_context():
        rows = Export.objects.filter(network_id=network_id, expires_at__gt=clock.now())
        return list(rows.order_by("-created_at")[:SHOWN])


def to_download(*, export_id: UUID, network_id: UUID, actor: UUID) -> Export:
    """A finished export of the network; who took it is kept. Raises NotFound."""
    with public_context():
        row = Export.objects.filter(
            pk=export_id, network_id=network_id, state=Export.State.DONE, expires_at__gt=clock.now()
        ).first()
        if row is None:
            raise NotFound("id")
        audit.record(action="export.downloaded", object_type="export", object_id=row.pk, actor=actor)
        return row


def run(delivery: Delivery, payload: Mapping[str, Any]) -> None:
    """Handle `reporting.export_asked`: read as the role `hq`, write the workbook, keep it. Gives up after some attempts."""
    waiting = exporting.waiting_for(Export, payload["export"])
    exporting.carry_out(delivery, waiting, key=_key, write=_write)


def _key(row: Export) -> str:
    network = Network.objects.get(pk=row.network_id)
    return f"network-{network.slug}/exports/{row.pk.hex}.xlsx"


def _write(path: Path, row: Export) -> dict[str, Any]:
    write(path, network_id=row.network_id, months=row.months, language=row.language)
    return {}


def tidy() -> int:
    """Delete what has expired, file and row, in `public`. Returns how many."""
    return exporting.tidy(Export.objects.all())


def write(path: Path, *, network_id: UUID, months: int, language: str) -> None:
    """The workbook: wholesalers, brands and suppliers by month, a sheet each, one figure a cell, numbers as numbers."""

    def say(word: str) -> str:
        return _WORDS[word][1 if language == "en" else 0]

    figures = ("sales", "documents", "lines", "awarded", "reversed", "spent", "orders", "buyers")
    overview = selectors.overview(network_id, months=months)
    with workbook.writing(path) as book:
        rows: list[Sequence[Cell]] = []
        for each in overview.wholesalers:
            for month in each.months:
                awarded, taken, spent = (points.as_decimal() for points in month.points())
                rows.append(
                    (each.name, month.month, month.sales, month.documents, month.lines, awarded, taken, spent,
                     month.orders, month.buyers)
                )  # fmt: skip
        book.sheet(say("wholesalers"), [say("wholesaler"), say("month"), *map(say, figures)], rows)
        for by, title in (("brand", "brands"), ("supplier", "suppliers")):
            found = selectors.cut(network_id, by=by, months=months)
            heads = [say(by), *([say("supplier")] if by == "brand" else []), say("month")]
            rows = [
                (row.name or say("none"), *([row.more] if by == "brand" else []), cell.month, cell.sales,
                 cell.lines, Points(cell.units_awarded).as_decimal(), Points(cell.units_reversed).as_decimal())
                for row in found.rows for cell in row.months
            ]  # fmt: skip
            heads += [say(word) for word in ("sales", "lines", "awarded", "reversed")]
            book.sheet(say(title), heads, rows)
