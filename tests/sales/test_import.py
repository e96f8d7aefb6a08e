"""Documents through the real importer: duplicates, conflicts, corrections, dry runs."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kolektor.audit.models import AuditEntry
from kolektor.kernel import clock
from kolektor.kernel.models import OutboxEvent
from kolektor.kernel.points import Points
from tenants.ledger import services as ledger
from tenants.ledger.models import Posting, Transfer
from tenants.ledger.services import Owner, Source
from tenants.members.models import Firm, Member
from tenants.rules import services as rules
from tenants.rules.models import AwardLine
from tenants.sales.models import SalesDocument, SalesLine
from tests.support.importing import (
    BUYER,
    SECOND_BUYER,
    Folder,
    apply_one_point_per_unit,
    assert_ledger_is_clean,
    balance,
    codes,
    counts,
    errors,
    line,
    member_of,
    outcome,
    run_import,
)

NIP = BUYER.nip or ""
_TABLES = (SalesDocument, SalesLine, AwardLine, Posting, Transfer, Member, Firm, OutboxEvent)


@pytest.fixture
def folder(tmp_path: Path, in_alfa: Any) -> Any:
    apply_one_point_per_unit()
    yield Folder(tmp_path)
    assert_ledger_is_clean()


def rows() -> list[int]:
    return [model.objects.count() for model in _TABLES]


def test_the_same_file_again_changes_nothing_and_says_so(folder: Folder) -> None:
    path = folder.sale("FV/1", line("100.00"), line("20.50", name="Puszka"))
    assert counts(run_import([path])) == {
        "documents": 1, "accepted": 1, "duplicates": 0, "rejected": 0, "lines": 2, "matched_lines": 2,
        "points_awarded": "120.50", "points_reversed": "0.00",
    }  # fmt: skip
    before = rows()
    again = run_import([path])
    assert counts(again) == {
        "documents": 1, "accepted": 0, "duplicates": 1, "rejected": 0, "lines": 0, "matched_lines": 0,
        "points_awarded": "0.00", "points_reversed": "0.00",
    }  # fmt: skip
    assert rows() == before
    assert balance(NIP) == ("120.50", "0.00")


def test_a_renamed_copy_is_the_same_document(folder: Folder) -> None:
    path = folder.sale("FV/1", line("100.00"))
    copy = folder.path / "kopia.xml"
    shutil.copy(path, copy)
    assert outcome(run_import([path, copy])) == (1, 1, 0)
    assert outcome(run_import([copy])) == (0, 1, 0)
    assert balance(NIP) == ("100.00", "0.00")


def test_a_number_with_other_content_is_a_conflict(folder: Folder) -> None:
    run_import([folder.sale("FV/1", line("100.00"))])
    other = folder.sale("FV/1", line("100.01"), file="inna.xml")
    before = rows()
    batch = run_import([other])
    assert (outcome(batch), codes(batch)) == ((0, 0, 1), [("NUMBER_CONFLICT", "FV/1")])
    assert rows() == before


def test_a_conflict_within_one_import_keeps_the_first(folder: Folder) -> None:
    first = folder.sale("FV/1", line("100.00"))
    second = folder.sale("FV/1", line("5.00"), file="inna.xml")
    batch = run_import([first, second])
    assert (outcome(batch), codes(batch)) == ((1, 0, 1), [("NUMBER_CONFLICT", "FV/1")])
    assert balance(NIP) == ("100.00", "0.00")


def test_a_correction_waits_for_its_original(folder: Folder) -> None:
    correction = folder.correction("KOR/1", "FV/1", line("-40.00"))
    batch = run_import([correction])
    assert (outcome(batch), codes(batch)) == ((0, 0, 1), [("CORRECTION_BEFORE_ORIGINAL", "KOR/1")])
    assert not SalesDocument.objects.exists()
    run_import([folder.sale("FV/1", line("100.00"))])
    assert outcome(run_import([correction])) == (1, 0, 0)
    assert balance(NIP) == ("60.00", "0.00")


def test_the_order_of_files_does_not_matter(folder: Folder) -> None:
    correction = folder.correction("KOR/1", "FV/1", line("-40.00"))
    second = folder.correction("KOR/2", "KOR/1", line("-10.00"), day=date(2026, 3, 25))
    sale = folder.sale("FV/1", line("100.00"))
    batch = run_import([second, correction, sale])
    assert (outcome(batch), codes(batch)) == ((3, 0, 0), [])
    assert counts(batch)["points_reversed"] == "50.00"
    assert balance(NIP) == ("50.00", "0.00")


def test_a_correction_of_a_refused_correction_is_refused(folder: Folder) -> None:
    first = folder.correction("KOR/1", "FV/0", line("-40.00"))
    second = folder.correction("KOR/2", "KOR/1", line("-10.00"), day=date(2026, 3, 25))
    batch = run_import([first, second, folder.sale("FV/1", line("100.00"))])
    assert outcome(batch) == (1, 0, 2)
    assert codes(batch) == [("CORRECTION_BEFORE_ORIGINAL", "KOR/1"), ("CORRECTION_BEFORE_ORIGINAL", "KOR/2")]
    assert balance(NIP) == ("100.00", "0.00")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([line("100.00", before=True), line("70.00")], "70.00"),
        ([line("100.00", before=True), line("130.00")], "130.00"),
        ([line("100.00", before=True)], "0.00"),
        ([line("-30.00")], "70.00"),
        ([line("30.00")], "130.00"),
        ([line("-100.00")], "0.00"),
        ([line("-250.00")], "0.00"),
    ],
    ids=["less", "more", "gone", "difference", "added", "all", "more than all"],
)
def test_before_and_after_and_difference_lines(folder: Folder, lines: list[Any], expected: str) -> None:
    run_import([folder.sale("FV/1", line("100.00"))])
    run_import([folder.correction("KOR/1", "FV/1", *lines)])
    assert balance(NIP) == (expected, "0.00")


def test_corrections_of_a_correction_add_up(folder: Folder) -> None:
    run_import([folder.sale("FV/1", line("100.00"))])
    run_import([folder.correction("KOR/1", "FV/1", line("100.00", before=True), line("60.00"))])
    run_import([folder.correction("KOR/2", "KOR/1", line("60.00", before=True), line("75.00"), day=date(2026, 3, 25))])
    assert balance(NIP) == ("75.00", "0.00")


@pytest.mark.parametrize("reference", ["FV/1", "KOR/1"])
def test_a_line_that_a_correction_added_can_be_taken_back(folder: Folder, reference: str) -> None:
    run_import([folder.sale("FV/1", line("100.00"))])
    run_import([folder.correction("KOR/1", "FV/1", line("50.00", name="Gniazdo", sku="G-1", number=2))])
    assert balance(NIP) == ("150.00", "0.00")
    back = line("-50.00", name="Gniazdo", sku="G-1", number=2)
    run_import([folder.correction("KOR/2", reference, back, day=date(2026, 3, 25))])
    assert balance(NIP) == ("100.00", "0.00")


def test_a_difference_line_is_matched_by_its_goods_before_its_position(folder: Folder) -> None:
    """Corrections that list only what changed number their lines anew."""
    run_import([folder.sale("FV/1", line("10.00", name="Kabel"), line("100.00", name="Puszka"))])
    run_import([folder.correction("KOR/1", "FV/1", line("-60.00", name="Puszka"))])
    assert balance(NIP) == ("50.00", "0.00")


def test_one_correction_of_two_invoices(folder: Folder) -> None:
    run_import([folder.sale("FV/1", line("10.00", name="Kabel")), folder.sale("FV/2", line("90.00", name="Puszka"))])
    run_import(
        [folder.correction("KOR/1", ["FV/1", "FV/2"], line("-10.00", name="Kabel"), line("-90.00", name="Puszka"))]
    )
    assert balance(NIP) == ("0.00", "0.00")


def test_part_by_part_to_exactly_nothing(folder: Folder) -> None:
    """33.33 of 100.00 four times over is 0, not a grosz more or less."""
    run_import([folder.sale("FV/1", line("100.00", quantity="3"))])
    for number, (net, day) in enumerate([("-33.33", 21), ("-33.33", 22), ("-33.34", 23)], start=1):
        run_import([folder.correction(f"KOR/{number}", "FV/1", line(net), day=date(2026, 3, day))])
    assert balance(NIP) == ("0.00", "0.00")


def test_a_return_after_the_points_were_spent_is_a_debt(folder: Folder) -> None:
    run_import([folder.sale("FV/1", line("100.00"))])
    owner = Owner("member", member_of(NIP).pk)
    source = Source("order", "o-1")
    hold = ledger.hold(owner=owner, points=Points(80_00), key="h1", occurred_at=clock.now(), source=source)
    ledger.settle(hold_id=hold, redeemed="voucher", key="s1", occurred_at=clock.now())
    batch = run_import([folder.correction("KOR/1", "FV/1", line("-100.00"))])
    assert counts(batch)["points_reversed"] == "100.00"
    assert balance(NIP) == ("0.00", "80.00")
    run_import([folder.sale("FV/2", line("100.00"))])
    assert balance(NIP) == ("20.00", "0.00")


def test_the_wrong_seller(folder: Folder) -> None:
    folder.seller = SECOND_BUYER
    path = folder.sale("FV/1", line("100.00"))
    batch = run_import([path])
    (problem,) = errors(batch)
    assert (problem.code, problem.document, problem.field, problem.value) == (
        "SELLER_MISMATCH", "FV/1", "seller_nip", SECOND_BUYER.nip,
    )  # fmt: skip
    assert not SalesDocument.objects.exists()
    assert outcome(run_import([path], any_seller=True)) == (1, 0, 0)


def test_a_currency_without_a_rate(folder: Folder) -> None:
    bad = folder.sale("FV/1", line("100.00"), currency="EUR")
    batch = run_import([bad, folder.sale("FV/2", line("7.00"))])
    (problem,) = errors(batch)
    assert (problem.code, problem.document, problem.field, problem.value) == (
        "UNKNOWN_CURRENCY", "FV/1", "currency", "EUR",
    )  # fmt: skip
    assert list(SalesDocument.objects.values_list("number", flat=True)) == ["FV/2"]
    assert balance(NIP) == ("7.00", "0.00")


def test_a_dry_run_changes_nothing_and_tells_what_a_commit_does(folder: Folder) -> None:
    run_import([folder.sale("FV/0", line("5.00"))])
    paths = [
        folder.sale("FV/0", line("6.00"), file="konflikt.xml"),
        folder.sale("FV/1", line("100.00")),
        folder.sale("FV/2", line("50.00"), buyer=SECOND_BUYER),
        folder.correction("KOR/1", "FV/1", line("-20.00")),
        folder.correction("KOR/2", "FV/9", line("-20.00")),
    ]
    before, audit = rows(), AuditEntry.objects.count()
    dry = run_import(paths, dry_run=True)
    assert rows() == before
    # the batch itself: created and checked
    assert AuditEntry.objects.count() == audit + 2
    real = run_import(paths)
    assert counts(dry) == counts(real)
    assert codes(dry) == codes(real) == [("CORRECTION_BEFORE_ORIGINAL", "KOR/2"), ("NUMBER_CONFLICT", "FV/0")]
    assert outcome(real) == (3, 0, 2)
    assert balance(NIP) == ("85.00", "0.00")


def test_unknown_buyers_wait_unless_they_are_enrolled(folder: Folder) -> None:
    path = folder.sale("FV/1", line("100.00"))
    batch = run_import([path], enroll_buyers=False)
    assert (outcome(batch), batch.matched_lines) == ((1, 0, 0), 0)
    assert [row.code for row in batch.problems.all()] == ["BUYER_UNKNOWN"]
    assert not Member.objects.exists()


def test_postings_run_in_the_order_of_acceptance(folder: Folder) -> None:
    """Whatever rule awards a document first: a history's balances run with its days."""
    everything = {"kind": "per_amount", "points": "1"}
    large = {"code": "a-large", "name": "Duże", "award": everything, "when": {"field": "value", "at_least": "50"}}
    rules.apply(body={"rules": [large, {"code": "b-all", "name": "Wszystko", "award": everything}]})
    days = [date(2026, 3, 1 + number % 28) for number in range(60)]
    run_import([folder.sale(f"{n:02}", line(f"{5 + n * 7 % 90}.00"), day=day) for n, day in enumerate(days)])
    posted = (
        Transfer.objects.filter(posting__kind="award").order_by("pk").values_list("posting__occurred_at", flat=True)
    )
    assert list(posted) == sorted(posted)
    assert len(posted) == 60
