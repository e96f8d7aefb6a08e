"""What headquarters is told of documents that are no plain sale: advances, settlements and corrections of the whole."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from kolektor.kernel.models import OutboxEvent
from kolektor.reporting.models import DayFact, DayStamp, MonthStamp
from tenants.insight.services import on_sales_accepted, push_days
from tenants.sales import revert
from tenants.sales.models import SalesDocument
from tests.support.importing import (
    BUYER,
    SECOND_BUYER,
    Folder,
    apply_one_point_per_unit,
    assert_ledger_is_clean,
    balance,
    line,
    run_import,
)

D = Decimal


@pytest.fixture
def folder(tmp_path: Path, in_alfa: Any) -> Any:
    apply_one_point_per_unit()
    yield Folder(tmp_path)
    assert_ledger_is_clean()


def told(wholesaler: Any) -> tuple[int, int, str, int, int]:
    """Documents, lines, sales, and hundredths of points awarded and reversed, over all days pushed."""
    push_days(SalesDocument.objects.values_list("sale_date", flat=True))
    facts = list(DayFact.objects.filter(wholesaler_id=wholesaler.pk))
    stamps = DayStamp.objects.filter(wholesaler_id=wholesaler.pk)
    return (
        sum(stamp.documents for stamp in stamps),
        sum(fact.lines for fact in facts),
        str(sum((fact.sales for fact in facts), D("0.00"))),
        sum(int(fact.units_awarded) for fact in facts),
        sum(int(fact.units_reversed) for fact in facts),
    )


def buyers(wholesaler: Any) -> dict[date, int]:
    return dict(MonthStamp.objects.filter(wholesaler_id=wholesaler.pk).values_list("month", "buyers"))


def test_an_advance_is_no_sale_and_its_settlement_is_one(folder: Folder, in_alfa: Any) -> None:
    """Goods lines of the advance and of its correction are not sold twice, and who only paid ahead has not bought."""
    run_import([folder.sale("ZAL/1", line("300.00"), kind="ZAL", day=date(2026, 2, 27))])
    assert (told(in_alfa), buyers(in_alfa)) == ((0, 0, "0.00", 0, 0), {date(2026, 2, 1): 0})
    order = (line("600.00", name="Kocioł", sku="K-1"), line("400.00", name="Pompa", sku="P-1"))
    totals = {"P_13_1": D(700), "P_14_1": D(161), "P_15": D(861)}
    run_import([folder.sale("ROZ/1", *order, kind="ROZ", totals=totals, advances=("ZAL/1",), day=date(2026, 3, 9))])
    run_import([folder.correction("KOR/1", "ZAL/1", line("-100.00"), kind="KOR_ZAL", left_before=D(369))])
    assert SalesDocument.objects.filter(kind__in=["advance", "advance_correction"]).count() == 2
    assert told(in_alfa) == (1, 2, "1000.00", 100_000, 0)
    assert buyers(in_alfa) == {date(2026, 2, 1): 0, date(2026, 3, 1): 1}


def test_a_correction_of_the_whole_takes_its_value_once_and_adds_no_lines(folder: Folder, in_alfa: Any) -> None:
    run_import([folder.sale("FV/1", line("100.00"), line("300.00", name="Puszka"))])
    assert told(in_alfa) == (1, 2, "400.00", 40_000, 0)
    run_import([folder.change("KOR/1", "FV/1", net="-40.00", gross="-49.20")])
    assert told(in_alfa) == (2, 2, "360.00", 40_000, 4_000)


def test_a_correction_by_lines_counts_the_line_it_leaves(folder: Folder, in_alfa: Any) -> None:
    run_import([folder.sale("FV/1", line("100.00"))])
    run_import([folder.correction("KOR/1", "FV/1", line("-30.00"))])
    assert told(in_alfa) == (2, 2, "70.00", 10_000, 3_000)


class History:
    """Random documents of two buyers in four months, one import each, and what they come to, kept in plain Python."""

    def __init__(self, dice: random.Random, folder: Folder) -> None:
        self.dice = dice
        self.folder = folder
        # documents that stand: number -> day, buyer, lines, sales, and the invoice that is corrected; advances are not here
        self.stand: dict[str, tuple[date, str, int, D, str | None]] = {}
        self.batches: dict[str, Any] = {}
        self.left: dict[str, D] = {}
        self.advances = 0
        self.serial = 0

    def step(self) -> None:
        dice, kind = self.dice, self.dice.choice(["sale", "sale", "advance", "settlement", "lines", "whole", "revert"])
        self.serial += 1
        number = f"{kind}/{self.serial}"
        day = date(2026, dice.randint(1, 4), dice.randint(1, 28))
        buyer = dice.choice([BUYER, SECOND_BUYER])
        amounts = [D(dice.randint(100, 99_999)) / 100 for _ in range(dice.randint(1, 3))]
        lines = [line(str(amount), name=f"Towar {index}") for index, amount in enumerate(amounts)]
        net = sum(amounts, D(0))
        corrected = dice.choice(sorted(self.left)) if self.left else None
        if kind == "advance":
            self.advances += 1
            run_import([self.folder.sale(number, *lines, kind="ZAL", day=day, buyer=buyer)])
        elif kind == "revert":
            free = sorted(set(self.stand) - {original for *_, original in self.stand.values()})
            if free:
                self._revert(dice.choice(free))
        elif kind in ("sale", "settlement"):
            options: dict[str, Any] = {"kind": "ROZ", "advances": ("ZAL/0",)} if kind == "settlement" else {}
            path = self.folder.sale(number, *lines, day=day, buyer=buyer, **options)
            self._import(number, path, (day, buyer.nip or "", len(lines), net, None))
            if kind == "sale":
                self.left[number] = net
        elif corrected and self.left[corrected] > 1:
            sold_on, nip, *_ = self.stand[corrected]
            buyer = BUYER if nip == BUYER.nip else SECOND_BUYER
            change = -D("0.50") if kind == "lines" else -(self.left[corrected] // 2)
            day = sold_on + timedelta(days=dice.randint(1, 40))
            if kind == "lines":
                less = line(str(change), name="Towar 0")
                path = self.folder.correction(number, corrected, less, day=day, buyer=buyer)
            else:
                path = self.folder.change(
                    number, corrected, net=str(change), gross=str(change * 123 / 100), day=day, buyer=buyer
                )
            self._import(number, path, (day, nip, int(kind == "lines"), change, corrected))
            # one of each invoice: what is left of a single line is not this test's matter
            del self.left[corrected]

    def _import(self, number: str, path: Path, told: tuple[date, str, int, D, str | None]) -> None:
        self.batches[number] = run_import([path])
        self.stand[number] = told

    def _revert(self, number: str) -> None:
        revert.revert(batch_id=self.batches.pop(number).pk)
        del self.stand[number]
        self.left.pop(number, None)

    def expected(self) -> dict[date, tuple[int, int, D, int]]:
        """By month: documents, lines, sales, distinct buyers."""
        months: dict[date, list[tuple[date, str, int, D, str | None]]] = {}
        for item in self.stand.values():
            months.setdefault(item[0].replace(day=1), []).append(item)
        return {
            month: (
                len(items),
                sum(item[2] for item in items),
                sum((item[3] for item in items), D(0)),
                len({item[1] for item in items}),
            )
            for month, items in months.items()
        }


@pytest.mark.parametrize("seed", range(3))
def test_figures_equal_recomputation_over_random_histories(folder: Folder, in_alfa: Any, seed: int) -> None:
    """Only the events of the outbox move the figures; one point per zloty, so that net points are net sales."""
    history = History(random.Random(seed), folder)
    for _ in range(25):
        history.step()
    for event in OutboxEvent.objects.filter(name="sales.accepted").order_by("pk"):
        on_sales_accepted(event.payload)
    assert history.advances
    assert SalesDocument.objects.filter(reverted_at__isnull=False).exists()
    assert {number.split("/")[0] for number in history.stand} >= {"sale", "settlement"}
    facts = DayFact.objects.filter(wholesaler_id=in_alfa.pk)
    stamps = DayStamp.objects.filter(wholesaler_id=in_alfa.pk)
    found = {}
    for month, count in buyers(in_alfa).items():
        here = [fact for fact in facts if fact.day.replace(day=1) == month]
        documents = sum(stamp.documents for stamp in stamps if stamp.day.replace(day=1) == month)
        found[month] = (documents, sum(fact.lines for fact in here), sum((fact.sales for fact in here), D(0)), count)
        units = sum(int(fact.units_awarded) - int(fact.units_reversed) for fact in here)
        assert units == found[month][2] * 100
    nothing = (0, 0, D(0), 0)
    assert {month: row for month, row in found.items() if row != nothing} == history.expected()
    owed = sum((D(balance(party.nip or "")[0]) for party in (BUYER, SECOND_BUYER)), D(0))
    assert owed == sum((row[2] for row in found.values()), D(0))


def test_the_months_of_older_versions_get_their_sums(folder: Folder, in_alfa: Any) -> None:
    """The migration's statement finds what a push finds."""
    sums = import_module("kolektor.reporting.migrations.0003_month_sums").SUMS
    run_import([folder.sale("FV/1", line("100.00"), day=date(2026, 2, 27)), folder.sale("FV/2", line("60.00"))])
    push_days(SalesDocument.objects.values_list("sale_date", flat=True))
    months = MonthStamp.objects.filter(wholesaler_id=in_alfa.pk).order_by("month")
    columns = (
        "month",
        "sales",
        "documents",
        "lines",
        "units_awarded",
        "units_reversed",
        "units_spent",
        "orders",
        "as_of",
    )
    pushed = list(months.values_list(*columns))
    assert [(row[1], row[2]) for row in pushed] == [(D(100), 1), (D(60), 1)]
    months.update(sales=0, documents=0, lines=0, units_awarded=0, units_reversed=0, units_spent=0, orders=0, as_of=None)
    with connection.cursor() as cursor:
        cursor.execute(sums)
    assert list(months.values_list(*columns)) == pushed
