"""Corrections that state a change of the whole and no lines of value: in proportion, to the grosz, over all originals."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Sum

from kolektor.kernel import clock
from tenants.members.models import Member
from tenants.rules import services as rules
from tenants.sales import late, revert
from tenants.sales.models import ImportProblem, SalesDocument, SalesLine
from tests.shared_data import ksef_samples
from tests.support.importing import (
    BUYER,
    Folder,
    apply_one_point_per_unit,
    assert_ledger_is_clean,
    balance,
    codes,
    counts,
    line,
    notices,
    outcome,
    run_import,
)

D = Decimal
NIP = BUYER.nip or ""
PER_PIECE: dict[str, Any] = {
    "rules": [{"code": "sztuki", "name": "Za sztukę", "award": {"kind": "per_unit", "points": "2"}}]
}


@pytest.fixture
def folder(tmp_path: Path, in_alfa: Any) -> Any:
    apply_one_point_per_unit()
    yield Folder(tmp_path)
    assert_ledger_is_clean()


def shares(number: str) -> list[tuple[str, str, str]]:
    """Of a correction: the line it speaks of, where that was sold, and its share."""
    rows = SalesLine.objects.filter(document__number=number, spread=True).select_related("corrects__document")
    found = []
    for row in rows.order_by("pk"):
        assert row.corrects is not None
        assert row.quantity is None
        found.append((row.corrects.document.number, row.name, str(row.value)))
    return found


def test_a_discount_of_one_invoice(folder: Folder) -> None:
    run_import([folder.sale("FV/1", line("100.00"), line("300.00", name="Puszka"))])
    batch = run_import([folder.change("KOR/1", "FV/1", net="-40.00", gross="-49.20")])
    assert (outcome(batch), notices(batch)) == ((1, 0, 0), ["CORRECTION_SPREAD"])
    assert (counts(batch)["points_reversed"], balance(NIP)) == ("40.00", ("360.00", "0.00"))
    assert shares("KOR/1") == [("FV/1", "Kabel", "-10.00"), ("FV/1", "Puszka", "-30.00")]
    said = ImportProblem.objects.get(batch=batch).params
    assert (said["spread"], said["lines"], said["originals"]) == ("-40.00", "2", "FV/1")
    assert batch.lines == 0  # the file has none


def test_a_rebate_over_several_invoices_goes_to_the_largest_remainders(folder: Folder) -> None:
    """Half of 33.33 three times and of 0.01 leaves half a grosz four times: two of them are whole ones, the sum is the rebate."""
    run_import([folder.sale(f"FV/{n}", line("33.33")) for n in (1, 2, 3)] + [folder.sale("FV/4", line("0.01"))])
    batch = run_import([folder.change("KOR/1", ["FV/1", "FV/2", "FV/3", "FV/4"], net="-50.00", gross="-61.50")])
    assert outcome(batch) == (1, 0, 0)
    assert shares("KOR/1") == [
        ("FV/1", "Kabel", "-16.67"),
        ("FV/2", "Kabel", "-16.67"),
        ("FV/3", "Kabel", "-16.66"),
    ]
    assert balance(NIP) == ("50.00", "0.00")


@pytest.mark.parametrize("net", ["-100.00", None], ids=["net", "gross only"])
def test_a_full_cancellation_is_exactly_nothing(folder: Folder, net: str | None) -> None:
    sold = [line("33.33", name="A"), line("33.33", name="B"), line("33.34", name="C", quantity="7")]
    run_import([folder.sale("FV/1", *sold)])
    run_import([folder.change("KOR/1", "FV/1", net=net, gross="-123.00")])
    assert balance(NIP) == ("0.00", "0.00")
    assert [share for _, _, share in shares("KOR/1")] == ["-33.33", "-33.33", "-33.34"]


def test_gross_alone_is_converted_by_the_originals_own_ratio(folder: Folder) -> None:
    """Net 200.00 at 23 and 8 % is 231.00 gross, so 23.10 gross is 20.00 net."""
    run_import([folder.sale("FV/1", line("100.00"), line("100.00", name="Rura", vat_rate="8"))])
    run_import([folder.change("KOR/1", "FV/1", gross="-23.10")])
    assert balance(NIP) == ("180.00", "0.00")


def test_what_earlier_corrections_left_is_the_measure(folder: Folder) -> None:
    run_import([folder.sale("FV/1", line("100.00"), line("100.00", name="Puszka"))])
    run_import([folder.correction("KOR/1", "FV/1", line("-60.00"))])
    run_import([folder.change("KOR/2", "FV/1", net="-14.00", gross="-17.22", day=date(2026, 3, 21))])
    assert shares("KOR/2") == [("FV/1", "Kabel", "-4.00"), ("FV/1", "Puszka", "-10.00")]
    run_import([folder.change("KOR/3", "KOR/2", net="-126.00", gross="-154.98", day=date(2026, 3, 22))])
    assert shares("KOR/3") == [("FV/1", "Kabel", "-36.00"), ("FV/1", "Puszka", "-90.00")]
    assert balance(NIP) == ("0.00", "0.00")


def test_all_in_one_import_in_any_order(folder: Folder) -> None:
    third = folder.change("KOR/3", ["FV/1", "FV/2"], net="-10.00", gross="-12.30", day=date(2026, 3, 23))
    second = folder.change("KOR/2", ["FV/2", "FV/1"], net="-30.00", gross="-36.90", day=date(2026, 3, 22))
    first = folder.correction("KOR/1", "FV/1", line("-50.00"), day=date(2026, 3, 21))
    sales = [folder.sale("FV/1", line("100.00")), folder.sale("FV/2", line("50.00", name="Puszka"))]
    batch = run_import([third, second, first, *sales])
    assert (outcome(batch), counts(batch)["points_reversed"]) == ((5, 0, 0), "90.00")
    assert shares("KOR/2") == [("FV/1", "Kabel", "-15.00"), ("FV/2", "Puszka", "-15.00")]
    assert shares("KOR/3") == [("FV/1", "Kabel", "-5.00"), ("FV/2", "Puszka", "-5.00")]
    assert balance(NIP) == ("60.00", "0.00")
    again = run_import([third, second, first, *sales])
    assert (outcome(again), balance(NIP)) == ((0, 5, 0), ("60.00", "0.00"))


def test_an_increase_and_one_after_a_cancellation(folder: Folder) -> None:
    run_import([folder.sale("FV/1", line("100.00"), line("300.00", name="Puszka"))])
    run_import([folder.change("KOR/1", "FV/1", net="40.00", gross="49.20")])
    assert balance(NIP) == ("440.00", "0.00")
    run_import([folder.change("KOR/2", "FV/1", net="-440.00", gross="-541.20", day=date(2026, 3, 21))])
    assert balance(NIP) == ("0.00", "0.00")
    run_import([folder.change("KOR/3", "KOR/2", net="400.00", gross="492.00", day=date(2026, 3, 22))])
    assert shares("KOR/3") == [("FV/1", "Kabel", "100.00"), ("FV/1", "Puszka", "300.00")]
    assert balance(NIP) == ("400.00", "0.00")


def test_no_more_than_is_left_and_it_is_said(folder: Folder) -> None:
    run_import([folder.sale("FV/1", line("100.00"))])
    batch = run_import([folder.change("KOR/1", "FV/1", net="-130.00", gross="-159.90")])
    assert notices(batch) == ["CORRECTION_SPREAD", "CHANGE_BEYOND_SALES"]
    left = ImportProblem.objects.get(batch=batch, code="CHANGE_BEYOND_SALES").params["left"]
    assert (left, balance(NIP)) == ("-30.00", ("0.00", "0.00"))
    again = run_import([folder.change("KOR/2", "FV/1", net="-1.00", gross="-1.23", day=date(2026, 3, 22))])
    assert (notices(again), shares("KOR/2")) == (["CHANGE_BEYOND_SALES"], [])


def test_a_line_that_took_value_off_shares_too(folder: Folder) -> None:
    """The invoice is 900; cancelling 900 cancels all of the 1,000 that gave points."""
    run_import([folder.sale("FV/1", line("1000.00"), line("-100.00", name="Rabat"))])
    assert balance(NIP) == ("1000.00", "0.00")
    run_import([folder.change("KOR/1", "FV/1", net="-900.00", gross="-1107.00")])
    assert shares("KOR/1") == [("FV/1", "Kabel", "-1000.00"), ("FV/1", "Rabat", "100.00")]
    assert balance(NIP) == ("0.00", "0.00")


def test_all_originals_must_be_here(folder: Folder) -> None:
    run_import([folder.sale("FV/1", line("100.00"))])
    rebate = folder.change("KOR/1", ["FV/1", "FV/2", "FV/3"], net="-20.00", gross="-24.60")
    batch = run_import([rebate])
    assert (outcome(batch), codes(batch)) == ((0, 0, 1), [("CORRECTION_BEFORE_ORIGINAL", "KOR/1")])
    assert ImportProblem.objects.get(batch=batch).value == "FV/2, FV/3"
    assert not SalesDocument.objects.filter(number="KOR/1").exists()
    run_import([folder.sale("FV/2", line("50.00")), folder.sale("FV/3", line("50.00"))])
    assert outcome(run_import([rebate])) == (1, 0, 0)
    assert balance(NIP) == ("180.00", "0.00")


@pytest.mark.parametrize("net", [None, "0"], ids=["no totals", "zero net"])
def test_a_correction_of_data_keeps_its_notice_and_needs_no_original(folder: Folder, net: str | None) -> None:
    batch = run_import([folder.change("KOR/1", "FV/9", net=net, gross="0")])
    assert (outcome(batch), notices(batch)) == ((1, 0, 0), ["NO_GOODS_LINES"])


def test_goods_named_without_values_are_what_it_speaks_of(folder: Folder) -> None:
    """Art. 106j(3): a discount of a part of the deliveries names the goods; the quantity it states gives no points."""
    rules.apply(body=PER_PIECE)
    run_import([folder.sale("FV/1", line("100.00", quantity="4"), line("300.00", name="Puszka", quantity="3"))])
    before = D(balance(NIP)[0])
    assert before == 400 + 14
    named = [line("0", name="puszka", quantity="1000", valued=False)]
    batch = run_import([folder.change("KOR/1", "FV/1", net="-60.00", gross="-73.80", lines=named)])
    assert notices(batch) == ["CORRECTION_SPREAD"]
    assert shares("KOR/1") == [("FV/1", "Puszka", "-60.00")]
    # a fifth of its value, so a fifth of the points for its pieces
    assert D(balance(NIP)[0]) == before - 60 - D("1.20")


def test_goods_that_nobody_sold_leave_the_whole(folder: Folder) -> None:
    run_import([folder.sale("FV/1", line("100.00"), line("300.00", name="Puszka"))])
    named = [line("0", name="Wszystko", quantity="1", valued=False)]
    run_import([folder.change("KOR/1", "FV/1", net="-40.00", gross="-49.20", lines=named)])
    assert shares("KOR/1") == [("FV/1", "Kabel", "-10.00"), ("FV/1", "Puszka", "-30.00")]


def test_a_foreign_currency_by_the_originals_own_rate(folder: Folder) -> None:
    sold = [line("100.00", rate=D("4.25")), line("33.33", name="Puszka", rate=D("4.3119"))]
    run_import([folder.sale("FV/1", *sold, currency="EUR")])
    assert balance(NIP) == ("568.72", "0.00")  # 425.00 + 143.72
    run_import([folder.change("KOR/1", "FV/1", net="-133.33", gross="-164.00", currency="EUR")])
    assert balance(NIP) == ("0.00", "0.00")


def test_reverted_documents_count_for_nothing(folder: Folder) -> None:
    run_import([folder.sale("FV/1", line("100.00")), folder.sale("FV/2", line("100.00"))])
    rebate = run_import([folder.change("KOR/1", ["FV/1", "FV/2"], net="-50.00", gross="-61.50")])
    assert balance(NIP) == ("150.00", "0.00")
    revert.revert(batch_id=rebate.pk)
    assert balance(NIP) == ("200.00", "0.00")
    run_import([folder.change("KOR/1", ["FV/1", "FV/2"], net="-60.00", gross="-73.80")])
    assert [share for _, _, share in shares("KOR/1")[2:]] == ["-30.00", "-30.00"]
    assert balance(NIP) == ("140.00", "0.00")


def test_an_original_in_use_is_not_taken_back(folder: Folder) -> None:
    run_import([folder.sale("FV/1", line("100.00"))])
    second = run_import([folder.sale("FV/2", line("100.00"))])
    run_import([folder.change("KOR/1", ["FV/1", "FV/2"], net="-50.00", gross="-61.50")])
    assert revert.preview(batch_id=second.pk).used_by == ("KOR/1",)


def test_a_member_who_joins_later(folder: Folder) -> None:
    today = clock.local_today()
    sales = [folder.sale("FV/1", line("100.00"), day=today), folder.sale("FV/2", line("300.00"), day=today)]
    rebate = folder.change("KOR/1", ["FV/1", "FV/2"], net="-100.00", gross="-123.00", day=today)
    batch = run_import([*sales, rebate], enroll_buyers=False)
    assert (outcome(batch), batch.units_awarded) == ((3, 0, 0), 0)
    assert not Member.objects.exists()
    run_import([folder.sale("FV/3", line("7.00"), day=today)])
    late.award_late(member_id=Member.objects.get().pk)
    assert balance(NIP) == ("307.00", "0.00")


def test_lines_with_values_find_their_original_among_several(folder: Folder) -> None:
    run_import([folder.sale("FV/1", line("10.00", name="Kabel"), line("40.00", name="Rura", sku="R-1"))])
    run_import([folder.sale("FV/2", line("90.00", name="Kabel"), line("60.00", name="Puszka"))])
    batch = run_import(
        [
            folder.correction(
                "KOR/1",
                ["FV/1", "FV/2"],
                line("-50.00", name="Kabel"),
                line("-4.00", name="Inna nazwa", sku="R-1"),
                line("90.00", name="Kabel", before=True, number=3),
                line("85.00", name="Kabel drugi", number=3),
                line("-5.00", name="Transport"),
            )
        ]
    )
    links = SalesLine.objects.filter(document__number="KOR/1").order_by("pk")
    assert [row.corrects and (row.corrects.document.number, row.corrects.name) for row in links] == [
        ("FV/2", "Kabel"),
        ("FV/1", "Rura"),
        ("FV/2", "Kabel"),
        ("FV/2", "Kabel"),
        None,
    ]
    assert notices(batch) == ["LINE_NOT_LINKED"]
    assert balance(NIP) == ("141.00", "0.00")  # 200 − 50 − 4 − 5


def test_a_rebate_line_of_several_originals_is_said_and_takes_nothing_by_its_position(folder: Folder) -> None:
    run_import([folder.sale("FV/1", line("10.00")), folder.sale("FV/2", line("90.00"))])
    batch = run_import([folder.correction("KOR/1", ["FV/1", "FV/2"], line("-5.00", name="Rabat"))])
    problem = ImportProblem.objects.get(batch=batch)
    assert (problem.code, problem.line, problem.value, problem.params["amount"]) == (
        "LINE_NOT_LINKED", 1, "Rabat", "-5.00",
    )  # fmt: skip
    assert balance(NIP) == ("100.00", "0.00")


@pytest.mark.parametrize("seed", range(6))
def test_random_changes_add_up_to_the_grosz(folder: Folder, seed: int) -> None:
    """At 1 point per 1 PLN the balance is what the invoices are worth, after every change, and nothing in the end."""
    dice = random.Random(seed)
    names = [f"FV/{number}" for number in range(1, dice.randint(2, 5))]
    worth = D(0)
    sales = []
    for name in names:
        lines = [
            line(str(D(dice.randint(1, 99999)) / 100), name=f"Towar {n}", quantity=str(dice.randint(1, 9)))
            for n in range(dice.randint(1, 4))
        ]
        worth += sum(each.net for each in lines)
        sales.append(folder.sale(name, *lines))
    run_import(sales)
    for step in range(1, 7):
        net = -worth if step == 6 else (worth * dice.randint(-60, 25) / 100).quantize(D("0.01"))
        chosen = names if step != 3 else [f"KOR/{step - 1}"]
        day = date(2026, 3, 10 + step)
        path = folder.change(f"KOR/{step}", chosen, net=str(net), gross=str(net), day=day)
        batch = run_import([path])
        assert "CHANGE_BEYOND_SALES" not in notices(batch)
        worth += net
        assert balance(NIP) == (str(worth.quantize(D("0.01"))), "0.00"), step
    assert worth == 0
    left = SalesLine.objects.filter(spread=False).annotate(changes=Sum("corrections__value"))
    assert {row.value + (row.changes or 0) for row in left if row.value is not None} == {D(0)}


def test_a_total_that_no_column_holds_is_refused(folder: Folder) -> None:
    batch = run_import([folder.change("KOR/1", "FV/1", net="-1000000000000", gross="-1")])
    assert (outcome(batch), codes(batch)) == ((0, 0, 1), [("BAD_AMOUNT", "KOR/1")])
    assert ImportProblem.objects.get(batch=batch).field == "change_net"


@pytest.mark.parametrize("number", [6, 7])
def test_the_official_rebate_of_half_a_year(folder: Folder, number: int) -> None:
    """Sample 6 is a rebate of 40,650.41 net over six invoices, sample 7 of the fridges on them."""
    originals = ["FV2026/01/134", "FV2026/02/150", "FV2026/03/143", "FV2026/04/23", "FV2026/05/54", "FV2026/06/15"]
    sample = ksef_samples()[number - 1]
    folder.seller = type(folder.seller)(name="Hurtownia", nip="9999999999")
    buyer = type(folder.seller)(name="CeDeE s.c.", nip="1111111111")
    fridge = "lodówka Zimnotech mk1"
    refused = run_import([sample], any_seller=True)
    assert codes(refused) == [("CORRECTION_BEFORE_ORIGINAL", "FK2026/07/243")]
    run_import(
        [
            folder.sale(name, line(f"{20000 + index}.37", name=fridge), line("5000.00", name="Kabel"), buyer=buyer)
            for index, name in enumerate(originals)
        ],
        any_seller=True,
    )
    batch = run_import([sample], any_seller=True)
    assert (outcome(batch), counts(batch)["points_reversed"]) == ((1, 0, 0), "40650.41")
    found = shares("FK2026/07/243")
    assert sum(D(share) for _, _, share in found) == D("-40650.41")
    assert {name for _, name, _ in found} == ({fridge, "Kabel"} if number == 6 else {fridge})
    assert balance("1111111111") == (str(D("120017.22") + 30000 - D("40650.41")), "0.00")
