"""Lists of the console as workbooks: asked for at a request, written by the worker, downloaded for a few days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from catalog.fulfillment import selectors as fulfillment
from catalog.fulfillment.services import seconds_to_deliver
from catalog.orders import selectors as orders
from catalog.orders.models import Order
from kolektor.audit import services as audit
from kolektor.kernel import clock, exporting, workbook
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.outbox.delivery import Delivery
from kolektor.kernel.outbox.services import emit
from kolektor.kernel.points import ZERO, Points
from kolektor.kernel.tenant import require_tenant
from kolektor.kernel.workbook import Cell
from tenants.insight import firm_evidence, selectors
from tenants.insight.models import ListExport
from tenants.ledger import selectors as ledger
from tenants.ledger.services import Owner
from tenants.members import firm_views
from tenants.members import selectors as members
from tenants.members.models import Firm, Member
from tenants.sales import products
from tenants.sales.models import Product

ASKED: Final = "insight.list_export_asked"
KEPT_DAYS: Final = 3
# of one person, that wait: somebody who presses again and again does not fill the disk
MAX_WAITING: Final = 3
SHOWN: Final = 10
_CHUNK: Final = 500
State, Kind = ListExport.State, ListExport.Kind

_WORDS: Final[dict[str, tuple[str, str]]] = {
    "members": ("Uczestnicy", "Members"),
    "orders": ("Zamówienia", "Orders"),
    "products": ("Produkty", "Products"),
    "name": ("Nazwisko", "Name"),
    "firm": ("Firma", "Firm"),
    "firms": ("Kto ile dostał", "Who got what"),
    "year": ("Rok", "Year"),
    "shared": ("Punkty za zakupy firmy", "Points for the firm's purchases"),
    "moved": ("Przekazane", "Passed on"),
    "rewards": ("Nagrody", "Rewards"),
    "nip": ("NIP", "NIP"),
    "code": ("Kod klienta", "Customer code"),
    "email": ("E-mail", "E-mail"),
    "joined": ("W programie od", "Member since"),
    "last": ("Ostatni zakup", "Last purchase"),
    "available": ("Do wykorzystania", "Available"),
    "pending": ("Oczekujące", "Pending"),
    "held": ("Zarezerwowane", "Held"),
    "earned": ("Zdobyte", "Earned"),
    "spent": ("Wydane", "Spent"),
    "number": ("Zamówienie", "Order"),
    "state": ("Stan", "State"),
    "placed": ("Złożone", "Placed"),
    "member": ("Uczestnik", "Member"),
    "reward": ("Nagroda", "Reward"),
    "brand": ("Marka", "Brand"),
    "value": ("Wartość", "Value"),
    "currency": ("Waluta", "Currency"),
    "points": ("Punkty", "Points"),
    "seconds": ("Sekundy do kodu", "Seconds to the code"),
    "sku": ("Indeks", "SKU"),
    "product": ("Nazwa", "Name"),
    "category": ("Kategoria", "Category"),
    "ean": ("EAN", "EAN"),
    "producer": ("Kod producenta", "Producer's code"),
    "unit": ("Jednostka", "Unit"),
    "AWAITING": ("czeka na zgodę firmy", "waits for the firm's approval"),
    "PLACED": ("przyjęte", "placed"),
    "ISSUING": ("w realizacji", "being issued"),
    "UNKNOWN": ("czeka na partnera", "waits for the partner"),
    "FULFILLED": ("zrealizowane", "fulfilled"),
    "FAILED": ("nieudane", "failed"),
    "DECLINED": ("bez zgody firmy", "not approved by the firm"),
}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list is narrowed to, as its screen has it. `state` is an order's; `brand_id` and `without_brand` are a product's;
    `year` is that of the evidence of firms.
    """

    search: str = ""
    state: str = ""
    brand_id: str = ""
    without_brand: bool = False
    year: int = 0


@transaction.atomic
def ask(*, kind: str, narrowing: Narrowing, language: str, actor: UUID) -> ListExport:
    """Ask for a list as a workbook. Raises DomainError BAD_INPUT, TOO_MANY_EXPORTS; nothing is kept then."""
    if kind not in Kind.values:
        raise DomainError("BAD_INPUT", field="kind")
    if narrowing.state and narrowing.state not in Order.State.values:
        raise DomainError("BAD_INPUT", field="state")
    if kind == Kind.FIRMS and not firm_evidence.FIRST_YEAR <= narrowing.year <= clock.local_today().year:
        raise DomainError("BAD_INPUT", field="year")
    waiting = ListExport.objects.filter(requested_by=actor, state=State.WAITING, expires_at__gt=clock.now()).count()
    if waiting >= MAX_WAITING:
        raise DomainError("TOO_MANY_EXPORTS", limit=MAX_WAITING)
    row = ListExport(
        kind=kind,
        narrowing=asdict(narrowing),
        language="en" if language == "en" else "pl",
        requested_by=actor,
        expires_at=clock.now() + timedelta(days=KEPT_DAYS),
    )
    row.save()
    row.refresh_from_db()
    emit(ASKED, {"export": str(row.pk)})
    audit.record(
        action="list_export.asked", object_type="list_export", object_id=row.pk, actor=actor, kind=kind,
        narrowing=row.narrowing,
    )  # fmt: skip
    return row


def of_person(person_id: UUID) -> list[ListExport]:
    """What somebody asked for last and can still be had, the youngest first."""
    rows = ListExport.objects.filter(requested_by=person_id, expires_at__gt=clock.now())
    return list(rows.order_by("-created_at")[:SHOWN])


