"""Discounts, currencies, further buyers and FA(2): what of an FA document decides points, and whose."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from integrations.salesfeeds.ksef_writer import Party, ThirdParty
from tenants.members.models import Member
from tenants.sales.models import ImportProblem, SalesLine
from tests.shared_data import ksef_samples
from tests.support.importing import (
    BUYER,
    SECOND_BUYER,
    Folder,
    apply_one_point_per_unit,
    as_fa2,
    assert_ledger_is_clean,
    balance,
    codes,
    counts,
    errors,
    line,
    notices,
    outcome,
    run_import,
)

D = Decimal
NIP = BUYER.nip or ""


@pytest.fixture
def folder(tmp_path: Path, in_alfa: Any) -> Any:
    apply_one_point_per_unit()
    yield Folder(tmp_path)
    assert_ledger_is_clean()


def test_a_discount_of_a_line_is_inside_its_value(folder: Folder) -> None:
    """P_10 says what was taken off; P_11 is what is left, and points are counted from it."""
    batch = run_import([folder.sale("FV/1", line("90.00", discount=D("10.00")), line("50.00", name="Puszka"))])
    assert (outcome(batch), notices(batch)) == ((1, 0, 0), [])
    assert balance(NIP) == ("140.00", "0.00")
    # a later, greater discount of the same line: before 10.00 off, after 25.50 off
    pair = [line("90.00", discount=D("10.00"), before=True), line("74.50", discount=D("25.50"))]
    run_import([folder.correction("KOR/1", "FV/1", *pair)])
    assert balance(NIP) == ("124.50", "0.00")


def test_a_discount_as_a_line_of_its_own_is_said(folder: Folder) -> None:
    batch = run_import([folder.sale("FV/1", line("100.00"), line("-7.00", name="Rabat"))])
    problem = ImportProblem.objects.get(batch=batch)
    assert (problem.code, problem.severity, problem.line, problem.value) == ("LINE_BELOW_ZERO", "notice", 2, "Rabat")
    assert balance(NIP) == ("100.00", "0.00")


def test_each_line_by_its_own_rate(folder: Folder) -> None:
    sold = [line("100.00", rate=D("4.2512")), line("33.33", name="Puszka", rate=D("4.3"))]
    assert outcome(run_import([folder.sale("FV/1", *sold, currency="EUR")])) == (1, 0, 0)
    assert [str(row.value) for row in SalesLine.objects.order_by("pk")] == ["425.12", "143.32"]
    assert balance(NIP) == ("568.44", "0.00")
    # the correction states a rate of its own, which is the original's by law
    run_import([folder.correction("KOR/1", "FV/1", line("-50.00", rate=D("4.2512")), currency="EUR")])
    assert balance(NIP) == ("355.88", "0.00")


def test_one_line_without_a_rate_takes_the_one_of_the_others(folder: Folder) -> None:
    run_import([folder.sale("FV/1", line("100.00", rate=D("4.25")), line("10.00", name="Puszka"), currency="EUR")])
    assert balance(NIP) == ("467.50", "0.00")


def test_two_rates_leave_a_line_without_one_unknown(folder: Folder) -> None:
    sold = [line("1.00", rate=D("4.1")), line("1.00", name="B", rate=D("4.2")), line("1.00", name="C")]
    batch = run_import([folder.sale("FV/1", *sold, currency="EUR")])
    assert (outcome(batch), codes(batch)) == ((0, 0, 1), [("UNKNOWN_CURRENCY", "FV/1")])


def test_points_go_to_the_main_buyer_and_the_others_are_said(folder: Folder) -> None:
    third = [
        ThirdParty(SECOND_BUYER, role=4, share=D("50")),
        ThirdParty(Party(name="Oddział Wola"), role=2),
        ThirdParty(Party(name="Faktor SA", nip="5252344078"), role=1),
    ]
    batch = run_import([folder.sale("FV/1", line("100.00"), third_parties=tuple(third))])
    assert (outcome(batch), notices(batch)) == ((1, 0, 0), ["SEVERAL_BUYERS", "OTHER_RECIPIENT"])
    first, second = ImportProblem.objects.filter(batch=batch).order_by("pk")
    assert (first.value, first.params) == ("Instalator Ewa", {"name": "Instalator Ewa", "share": "50"})
    assert second.value == "Oddział Wola"
    assert balance(NIP) == ("100.00", "0.00")
    assert Member.objects.count() == 1


def test_the_official_sample_of_a_commune_and_its_school(in_alfa: Any) -> None:
    """Sample 9: the commune buys (NIP in `Podmiot2`, JST 1), the school receives."""
    apply_one_point_per_unit()
    batch = run_import([ksef_samples()[8]], any_seller=True)
    assert (outcome(batch), counts(batch)["points_awarded"]) == ((1, 0, 0), "2300.00")
    problem = ImportProblem.objects.get(batch=batch)
    assert (problem.code, problem.value) == ("OTHER_RECIPIENT", "Szkoła Podstawowa w Bzdziszewie")
    assert balance("1111111111") == ("2300.00", "0.00")
    assert_ledger_is_clean()


def test_fa2_gives_the_points_of_fa3(folder: Folder) -> None:
    paths = [
        folder.sale("FV/1", line("100.00", discount=D("5.00")), line("300.00", name="Puszka")),
        folder.correction("KOR/1", "FV/1", line("100.00", before=True), line("60.00")),
        folder.change("KOR/2", "FV/1", net="-36.00", gross="-44.28", day=date(2026, 3, 21)),
    ]
    for path in paths:
        path.write_bytes(as_fa2(path.read_bytes()))
    batch = run_import(paths)
    assert (outcome(batch), notices(batch)) == ((3, 0, 0), ["CORRECTION_SPREAD"])
    assert balance(NIP) == ("324.00", "0.00")


def test_an_fa3_correction_of_an_fa2_invoice(folder: Folder) -> None:
    sale = folder.sale("FV/1", line("100.00"))
    same_in_fa3 = sale.read_bytes()
    sale.write_bytes(as_fa2(same_in_fa3))
    run_import([sale])
    run_import([folder.correction("KOR/1", "FV/1", line("-40.00"))])
    assert balance(NIP) == ("60.00", "0.00")
    sale.write_bytes(same_in_fa3)
    assert outcome(run_import([sale])) == (0, 1, 0)


def test_fa1_is_refused_beside_good_files(folder: Folder) -> None:
    old = folder.sale("FV/1", line("100.00"))
    old.write_bytes(
        old.read_bytes().replace(
            b"http://crd.gov.pl/wzor/2025/06/25/13775/", b"http://crd.gov.pl/wzor/2021/11/29/11089/"
        )
    )
    batch = run_import([old, folder.sale("FV/2", line("7.00"))])
    (problem,) = errors(batch)
    assert (outcome(batch), problem.code, problem.params["form"]) == ((1, 0, 1), "FORM_NOT_READ", "FA(1)")
    assert balance(NIP) == ("7.00", "0.00")
