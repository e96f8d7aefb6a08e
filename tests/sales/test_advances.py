"""Advances and settlements: goods are awarded once, by the settlement, whatever was paid before."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tenants.sales.models import ImportProblem
from tests.shared_data import ksef_samples
from tests.support.importing import (
    BUYER,
    Folder,
    apply_one_point_per_unit,
    assert_ledger_is_clean,
    balance,
    counts,
    line,
    notices,
    outcome,
    run_import,
)

D = Decimal
NIP = BUYER.nip or ""
ORDER = (line("600.00", name="Kocioł", sku="K-1"), line("400.00", name="Pompa", sku="P-1"))


@pytest.fixture
def folder(tmp_path: Path, in_alfa: Any) -> Any:
    apply_one_point_per_unit()
    yield Folder(tmp_path)
    assert_ledger_is_clean()


def totals(net: str) -> dict[str, Decimal]:
    """Net, VAT and gross at 23 %."""
    return {"P_13_1": D(net), "P_14_1": D(net) * 23 / 100, "P_15": D(net) * 123 / 100}


def advance(folder: Folder, number: str, net: str, **options: Any) -> Path:
    return folder.sale(number, kind="ZAL", totals=totals(net), order=ORDER, **options)


def settlement(folder: Folder, number: str, rest: str, *lines: Any, **options: Any) -> Path:
    options.setdefault("day", date(2026, 3, 9))
    options.setdefault("advances", ("ZAL/1",))
    return folder.sale(number, *(lines or ORDER), kind="ROZ", totals=totals(rest), **options)


def correction(folder: Folder, number: str, original: str, *lines: Any, **options: Any) -> Path:
    return folder.correction(number, original, *lines, kind="KOR_ROZ", **options)


def test_the_settlement_that_lists_the_order_awards_it_once(folder: Folder) -> None:
    first = run_import([advance(folder, "ZAL/1", "300.00")])
    assert (outcome(first), notices(first), counts(first)["points_awarded"]) == ((1, 0, 0), ["NO_GOODS_LINES"], "0.00")
    batch = run_import([settlement(folder, "ROZ/1", "700.00")])
    assert (outcome(batch), notices(batch)) == ((1, 0, 0), [])
    assert balance(NIP) == ("1000.00", "0.00")


def test_in_any_order_and_again(folder: Folder) -> None:
    paths = [
        settlement(folder, "ROZ/1", "400.00", advances=("ZAL/1", "ZAL/2")),
        advance(folder, "ZAL/2", "300.00", day=date(2026, 3, 5)),
        advance(folder, "ZAL/1", "300.00"),
    ]
    assert outcome(run_import(paths)) == (3, 0, 0)
    assert outcome(run_import(paths)) == (0, 3, 0)
    assert balance(NIP) == ("1000.00", "0.00")


def test_an_advance_with_goods_lines_awards_nothing(folder: Folder) -> None:
    batch = run_import([advance(folder, "ZAL/1", "300.00"), folder.sale("ZAL/2", line("50.00"), kind="ZAL")])
    assert (outcome(batch), counts(batch)["points_awarded"]) == ((2, 0, 0), "0.00")
    run_import([settlement(folder, "ROZ/1", "650.00", advances=("ZAL/1", "ZAL/2"))])
    assert balance(NIP) == ("1000.00", "0.00")


def test_a_settlement_of_the_rest_gives_points_for_it_and_says_so(folder: Folder) -> None:
    run_import([advance(folder, "ZAL/1", "300.00")])
    rest = [line("420.00", name="Kocioł", sku="K-1"), line("280.00", name="Pompa", sku="P-1")]
    batch = run_import([settlement(folder, "ROZ/1", "700.00", *rest)])
    problem = ImportProblem.objects.get(batch=batch)
    assert (problem.code, problem.severity, problem.value) == ("SETTLEMENT_OF_REST", "notice", "ZAL/1")
    assert problem.params == {"advances": "ZAL/1", "listed": "700"}
    assert balance(NIP) == ("700.00", "0.00")


@pytest.mark.parametrize("options", [{}, {"advances": ("ZAL/0",)}], ids=["one advance", "the last of several"])
def test_an_advance_of_the_whole_order_is_said(folder: Folder, options: dict[str, Any]) -> None:
    net = "700.00" if options else "1000.00"
    batch = run_import([advance(folder, "ZAL/1", net, **options)])
    assert notices(batch) == ["ADVANCE_OF_WHOLE", "NO_GOODS_LINES"]
    assert counts(batch)["points_awarded"] == "0.00"


@pytest.mark.parametrize("with_lines", [False, True])
def test_a_correction_of_an_advance_changes_no_points(folder: Folder, with_lines: bool) -> None:
    run_import([advance(folder, "ZAL/1", "300.00"), settlement(folder, "ROZ/1", "700.00")])
    changed = [line("-100.00", name="Kocioł", sku="K-1")] if with_lines else []
    order = (line("600.00", name="Kocioł", sku="K-1", before=True), line("500.00", name="Kocioł", sku="K-1"))
    path = folder.correction(
        "KOR/1", "ZAL/1", *changed, kind="KOR_ZAL", totals=totals("-100.00"), order=order, left_before=D(369)
    )
    batch = run_import([path])
    assert (outcome(batch), counts(batch)["points_reversed"]) == ((1, 0, 0), "0.00")
    assert notices(batch) == ([] if with_lines else ["NO_GOODS_LINES"])
    assert balance(NIP) == ("1000.00", "0.00")


def test_corrections_of_a_settlement_by_its_lines(folder: Folder) -> None:
    run_import([advance(folder, "ZAL/1", "300.00"), settlement(folder, "ROZ/1", "700.00")])
    pump: dict[str, Any] = {"name": "Pompa", "sku": "P-1", "number": 2}
    pair = [line("400.00", before=True, **pump), line("350.00", **pump)]
    run_import([correction(folder, "KOR/1", "ROZ/1", *pair, left_before=D(861))])
    assert balance(NIP) == ("950.00", "0.00")
    less = line("-150.00", name="Kocioł", sku="K-1")
    run_import([correction(folder, "KOR/2", "KOR/1", less, left_before=D("799.5"), day=date(2026, 3, 21))])
    assert balance(NIP) == ("800.00", "0.00")


def test_lines_that_confirm_that_nothing_changed(folder: Folder) -> None:
    """The rest to pay changes and the order does not: the schema wants both states of each line, alike."""
    run_import([settlement(folder, "ROZ/1", "700.00")])
    same = [
        line(str(each.net), name=each.name, sku=each.sku, number=n, before=before)
        for n, each in enumerate(ORDER, start=1)
        for before in (True, False)
    ]
    path = correction(folder, "KOR/1", "ROZ/1", *same, totals=totals("-100.00"), left_before=D(861))
    batch = run_import([path])
    assert (outcome(batch), notices(batch)) == ((1, 0, 0), [])
    assert balance(NIP) == ("1000.00", "0.00")


def test_a_rebate_of_the_whole_settlement_is_its_amount(folder: Folder) -> None:
    run_import([advance(folder, "ZAL/1", "300.00"), settlement(folder, "ROZ/1", "700.00")])
    run_import([correction(folder, "KOR/1", "ROZ/1", totals=totals("-70.00"), left_before=D(861))])
    assert balance(NIP) == ("930.00", "0.00")


def test_taking_all_that_was_left_to_pay_cancels_the_delivery(folder: Folder) -> None:
    """The settlement states 700.00 of the 1,000.00 that gave points: with it goes all."""
    run_import([advance(folder, "ZAL/1", "300.00"), settlement(folder, "ROZ/1", "700.00")])
    run_import([correction(folder, "KOR/1", "ROZ/1", totals=totals("-200.00"), left_before=D(861))])
    assert balance(NIP) == ("800.00", "0.00")
    rest = correction(folder, "KOR/2", "ROZ/1", totals=totals("-500.00"), left_before=D(615), day=date(2026, 3, 21))
    run_import([rest])
    assert balance(NIP) == ("0.00", "0.00")


def test_the_gross_alone_of_a_settlement_says_nothing_of_its_goods(folder: Folder) -> None:
    run_import([advance(folder, "ZAL/1", "300.00"), settlement(folder, "ROZ/1", "700.00")])
    batch = run_import([correction(folder, "KOR/1", "ROZ/1", totals={"P_15": D("-61.50")}, left_before=D(861))])
    assert (outcome(batch), notices(batch)) == ((1, 0, 0), ["CHANGE_NOT_CONVERTED"])
    assert balance(NIP) == ("1000.00", "0.00")


@pytest.mark.parametrize("number", [10, 11, 12, 13])
def test_the_official_advances_award_nothing(in_alfa: Any, number: int) -> None:
    apply_one_point_per_unit()
    batch = run_import([ksef_samples()[number - 1]], any_seller=True)
    assert (outcome(batch), batch.units_awarded, batch.units_reversed) == ((1, 0, 0), 0, 0)
    assert notices(batch) == ["SEVERAL_BUYERS", "NO_GOODS_LINES"]
    assert_ledger_is_clean()