def to_download(*, export_id: UUID, actor: UUID) -> ListExport:
    """A finished list, to the one who asked for it; that it was taken is kept. Raises NotFound."""
    mine = ListExport.objects.filter(pk=export_id, requested_by=actor, state=State.DONE, expires_at__gt=clock.now())
    row = mine.first()
    if row is None:
        raise NotFound("id")
    audit.record(action="list_export.downloaded", object_type="list_export", object_id=row.pk, actor=actor)
    return row


def run(delivery: Delivery, payload: Mapping[str, Any]) -> None:
    """Handle `insight.list_export_asked`: write the workbook, keep it. Gives up after some attempts."""
    waiting = exporting.waiting_for(ListExport, payload["export"])
    exporting.carry_out(delivery, waiting, key=_key, write=_write)


def _key(row: ListExport) -> str:
    return f"{require_tenant().schema_name}/exports/{row.pk.hex}.xlsx"


def _write(path: Path, row: ListExport) -> dict[str, Any]:
    written = write(path, row)
    return {"written": written, "total": written}


def tidy() -> int:
    """Delete what has expired, file and row. Returns how many."""
    return exporting.tidy(ListExport.objects.all())


def write(path: Path, row: ListExport) -> int:
    """The workbook of a list, one sheet. Returns the number of rows. Times are those of Poland."""

    def say(word: str) -> str:
        return _WORDS[word][1 if row.language == "en" else 0]

    narrowing = Narrowing(**row.narrowing)
    found, heads, cells_of = _SHEETS[row.kind](narrowing, say)
    ListExport.objects.filter(pk=row.pk).update(total=found.count(), written=0)

    def cells() -> Iterator[Sequence[Cell]]:
        done = 0
        for chunk in _chunks(found.iterator(chunk_size=_CHUNK)):
            yield from cells_of(chunk)
            done += len(chunk)
            ListExport.objects.filter(pk=row.pk).update(written=done)

    with workbook.writing(path) as book:
        return book.sheet(say(row.kind), [say(head) for head in heads], cells())


def _chunks(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while chunk := list(islice(rows, _CHUNK)):
        yield chunk


def _members(narrowing: Narrowing, _say: Any) -> tuple[QuerySet[Any], Sequence[str], Any]:
    heads = (
        "name", "firm", "nip", "code", "email", "joined", "last", "available", "pending", "held", "earned", "spent",
    )  # fmt: skip

    def cells_of(rows: list[Member]) -> Iterable[Sequence[Cell]]:
        owners = [Owner("member", row.pk) for row in rows]
        standing, sums = ledger.balances(owners), ledger.earned_and_spent(owners)
        last = selectors.last_purchases([row.pk for row in rows])
        for row, owner in zip(rows, owners, strict=True):
            now = standing[owner]
            earned, spent = sums.get(row.pk, (ZERO, ZERO))
            points = (each.as_decimal() for each in (now.available, now.pending, now.held, earned, spent))
            firm, nip = (row.firm.name, row.firm.nip) if row.firm else (None, None)
            yield (row.name, firm, nip, row.customer_code, row.known_email, row.joined_on, last.get(row.pk), *points)

    return members.search_members(narrowing.search), heads, cells_of


def _orders(narrowing: Narrowing, say: Any) -> tuple[QuerySet[Any], Sequence[str], Any]:
    heads = (
        "number", "state", "placed", "member", "firm", "reward", "brand", "value", "currency", "points", "seconds",
    )  # fmt: skip

    def cells_of(rows: list[Order]) -> Iterable[Sequence[Cell]]:
        issued = fulfillment.issued_at([row.pk for row in rows])
        for row in rows:
            yield (
                row.number, say(row.state), row.created_at.astimezone(clock.WARSAW), row.member.name,
                row.member.firm.name if row.member.firm else None, row.reward.name, row.reward.brand_name, row.face_value,
                row.currency, Points(row.units).as_decimal(), seconds_to_deliver(row, issued.get(row.pk)),
            )  # fmt: skip

    return orders.all_orders(state=narrowing.state, search=narrowing.search), heads, cells_of


def _products(narrowing: Narrowing, _say: Any) -> tuple[QuerySet[Any], Sequence[str], Any]:
    heads = ("product", "sku", "brand", "category", "ean", "producer", "unit")
    brands = {row.id: row.name for row in products.brands()}
    found = products.products(
        search=narrowing.search,
        brand_id=UUID(narrowing.brand_id) if narrowing.brand_id else None,
        without_brand=narrowing.without_brand,
    )

    def cells_of(rows: list[Product]) -> Iterable[Sequence[Cell]]:
        for row in rows:
            brand = brands.get(row.brand_id) if row.brand_id else None
            yield (row.name, row.sku, brand, row.category, row.ean, row.producer_code, row.unit)

    return found, heads, cells_of


def _firms(narrowing: Narrowing, _say: Any) -> tuple[QuerySet[Any], Sequence[str], Any]:
    heads = ("firm", "nip", "name", "year", "shared", "moved", "rewards", "spent", "value", "currency")

    def cells_of(rows: list[Firm]) -> Iterable[Sequence[Cell]]:
        for row in rows:
            for got in firm_evidence.of_year(row, narrowing.year):
                # rewards in several currencies: a row each, the points once
                for nth, (value, currency) in enumerate(got.values or ((None, None),)):
                    points = (got.points, got.moved, got.spent) if nth == 0 else (ZERO, ZERO, ZERO)
                    shared, moved, spent = (each.as_decimal() for each in points)
                    count = got.orders if nth == 0 else 0
                    yield (row.name, row.nip, got.name, narrowing.year, shared, moved, count, spent, value, currency)

    return firm_views.search(narrowing.search), heads, cells_of


_SHEETS: Final = {"firms": _firms, "members": _members, "orders": _orders, "products": _products}
