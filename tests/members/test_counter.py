"""The counter: an address or a number, and the customer is a member; what the clerk learns, and what not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.core import mail
from django.test import override_settings

from kolektor.audit.models import AuditEntry
from kolektor.identity.models import Person
from kolektor.identity.services import ensure_person
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.tenant import public_context
from kolektor.mailing.models import DevelopmentMessage
from tenants.ledger import selectors as ledger
from tenants.ledger.services import Owner
from tenants.members import counter, selectors
from tenants.members import services as members
from tenants.members.models import CounterEntry, Member
from tests.support.importing import DAY, apply_one_point_per_unit, run_import


@pytest.fixture
def clerk(in_alfa: Any) -> Iterator[UUID]:
    person = ensure_person(email="kasa@example.com", first_name="Kasia", last_name="Kasa")
    members.grant_role(person=person, role="clerk")
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend", DEVELOPMENT_OUTBOX=True,
    ):  # fmt: skip
        mail.outbox = []
        yield person.pk


def entered(contact: str, clerk: UUID) -> tuple[CounterEntry, Member]:
    """What the clerk typed, and who came of it once the worker has been there."""
    row = counter.enter(contact=contact, actor=clerk)
    outbox.drain()
    row.refresh_from_db()
    assert row.member is not None
    return row, row.member


def test_an_address_makes_a_member_who_hears_of_it(clerk: UUID) -> None:
    row, member = entered("  Jan.Nowak@Example.com ", clerk)
    assert (row.kind, row.contact, row.known) == ("email", "jan.nowak@example.com", False)
    assert (member.email, member.path, member.brought_by) == ("jan.nowak@example.com", "counter", clerk)
    assert [message.to for message in mail.outbox] == [["jan.nowak@example.com"]]
    entry = AuditEntry.objects.get(object_type="member", object_id=str(member.pk), action="member.enrolled")
    assert entry.actor == clerk


def test_nothing_is_learned_of_somebody_who_is_known_elsewhere(clerk: UUID) -> None:
    known = ensure_person(email="ewa@example.com", first_name="Ewa", last_name="Elsewhere", phone="+48600100200")
    row, member = entered("ewa@example.com", clerk)
    assert member.person_id == known.pk
    assert (row.known, member.first_name, member.last_name, member.phone) == (False, "", "", "")
    # the clerk's answer came before anybody looked for the person
    other = counter.enter(contact="zupelnie.nowa@example.com", actor=clerk)
    assert (other.known, other.member_id) == (False, None)


@pytest.mark.parametrize("written", ["600 100 200", "+48 600-100-200", "0048600100200"])
def test_a_number_makes_a_member_with_an_sms_whatever_way_it_is_written(clerk: UUID, written: str) -> None:
    row, member = entered(written, clerk)
    assert (row.kind, row.contact, member.phone, member.known_email) == ("phone", "+48600100200", "+48600100200", None)
    assert mail.outbox == []
    with public_context():
        sms = DevelopmentMessage.objects.get(channel="sms")
    assert sms.recipient == "+48600100200"
    assert "http://alfa.kolektor.localhost" in sms.text
    again = counter.enter(contact="600100200", actor=clerk)
    assert (again.known, again.member_id) == (True, member.pk)
    assert Member.objects.count() == 1


def test_somebody_who_is_a_member_stays_as_they_are(clerk: UUID) -> None:
    person = ensure_person(email="jan@example.com", first_name="Jan", last_name="Nowak")
    member = members.enroll(person=person)
    row = counter.enter(contact="JAN@example.com", actor=clerk)
    outbox.drain()
    assert (row.known, row.member_id) == (True, member.pk)
    assert Member.objects.get().path == "import"
    assert [message.subject for message in mail.outbox if "kasa" in message.to[0]] == []


def test_the_same_typed_twice_at_once_makes_one_member(clerk: UUID) -> None:
    first = counter.enter(contact="jan@example.com", actor=clerk)
    second = counter.enter(contact="jan@example.com", actor=clerk)
    assert not first.known and not second.known
    outbox.drain()
    member = Member.objects.get()
    assert set(CounterEntry.objects.values_list("member_id", flat=True)) == {member.pk}


@pytest.mark.parametrize(
    ("contact", "code"),
    [("", "CONTACT_MISSING"), ("  ", "CONTACT_MISSING"), ("jan@", "BAD_EMAIL"), ("jan", "BAD_EMAIL"), ("12345", "BAD_PHONE"),
     ("a@members.invalid", "BAD_EMAIL")],
)  # fmt: skip
def test_what_is_neither_is_refused(clerk: UUID, contact: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        counter.enter(contact=contact, actor=clerk)
    assert (refused.value.code, refused.value.field) == (code, "contact")
    assert not CounterEntry.objects.exists()


def test_a_clerk_cannot_enter_without_end(clerk: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counter, "MOST_A_DAY", 2)
    for number in (1, 2):
        counter.enter(contact=f"a{number}@example.com", actor=clerk)
    with pytest.raises(DomainError, match="TOO_MANY_A_DAY"):
        counter.enter(contact="a3@example.com", actor=clerk)
    with time_machine.travel(clock.now() + timedelta(days=1, minutes=1), tick=False):
        counter.enter(contact="a3@example.com", actor=clerk)


def test_the_sale_finds_who_was_entered_by_number_however_it_is_written_there(clerk: UUID, tmp_path: Path) -> None:
    apply_one_point_per_unit()
    _, member = entered("600100200", clerk)
    path = tmp_path / "paragony.csv"
    path.write_text(f"nr;data;telefon;nazwa;netto\nP/1;{DAY};600-100-200;Kabel;7,00\n", "utf-8")
    mapping = (
        '{"version": 1, "columns": {"number": "nr", "issue_date": "data", "currency": {"constant": "PLN"}, '
        '"buyer_phone": "telefon", "name": "nazwa", "net": "netto"}}'
    )
    run_import([path], format="csv", mapping=mapping)
    owner = Owner("member", member.pk)
    assert str(ledger.balances([owner])[owner].available) == "7.00"


def test_the_clerk_sees_their_own_entries_only(clerk: UUID) -> None:
    counter.enter(contact="jan@example.com", actor=clerk)
    colleague = ensure_person(email="kasa2@example.com")
    counter.enter(contact="ewa@example.com", actor=colleague.pk)
    assert [row.contact for row in counter.entries_of(clerk)] == ["jan@example.com"]


def test_a_stand_in_is_no_address_to_be_found_by(clerk: UUID) -> None:
    _, member = entered("600100200", clerk)
    person = Person.objects.get(pk=member.person_id)
    assert person.email.endswith(".invalid")
    assert list(selectors.with_contact("email", "kasa@example.com")) == []
