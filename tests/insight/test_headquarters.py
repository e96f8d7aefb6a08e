"""Headquarters' figures against plain recomputation from documents, award lines, orders and the ledger."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from catalog.orders import services as orders
from catalog.orders.models import Order
from catalog.rewards import pool
from catalog.rewards import services as rewards
from catalog.rewards.pool_files import UploadedCode
from integrations.salesfeeds.ksef_writer import Party
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.tenant import public_context, tenant_context
from kolektor.network.services import ensure_brand
from kolektor.reporting import selectors
from tenants.ledger import selectors as ledger
from tenants.members.models import Member
from tenants.rules import services as rules
from tenants.rules.models import AwardLine
from tenants.sales import matching, revert
from tenants.sales.models import ImportBatch, Product, SalesDocument, SalesLine
from tenants.sales.products import ProductRow, upsert_products
from tests.support.importing import BUYER, SECOND_BUYER, Folder, assert_ledger_is_clean, line, run_import

RULES = {
    "rules": [
        {
            "code": "all",
            "name": "Wszystko",
            "award": {"kind": "per_amount", "points": "1", "per": "1"},
            "caps": [{"points": "900", "per": "month", "for": "member"}],
        },
        {
            "code": "brand",
            "name": "Marka",
            "when": {"field": "brand", "in": ["pierwsza"]},
            "award": {"kind": "per_amount", "points": "2", "per": "1"},
        },
    ]
}
BUYERS = (BUYER, SECOND_BUYER, Party(name="Nieznany", nip="5252344078"))
GOODS = ("A", "B", "C", "X")
ADVANCES = ("advance", "advance_correction")


class History:
    """A year-end of a shop: what is drawn happens through the services, as in life."""

    def __init__(self, seed: int, folder: Folder) -> None:
        self.chance = random.Random(seed)
        self.folder = folder
        self.today = clock.local_today()
        self.number = 0
        self.sold: list[tuple[str, date, Party, list[tuple[str, str]]]] = []
        self.batches: list[ImportBatch] = []

    def run(self, steps: int) -> None:
        for _ in range(steps):
            deed: Callable[[], None] = self.chance.choice(
                [self.sale, self.sale, self.sale, self.correction, self.of_the_whole, self.advance, self.revert,
                 self.order, self.recognize]
            )  # fmt: skip
            deed()
            outbox.drain()

    def _name(self, kind: str) -> str:
        self.number += 1
        return f"{kind}/{self.number}"

    def _day(self) -> date:
        return self.today - timedelta(days=self.chance.randint(0, 80))

    def _lines(self) -> list[tuple[str, str]]:
        return [
            (self.chance.choice(GOODS), f"{self.chance.randint(100, 40000) / 100:.2f}")
            for _ in range(self.chance.randint(1, 4))
        ]

    def _import(self, path: Path) -> None:
        batch = run_import([path], enroll_buyers=False)
        if batch.accepted:
            self.batches.append(batch)

    def sale(self) -> None:
        name, day, buyer, lines = self._name("FV"), self._day(), self.chance.choice(BUYERS), self._lines()
        written = [line(net, name=f"Towar {sku}", sku=sku) for sku, net in lines]
        self._import(self.folder.sale(name, *written, day=day, buyer=buyer))
        self.sold.append((name, day, buyer, lines))

    def correction(self) -> None:
        if not self.sold:
            return
        name, day, buyer, lines = self.chance.choice(self.sold)
        sku, net = self.chance.choice(lines)
        back = f"-{Decimal(net) * self.chance.randint(1, 100) / 100:.2f}"
        later = min(self.today, day + timedelta(days=self.chance.randint(0, 40)))
        self._import(
            self.folder.correction(
                self._name("FK"), name, line(back, name=f"Towar {sku}", sku=sku), day=later, buyer=buyer
            )
        )

    def of_the_whole(self) -> None:
        if not self.sold:
            return
        name, day, buyer, lines = self.chance.choice(self.sold)
        net = f"-{sum(Decimal(net) for _, net in lines) * self.chance.randint(1, 30) / 100:.2f}"
        gross = f"{Decimal(net) * 123 / 100:.2f}"
        later = min(self.today, day + timedelta(days=10))
        self._import(self.folder.change(self._name("KR"), name, net=net, gross=gross, day=later, buyer=buyer))

    def advance(self) -> None:
        name, day, buyer = self._name("ZAL"), self._day(), self.chance.choice(BUYERS)
        self._import(self.folder.sale(name, line("50.00", name="Towar A", sku="A"), day=day, buyer=buyer, kind="ZAL"))

    def revert(self) -> None:
        if not self.batches:
            return
        batch = self.chance.choice(self.batches)
        try:
            revert.request(batch_id=batch.pk, actor=uuid4())
        except DomainError as error:  # a later document needs it
            assert error.code == "BATCH_IN_USE"

    def order(self) -> None:
        for member in Member.objects.all():
            try:
                orders.place(
                    member=member, reward_id=self.reward, face_value=Decimal(20), idempotency_key=f"key-{uuid4()}"
                )
            except DomainError as error:
                assert error.code in {"INSUFFICIENT_POINTS", "SOLD_OUT"}

    def recognize(self) -> None:
        product = Product.objects.get(sku="A")
        if Product.objects.filter(sku="X").exists():
            return
        try:
            matching.match_goods(key="sku:X", product_id=product.pk, actor=uuid4())
        except DomainError as error:
            assert error.code == "NOT_FOUND"

    @property
    def reward(self) -> UUID:
        return self._reward

    def set_up(self, network: Any) -> None:
        with public_context():
            first = ensure_brand(network=network, supplier=("dostawca", "Dostawca"), brand=("pierwsza", "Pierwsza"))
            second = ensure_brand(network=network, supplier=("dostawca", "Dostawca"), brand=("druga", "Druga"))
        brands = {"A": first, "B": second}
        rows = [
            ProductRow(
                sku=sku, name=f"Towar {sku}", brand_id=brands[sku].pk if sku in brands else None,
                supplier_id=brands[sku].supplier_id if sku in brands else None,
            )
            for sku in ("A", "B", "C")
        ]  # fmt: skip
        upsert_products(rows=rows)
        rules.apply(body=RULES)
        from tenants.members import services as members
        from tenants.members.services import Buyer

        for buyer in BUYERS[:2]:
            members.enroll_buyer(buyer=Buyer(nip=buyer.nip, name=buyer.name), joined_on=self.today)
        made = rewards.offer_pool(name="Kawa", brand_name="Ziarno", amounts=[Decimal(20)])
        rewards.change(reward_id=made.pk, active=True)
        codes = [UploadedCode(f"KOD-{made.pk.hex}-{number}") for number in range(30)]
        pool.add_codes(reward_id=made.pk, amount=Decimal(20), codes=codes)
        self._reward = made.pk


def label(day: date) -> str:
    return day.strftime("%Y-%m")


def by_hand(column: str) -> dict[Any, dict[str, tuple[Decimal, int, int, int]]]:
    """Sales, lines, units awarded and taken back by brand or supplier and month, in plain Python."""
    documents = {row.pk: row for row in SalesDocument.objects.all()}
    found: dict[Any, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(lambda: [Decimal(0), 0, 0, 0]))
    lines = {row.pk: row for row in SalesLine.objects.all()}
    for row in lines.values():
        document = documents[row.document_id]
        if document.reverted_at is not None or document.kind in ADVANCES:
            continue
        cell = found[getattr(row, column)][label(document.sale_date)]
        cell[0] += row.value or 0
        cell[1] += 0 if row.before or row.spread else 1
    for award in AwardLine.objects.all():
        cell = found[getattr(lines[award.line_id], column)][label(documents[award.document_id].sale_date)]
        cell[2 if award.units > 0 else 3] += abs(award.units)
    return {key: {month: tuple(cell) for month, cell in months.items()} for key, months in found.items()}


def of_headquarters(found: selectors.Cut) -> dict[Any, dict[str, tuple[Decimal, int, int, int]]]:
    return {
        row.id: {
            item.month: (item.sales, item.lines, item.units_awarded, item.units_reversed)
            for item in row.months
            if any((item.sales, item.lines, item.units_awarded, item.units_reversed))
        }
        for row in found.rows
    }


def without_empty(cells: dict[Any, dict[str, Any]]) -> dict[Any, dict[str, Any]]:
    return {
        key: kept for key, months in cells.items() if (kept := {m: c for m, c in months.items() if any(c)}) or months
    }


@pytest.mark.parametrize("seed", range(4))
def test_every_figure_is_that_of_the_ledger(seed: int, fresh: Callable[..., Any], tmp_path: Path) -> None:
    wholesaler = fresh(f"centrala{seed}", nip="5260250274", network=f"siec{seed}")
    with tenant_context(wholesaler):
        history = History(seed, Folder(tmp_path))
        history.set_up(wholesaler.network)
        outbox.drain()
        history.run(45)
        network_id = wholesaler.network_id
        for by in selectors.CUTS:
            found = selectors.cut(network_id, by=by, months=6)
            assert of_headquarters(found) == without_empty(by_hand(f"{by}_id"))
        overview = selectors.overview(network_id, months=6)
        (row,) = overview.wholesalers
        counted = [
            document
            for document in SalesDocument.objects.filter(reverted_at__isnull=True)
            if document.kind not in ADVANCES
        ]
        assert len(counted) > 5
        for month in row.months:
            mine = [document for document in counted if label(document.sale_date) == month.month]
            assert month.documents == len(mine)
            assert month.buyers == len({document.member_id for document in mine} - {None})
            placed = [
                order
                for order in Order.objects.filter(state="FULFILLED")
                if label(order.created_at.astimezone(clock.WARSAW).date()) == month.month
            ]
            assert (month.orders, month.units_spent) == (len(placed), sum(order.units for order in placed))
            first = date.fromisoformat(f"{month.month}-01")
            nets = ledger.turnover(*(_midnight(day) for day in (first - timedelta(days=31), first, _next(first))))
            assert month.units_awarded - month.units_reversed == nets[0].awarded.units
        for index, total in enumerate(overview.totals):
            for by in selectors.CUTS:
                cell = selectors.cut(network_id, by=by, months=6).totals[index]
                assert (cell.sales, cell.lines) == (total.sales, total.lines)
                assert (cell.units_awarded, cell.units_reversed) == (total.units_awarded, total.units_reversed)
        assert_ledger_is_clean()


def test_as_many_queries_for_many_brands(fresh: Callable[..., Any], tmp_path: Path) -> None:
    wholesaler = fresh("zapytania", nip="5260250274", network="siec-zapytan")
    with tenant_context(wholesaler):
        history = History(1, Folder(tmp_path))
        history.set_up(wholesaler.network)
        counts = []
        for _ in range(2):
            history.sale()
            history.sale()
            outbox.drain()
            with CaptureQueriesContext(connections["hq"]) as asked:
                selectors.cut(wholesaler.network_id, by="brand")
            counts.append(len(asked))
        assert counts == [3, 3]
        other = selectors.cut(uuid4(), by="supplier")
        assert other.rows == ()
        with pytest.raises(DomainError, match="BAD_INPUT"):
            selectors.cut(wholesaler.network_id, by="member")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.WARSAW)


def _next(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)
