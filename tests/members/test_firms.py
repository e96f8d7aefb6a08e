"""Firms: who belongs, who may spend, invitations; the split of points and who got what."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction
from python_calamine import load_workbook

from kolektor.identity.models import Person
from kolektor.identity.services import ensure_person
from kolektor.kernel import clock
from kolektor.kernel.errors import Conflict, DomainError, Forbidden, NotFound
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.points import Points
from tenants.insight import firm_evidence, giving, history, list_exports
from tenants.insight.list_exports import Narrowing
from tenants.insight.models import ListExport
from tenants.ledger import selectors as ledger
from tenants.ledger.models import LotBalance
from tenants.ledger.services import Owner
from tenants.members import firm_views, firms, invitations
from tenants.members import services as members
from tenants.members.models import Firm, FirmInvitation, FirmMembership, Member
from tenants.messaging.models import Message
from tests.support.importing import (
    BUYER,
    DAY,
    Folder,
    apply_one_point_per_unit,
    assert_ledger_is_clean,
    line,
    run_import,
)

ACTOR = "00000000-0000-4000-8000-00000000000a"


def person(name: str) -> Person:
    return ensure_person(email=f"{name}@example.com", first_name=name.capitalize(), last_name="Test")


@pytest.fixture
def firm(in_alfa: Any) -> Firm:
    """A firm of an owner and two fitters, there since before the first sale."""
    made = members.ensure_firm(nip=str(BUYER.nip), name="Instalacje")
    for name in ("jan", "piotr", "ewa"):
        members.enroll(person=person(name), firm=made, joined_on=DAY - timedelta(days=30))
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def member(name: str) -> Member:
    return Member.objects.get(email=f"{name}@example.com")


def points(name: str) -> str:
    owner = Owner("member", member(name).pk)
    standing = ledger.balances([owner])[owner]
    return str(standing.available) if not standing.debt.units else f"-{standing.debt}"


def split(firm: Firm, **shares: int) -> None:
    firms.set_split(
        firm=firm,
        shares={member(name).pk: share for name, share in shares.items()},
        actor=None,
        valid_from=DAY if not firm.splits.exists() else None,
    )


def test_the_first_of_a_firm_owns_it_and_the_others_are_fitters(firm: Firm) -> None:
    assert [(place.name, place.role) for place in firm_views.places(firm)] == [
        ("Jan Test", "owner"), ("Piotr Test", "fitter"), ("Ewa Test", "fitter"),
    ]  # fmt: skip


def test_points_are_split_and_the_remainder_is_the_owners(firm: Firm, folder: Folder) -> None:
    apply_one_point_per_unit()
    split(firm, piotr=3333, ewa=1250)
    run_import([folder.sale("FV/1", line("100.01"), line("0.02", name="Złączka"))])
    # by line, rounded down: 100.01 × 33.33 % = 33.33, 0.02 × 33.33 % = 0.00
    assert (points("piotr"), points("ewa"), points("jan")) == ("33.33", "12.50", "54.20")
    assert_ledger_is_clean()


def test_a_full_return_leaves_nothing_with_anybody(firm: Firm, folder: Folder) -> None:
    apply_one_point_per_unit()
    split(firm, piotr=3333, ewa=3334)
    run_import([folder.sale("FV/1", line("10.01"))])
    run_import([folder.correction("K/1", "FV/1", line("-3.33", quantity="0"))])
    assert sum(Points.parse(points(name)).units for name in ("jan", "piotr", "ewa")) == 668
    run_import([folder.correction("K/2", "FV/1", line("-6.68", quantity="0"))])
    assert [points(name) for name in ("jan", "piotr", "ewa")] == ["0.00", "0.00", "0.00"]
    assert_ledger_is_clean()


def test_a_correction_after_a_new_split_takes_from_those_who_got(firm: Firm, folder: Folder) -> None:
    apply_one_point_per_unit()
    split(firm, piotr=5000)
    run_import([folder.sale("FV/1", line("100.00"))])
    split(firm, ewa=10000)
    run_import([folder.correction("K/1", "FV/1", line("-50.00", quantity="0"))])
    assert [points(name) for name in ("jan", "piotr", "ewa")] == ["25.00", "25.00", "0.00"]


def test_a_fitter_who_spent_the_share_owes_it(firm: Firm, folder: Folder) -> None:
    apply_one_point_per_unit()
    split(firm, piotr=5000)
    run_import([folder.sale("FV/1", line("100.00"))])
    from tenants.ledger import services

    services.adjust(
        owner=Owner("member", member("piotr").pk), points=Points(-4000), reason="Wydane", key="spent", expires_at=None,
        actor=member("jan").person_id,
    )  # fmt: skip
    run_import([folder.correction("K/1", "FV/1", line("-100.00", quantity="0"))])
    assert [points(name) for name in ("jan", "piotr")] == ["0.00", "-40.00"]
    assert_ledger_is_clean()


def test_an_import_that_is_taken_back_takes_every_share_back(firm: Firm, folder: Folder) -> None:
    from tenants.sales import revert

    apply_one_point_per_unit()
    split(firm, piotr=5000, ewa=2500)
    batch = run_import([folder.sale("FV/1", line("100.00"))])
    assert points("piotr") == "50.00"
    revert.revert(batch_id=batch.pk)
    assert [points(name) for name in ("jan", "piotr", "ewa")] == ["0.00", "0.00", "0.00"]
    assert_ledger_is_clean()


def test_a_purchase_keeps_the_split_of_its_day(firm: Firm, folder: Folder) -> None:
    apply_one_point_per_unit()
    split(firm, piotr=5000)
    with time_machine.travel(clock.now() + timedelta(days=2)):
        split(firm, ewa=5000)
        run_import([folder.sale("FV/1", line("100.00"))])
    assert [points(name) for name in ("jan", "piotr", "ewa")] == ["50.00", "50.00", "0.00"]


def test_a_split_is_refused_whole(firm: Firm) -> None:
    split(firm, piotr=5000)
    stranger = members.enroll(person=person("obcy"))
    for shares, code in (
        ({"piotr": 6000, "ewa": 4001}, "SHARES_BEYOND_WHOLE"), ({"piotr": -1}, "BAD_SHARE"), ({"piotr": 10_001}, "BAD_SHARE"),
        ({"jan": 100}, "NOT_FOUND"),
    ):  # fmt: skip
        with pytest.raises(DomainError) as refused:
            split(firm, **shares)
        assert refused.value.code == code
    with pytest.raises(NotFound):
        firms.set_split(firm=firm, shares={stranger.pk: 100}, actor=None)
    with pytest.raises(DomainError, match="SPLIT_IN_THE_PAST"):
        firms.set_split(firm=firm, shares={}, actor=None, valid_from=clock.local_today() - timedelta(days=1))
    now = firms.split_on(firm.pk, clock.local_today())
    assert now is not None
    assert firms.shares_of(now) == {member("piotr").pk: 5000}


def test_who_leaves_keeps_points_and_gets_no_more_from_tomorrow(firm: Firm, folder: Folder) -> None:
    apply_one_point_per_unit()
    split(firm, piotr=5000, ewa=1000)
    run_import([folder.sale("FV/1", line("100.00"))])
    firms.leave(member=member("piotr"), actor=member("piotr").person_id)
    assert points("piotr") == "50.00"
    gone = member("piotr")
    assert gone.firm is None
    assert FirmMembership.objects.get(member=gone).left_at is not None
    tomorrow = clock.local_today() + timedelta(days=1)
    run_import([folder.sale("FV/2", line("100.00"), day=tomorrow)])
    assert [points(name) for name in ("jan", "piotr", "ewa")] == ["130.00", "50.00", "20.00"]
    # what the firm gave before is taken back from who got it, wherever they are now
    run_import([folder.correction("K/1", "FV/1", line("-100.00", quantity="0"))])
    assert [points(name) for name in ("jan", "piotr", "ewa")] == ["90.00", "0.00", "10.00"]
    assert_ledger_is_clean()


def test_an_owner_cannot_leave_before_handing_over(firm: Firm) -> None:
    with pytest.raises(DomainError, match="FIRM_NEEDS_OWNER"):
        firms.leave(member=member("jan"), actor=member("jan").person_id)
    firms.hand_over(firm=firm, member_id=member("ewa").pk, actor=member("jan").person_id)
    assert (member("jan").firm_role, member("ewa").firm_role) == ("fitter", "owner")
    with pytest.raises(Forbidden):
        firms.owned(member("jan"))
    firms.leave(member=member("jan"), actor=member("jan").person_id)
    assert [(place.name, place.role) for place in firm_views.places(firm) if place.left_at is None] == [
        ("Ewa Test", "owner"), ("Piotr Test", "fitter"),
    ]  # fmt: skip


def test_a_sale_of_before_the_hand_over_is_the_old_owners(firm: Firm, folder: Folder) -> None:
    apply_one_point_per_unit()
    firms.hand_over(firm=firm, member_id=member("ewa").pk, actor=member("jan").person_id)
    run_import([folder.sale("FV/1", line("10.00"))])
    run_import([folder.sale("FV/2", line("7.00"), day=clock.local_today())])
    assert (points("jan"), points("ewa")) == ("10.00", "7.00")


def test_an_invitation_is_mailed_accepted_and_then_gone(firm: Firm) -> None:
    invited = person("nowy")
    firms_actor = member("jan").person_id
    row = invitations.invite(
        firm=firm, email="Nowy@example.com", name="Adam Nowy", spending="approval", actor=firms_actor
    )
    outbox.drain()
    mail = Message.objects.get(kind="firm_invitation")
    assert (mail.member, mail.state, mail.address, mail.body) == (None, "sent", "", "")
    with pytest.raises(NotFound):
        invitations.accept(person=person("piotr"), invitation_id=row.pk)
    joined = invitations.accept(person=invited, invitation_id=row.pk)
    assert joined.firm == firm
    assert FirmMembership.objects.get(member=joined).spending == "approval"
    with pytest.raises(NotFound):
        invitations.accept(person=invited, invitation_id=row.pk)
    with pytest.raises(DomainError, match="ALREADY_IN_FIRM"):
        invitations.invite(firm=firm, email="nowy@example.com", name="", spending="free", actor=firms_actor)


def test_an_invitation_ends_by_itself_or_is_replaced_declined_or_taken_back(firm: Firm) -> None:
    actor, invited = member("jan").person_id, person("nowy")
    facts: dict[str, Any] = {"firm": firm, "email": "nowy@example.com", "name": "", "spending": "free", "actor": actor}
    first = invitations.invite(**facts)
    second = invitations.invite(**facts)
    assert [row.pk for row in invitations.waiting_for(invited)] == [second.pk]
    with pytest.raises(NotFound):
        invitations.accept(person=invited, invitation_id=first.pk)
    invitations.decline(person=invited, invitation_id=second.pk)
    third = invitations.invite(**facts)
    invitations.cancel(firm=firm, invitation_id=third.pk, actor=actor)
    with pytest.raises(DomainError, match="TOO_MANY_A_DAY"):
        invitations.invite(**facts)
    FirmInvitation.objects.update(created_at=clock.now() - timedelta(days=2))
    fourth = invitations.invite(**facts)
    with time_machine.travel(clock.now() + timedelta(days=15)), pytest.raises(NotFound):
        invitations.accept(person=invited, invitation_id=fourth.pk)
    assert not Member.objects.filter(person_id=invited.pk).exists()


def test_an_owner_of_a_firm_is_not_taken_into_another(firm: Firm) -> None:
    other = members.ensure_firm(nip="1111111111", name="Druga")
    boss = members.enroll(person=person("szef"), firm=other)
    row = invitations.invite(
        firm=firm, email="szef@example.com", name="", spending="free", actor=member("jan").person_id
    )
    with pytest.raises(DomainError, match="FIRM_OWNER_CANNOT_JOIN"):
        invitations.accept(person=person("szef"), invitation_id=row.pk)
    boss.refresh_from_db()
    assert boss.firm == other


def test_who_got_what(firm: Firm, folder: Folder) -> None:
    apply_one_point_per_unit()
    split(firm, piotr=2500)
    run_import([folder.sale("FV/1", line("100.00"))])
    run_import([folder.correction("K/1", "FV/1", line("-20.00", quantity="0"))])
    rows = {row.name: str(row.points) for row in firm_evidence.of_year(firm, DAY.year)}
    assert rows == {"Jan Test": "60.00", "Piotr Test": "20.00"}
    with pytest.raises(DomainError, match="OUT_OF_RANGE"):
        firm_evidence.of_year(firm, clock.local_today().year + 1)


def test_points_are_passed_on_with_their_end(firm: Firm, folder: Folder) -> None:
    apply_one_point_per_unit()
    run_import([folder.sale("FV/1", line("100.00"))])
    jan, piotr = member("jan"), member("piotr")
    facts: dict[str, Any] = {
        "giver": jan,
        "member_id": piotr.pk,
        "points": Points(3_000),
        "note": "za  dach",
        "key": "klucz-12",
    }
    first = giving.give(**facts)
    assert giving.give(**facts) == first
    assert (points("jan"), points("piotr")) == ("70.00", "30.00")
    with pytest.raises(Conflict):
        giving.give(**{**facts, "points": Points(3_001)})
    ends = dict(LotBalance.objects.values_list("account__owner_id", "expires_at"))
    assert ends[jan.pk] == ends[piotr.pk] is not None
    got, gave = (history.page(Owner("member", row.pk), before=None, limit=1)[0][1] for row in (piotr, jan))
    assert (got.kind, got.counterpart, got.reason, str(got.points)) == ("TRANSFER", "Jan Test", "za dach", "30.00")
    assert (gave.counterpart, str(gave.points)) == ("Piotr Test", "-30.00")
    outbox.drain()
    assert Message.objects.filter(kind="points_received", member=piotr, channel="inbox").count() == 1
    assert {row.name: str(row.moved) for row in firm_evidence.of_year(firm, clock.local_today().year)} == {
        "Jan Test": "-30.00", "Piotr Test": "30.00",
    }  # fmt: skip
    # a correction of what was given away is the giver's to bear
    run_import([folder.correction("K/1", "FV/1", line("-100.00", quantity="0"))])
    assert (points("jan"), points("piotr")) == ("-30.00", "30.00")
    # and what is given back repays it
    giving.give(giver=piotr, member_id=jan.pk, points=Points(3_000), note="", key="klucz-13")
    assert (points("jan"), points("piotr")) == ("0.00", "0.00")
    assert_ledger_is_clean()


def test_points_are_not_passed_on_beyond_what_is_there_nor_out_of_the_firm(firm: Firm, folder: Folder) -> None:
    apply_one_point_per_unit()
    run_import([folder.sale("FV/1", line("10.00"))])
    jan, piotr, ewa, stranger = member("jan"), member("piotr"), member("ewa"), members.enroll(person=person("obcy"))
    giving.give(giver=jan, member_id=piotr.pk, points=Points(500), note="", key="klucz-12")
    firms.set_spending(firm=firm, member_id=piotr.pk, spending="approval", actor=jan.person_id)
    for giver, receiver, units, code in (
        (jan, piotr, 501, "INSUFFICIENT_POINTS"), (jan, piotr, 0, "AMOUNT_NOT_POSITIVE"), (jan, stranger, 1, "NOT_FOUND"),
        (jan, jan, 1, "NOT_FOUND"), (stranger, jan, 1, "NOT_IN_A_FIRM"), (piotr, ewa, 1, "SPENDING_NOT_ALLOWED"),
    ):  # fmt: skip
        with pytest.raises(DomainError) as refused, transaction.atomic():
            giving.give(giver=giver, member_id=receiver.pk, points=Points(units), note="", key="klucz-14")
        assert refused.value.code == code
    giving.give(giver=piotr, member_id=jan.pk, points=Points(500), note="", key="klucz-15")
    assert (points("jan"), points("piotr")) == ("10.00", "0.00")
    assert_ledger_is_clean()


def test_who_got_what_is_exported_for_every_firm(firm: Firm, folder: Folder, tmp_path: Path) -> None:
    apply_one_point_per_unit()
    split(firm, piotr=2500)
    run_import([folder.sale("FV/1", line("100.00"))])
    row = ListExport(kind="firms", narrowing={"year": DAY.year, "search": "Instal"}, language="en")
    assert list_exports.write(tmp_path / "w.xlsx", row) == 2
    sheet = load_workbook(str(tmp_path / "w.xlsx")).get_sheet_by_index(0).to_python()
    assert sheet[0][:6] == ["Firm", "NIP", "Name", "Year", "Points for the firm's purchases", "Passed on"]
    assert [cells[2:5] for cells in sheet[1:]] == [["Jan Test", DAY.year, 75.0], ["Piotr Test", DAY.year, 25.0]]
    for year in (0, clock.local_today().year + 1):
        with pytest.raises(DomainError, match="BAD_INPUT"):
            list_exports.ask(kind="firms", narrowing=Narrowing(year=year), language="pl", actor=member("jan").person_id)


def test_a_purchase_without_a_tax_number_is_the_firms_by_its_owners_code_and_a_persons_by_phone(
    firm: Firm, tmp_path: Path
) -> None:
    apply_one_point_per_unit()
    split(firm, piotr=5000)
    Member.objects.filter(pk=member("jan").pk).update(customer_code="K-1", phone="+48600100200")
    path = tmp_path / "paragony.csv"
    head = "nr;data;kod;telefon;nazwa;netto"
    path.write_text(f"{head}\nP/1;{DAY};K-1;;Kabel;10,00\nP/2;{DAY};;+48600100200;Kabel;7,00\n", "utf-8")
    mapping = {
        "version": 1,
        "columns": {
            "number": "nr", "issue_date": "data", "currency": {"constant": "PLN"}, "buyer_code": "kod",
            "buyer_phone": "telefon", "name": "nazwa", "net": "netto",
        },
    }  # fmt: skip
    run_import([path], format="csv", mapping=json.dumps(mapping))
    assert (points("jan"), points("piotr")) == ("12.00", "5.00")


def test_what_waited_for_the_owner_is_split_too(in_alfa: Any, folder: Folder) -> None:
    """A purchase imported before anybody was a member, and then a firm with a split that reaches back to its day."""
    apply_one_point_per_unit()
    day = clock.local_today() - timedelta(days=10)
    run_import([folder.sale("FV/1", line("100.00"), day=day)], enroll_buyers=False)
    made = members.ensure_firm(nip=str(BUYER.nip), name="Instalacje")
    for name in ("jan", "piotr"):
        members.enroll(person=person(name), firm=made, joined_on=day)
    firms.set_split(firm=made, shares={member("piotr").pk: 4000}, actor=None, valid_from=day)
    outbox.drain()
    assert (points("jan"), points("piotr")) == ("60.00", "40.00")
    assert_ledger_is_clean()
