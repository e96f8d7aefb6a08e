"""Sales of a buyer nobody knew wait, and are awarded when the buyer becomes a member."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from kolektor.audit.models import AuditEntry
from kolektor.identity.services import ensure_person
from kolektor.kernel import clock
from kolektor.kernel.outbox import services as outbox
from tenants.ledger.selectors import balances
from tenants.ledger.services import Owner
from tenants.members import services as members
from tenants.members.models import Member
from tenants.members.services import Buyer
from tenants.program.models import ProgramSettings
from tenants.sales.late import award_late
from tests.support.importing import (
    BUYER,
    SECOND_BUYER,
    Folder,
    apply_one_point_per_unit,
    assert_ledger_is_clean,
    line,
    run_import,
)


@pytest.fixture(autouse=True)
def clean(in_alfa: Any) -> Any:
    apply_one_point_per_unit()
    yield
    assert_ledger_is_clean()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def ago(days: int) -> date:
    return clock.local_today() - timedelta(days=days)


def waiting(*paths: Path) -> None:
    """Import for buyers who are not members."""
    batch = run_import(paths, enroll_buyers=False)
    assert (batch.rejected, batch.matched_lines, batch.units_awarded) == (0, 0, 0)


def joins(nip: str | None = BUYER.nip, **facts: Any) -> Member:
    member = members.enroll_buyer(buyer=Buyer(nip=nip, name="Instalator", **facts), joined_on=clock.local_today())
    outbox.drain()
    return member


def available(member: Member) -> str:
    owner = Owner("member", member.pk)
    return str(balances([owner])[owner].available)


def test_what_waited_is_awarded_once(folder: Folder) -> None:
    waiting(folder.sale("FV/1", line("100.00"), day=ago(10)), folder.sale("FV/2", line("7.50"), day=ago(1)))
    member = joins()
    assert available(member) == "107.50"
    told = AuditEntry.objects.get(action="sales.matched_late")
    assert told.object_id == str(member.pk)
    assert told.data == {"documents": 2, "awarded": "107.50", "reversed": "0.00"}
    assert award_late(member_id=member.pk).awarded_units == 0
    assert available(member) == "107.50"


def test_nobody_elses(folder: Folder) -> None:
    waiting(folder.sale("FV/1", line("100.00"), day=ago(1), buyer=SECOND_BUYER))
    assert available(joins()) == "0.00"
    assert available(joins(SECOND_BUYER.nip)) == "100.00"


@pytest.mark.parametrize(("limit", "points"), [(30, "3.00"), (0, "0.00"), (400, "103.00")])
def test_the_program_says_how_far_back(folder: Folder, limit: int, points: str) -> None:
    ProgramSettings.objects.update(late_match_days=limit)
    waiting(
        folder.sale("FV/1", line("100.00"), day=ago(31)),
        folder.sale("FV/2", line("1.00"), day=ago(30)),
        folder.sale("FV/3", line("2.00"), day=ago(0)),
    )
    assert available(joins()) == points


def test_corrections_wait_with_their_originals(folder: Folder) -> None:
    waiting(
        folder.sale("FV/1", line("100.00"), day=ago(5)),
        folder.correction("FK/1", "FV/1", line("-40.00"), day=ago(4)),
    )
    assert available(joins()) == "60.00"


def test_a_correction_after_the_award_takes_back(folder: Folder) -> None:
    waiting(folder.sale("FV/1", line("100.00"), day=ago(5)))
    member = joins()
    run_import([folder.correction("FK/1", "FV/1", line("-40.00"), day=ago(0))])
    assert available(member) == "60.00"


MAPPING = """{"version": 1, "decimal": ".", "kind": {"number": {"C*": "return"}, "default": "invoice"}, "columns":
  {"number": "nr", "issue_date": "day", "currency": {"constant": "PLN"}, "buyer_code": "code", "buyer_email": "mail",
   "buyer_phone": "phone", "sku": "sku", "quantity": "quantity", "unit_price": "price"}}"""


def in_csv(folder: Folder, *rows: str) -> None:
    path = folder.path / "sales.csv"
    path.write_text("\n".join(["nr;day;code;mail;phone;sku;quantity;price", *rows]) + "\n", "utf-8")
    batch = run_import([path], format="csv", mapping=MAPPING, enroll_buyers=False)
    assert (batch.rejected, batch.units_awarded) == (0, 0)


def test_returns_wait_too(folder: Folder) -> None:
    in_csv(folder, f"1;{ago(3)};K7;;;A;10;2.00", f"C2;{ago(2)};K7;;;A;-4;2.00", f"3;{ago(1)};K8;;;A;5;2.00")
    assert available(joins(None, customer_code="K7")) == "12.00"


@pytest.mark.parametrize("fact", ["customer_code", "email", "phone"])
def test_by_each_way_of_knowing_a_buyer(folder: Folder, fact: str) -> None:
    known = {"customer_code": "K7", "email": "Jan@Firma.example", "phone": "+48600100200"}
    row = {"customer_code": "K7;;", "email": ";jan@firma.example;", "phone": ";;+48600100200"}
    in_csv(folder, f"1;{ago(1)};{row[fact]};A;1;9.00")
    assert available(joins(None, **{fact: known[fact]})) == "9.00"


def test_a_person_who_signs_up_counts_as_well(folder: Folder) -> None:
    in_csv(folder, f"1;{ago(1)};;nowa@firma.example;;A;1;9.00")
    member = members.enroll(person=ensure_person(email="nowa@firma.example"))
    outbox.drain()
    assert available(member) == "9.00"
