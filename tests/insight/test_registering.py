"""Self-registration: who is taken in at once, who waits, what proves a firm, and what an applicant can find out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import override_settings

from kolektor.audit.models import AuditEntry
from kolektor.identity.models import Person
from kolektor.identity.services import ensure_person
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.outbox import services as outbox
from tenants.insight import registering
from tenants.ledger import selectors as ledger
from tenants.ledger.services import Owner
from tenants.members import firms, terms
from tenants.members import services as members
from tenants.members.models import Application, Member
from tenants.program import registration, selectors
from tenants.program import services as program
from tenants.program import terms as published
from tests.support.importing import ALFA_NIP, BUYER, Folder, apply_one_point_per_unit, line, run_import

NIP = str(BUYER.nip)
ADMIN = "00000000-0000-4000-8000-00000000000a"


def day() -> date:
    return clock.local_today() - timedelta(days=10)


@pytest.fixture
def jan(in_alfa: Any) -> Iterator[Person]:
    program.set_up(name="Klub Alfa", nip=ALFA_NIP)
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        yield ensure_person(email="jan@example.com", first_name="Jan", last_name="Elsewhere")


def set_mode(mode: str, pl: str = "", en: str = "") -> None:
    registration.change(mode=mode, criteria_pl=pl, criteria_en=en, actor=ADMIN)  # type: ignore[arg-type]


def apply(person: Person, **changes: Any) -> Application:
    given: dict[str, Any] = {
        "first_name": "Jan", "last_name": "Nowak", "nip": "774 000 14 54", "firm_name": "Instalacje", "phone": "600100200",
        "invoice_number": "", "confirmed": False, "terms_version": None, **changes,
    }  # fmt: skip
    return registering.apply(person=person, **given)


def refused(code: str, person: Person, field: str | None = None, **changes: Any) -> None:
    with pytest.raises(DomainError) as raised:
        apply(person, **changes)
    assert raised.value.code == code
    assert field is None or raised.value.field == field


def test_a_closed_program_takes_no_applications(jan: Person) -> None:
    refused("REGISTRATION_CLOSED", jan)


def test_an_application_waits_for_the_staff_who_take_it_in(jan: Person) -> None:
    set_mode("reviewed")
    row = apply(jan)
    assert (row.state, row.nip, row.phone) == ("waiting", NIP, "+48600100200")
    assert not Member.objects.exists()
    admin = ensure_person(email="anna@example.com")
    taken = registering.accept(application_id=row.pk, actor=admin.pk)
    member = Member.objects.get(person_id=jan.pk)
    assert (taken.state, taken.member_id, member.path) == ("accepted", member.pk, "registration")
    # the number is for calling: it was not proved, so no sales are found by it
    assert (member.name, member.phone, member.contact_phone) == ("Jan Nowak", "", "+48600100200")
    assert member.firm is not None and (member.firm.nip, member.firm_role) == (NIP, firms.OWNER)
    outbox.drain()
    assert [str(message.subject) for message in mail.outbox] == ["Witaj w programie Klub Alfa"]
    actions = AuditEntry.objects.filter(object_type="application").order_by("id").values_list("action", "actor")
    assert list(actions) == [("application.sent", jan.pk), ("application.accepted", admin.pk)]
    with pytest.raises(DomainError, match="APPLICATION_DECIDED"):
        registering.decline(application_id=row.pk, reason="Za późno", actor=admin.pk)
    refused("ALREADY_MEMBER", jan)


def test_a_no_needs_a_reason_which_the_applicant_reads(jan: Person) -> None:
    set_mode("reviewed")
    row = apply(jan)
    with pytest.raises(DomainError, match="REASON_MISSING"):
        registering.decline(application_id=row.pk, reason=" ", actor=jan.pk)
    registering.decline(application_id=row.pk, reason="Prosimy o numer faktury.", actor=jan.pk)
    outbox.drain()
    [message] = mail.outbox
    assert message.to == ["jan@example.com"] and "Prosimy o numer faktury." in str(message.body)
    assert [item.pk for item in registering.listed("decided")] == [row.pk]
    assert registering.listed("waiting") == []
    mine = registering.of_person(jan)
    assert mine is not None and (mine.state, mine.reason) == ("declined", "Prosimy o numer faktury.")
    assert apply(jan).state == "waiting"


def test_an_open_program_takes_in_at_once_who_names_an_invoice_of_theirs(jan: Person, tmp_path: Path) -> None:
    apply_one_point_per_unit()
    set_mode("open")
    run_import([Folder(tmp_path).sale("FV/77/2026", line("100.00"), day=day())], enroll_buyers=False)
    row = apply(jan, invoice_number=" fv/77/ 2026")
    assert row.state == "accepted"
    outbox.drain()
    owner = Owner("member", Member.objects.get(person_id=jan.pk).pk)
    assert str(ledger.balances([owner])[owner].available) == "100.00"


@pytest.mark.parametrize("number", ["", "FV/78/2026"])
def test_a_tax_number_alone_proves_nothing(jan: Person, tmp_path: Path, number: str) -> None:
    set_mode("open")
    run_import([Folder(tmp_path).sale("FV/77/2026", line("100.00"), day=day())], enroll_buyers=False)
    assert apply(jan, invoice_number=number).state == "waiting"
    assert not Member.objects.exists()
    [weighed] = registering.weigh(registering.listed("waiting"))
    assert (weighed.documents, weighed.proved, weighed.owner) == (1, False, "")


def test_nobody_takes_the_firm_of_somebody_else_with_an_invoice_of_it(jan: Person, tmp_path: Path) -> None:
    set_mode("open")
    run_import([Folder(tmp_path).sale("FV/77/2026", line("100.00"), day=day())], enroll_buyers=False)
    ewa = members.enroll(
        person=ensure_person(email="ewa@example.com"), firm=members.ensure_firm(nip=NIP, name="I"), first_name="Ewa"
    )
    row = apply(jan, invoice_number="FV/77/2026")
    assert row.state == "waiting"
    [weighed] = registering.weigh([row])
    assert (weighed.owner, weighed.proved) == (ewa.name, True)
    # when the staff take them in all the same, the owner stays the owner
    registering.accept(application_id=row.pk, actor=ewa.person_id)
    assert Member.objects.get(person_id=jan.pk).firm_role == firms.FITTER


def test_an_invoices_number_can_be_guessed_once(jan: Person, tmp_path: Path) -> None:
    """Numbers follow one another and accounts cost nothing: after the first try of a firm the staff decide."""
    set_mode("open")
    run_import([Folder(tmp_path).sale("FV/77/2026", line("100.00"), day=day())], enroll_buyers=False)
    for number in range(70, 78):
        row = apply(ensure_person(email=f"thief{number}@example.com"), invoice_number=f"FV/{number}/2026")
        assert row.state == "waiting"
    assert not Member.objects.exists()


def test_who_became_a_member_while_it_waited_gets_the_firm(jan: Person) -> None:
    set_mode("reviewed")
    row = apply(jan)
    member = members.enroll(person=jan, path=Member.Path.COUNTER)
    registering.accept(application_id=row.pk, actor=jan.pk)
    member.refresh_from_db()
    assert member.firm is not None and (member.firm.nip, member.firm_role) == (NIP, firms.OWNER)
    ewa = ensure_person(email="ewa@example.com")
    other = apply(ewa, nip="1111111111")
    members.enroll(person=ewa, firm=members.ensure_firm(nip="5213003700", name="Inna"))
    with pytest.raises(DomainError, match="MEMBER_OF_ANOTHER_FIRM"):
        registering.accept(application_id=other.pk, actor=jan.pk)


def test_an_invoice_of_long_ago_or_taken_back_proves_nothing(jan: Person, tmp_path: Path) -> None:
    set_mode("open")
    folder = Folder(tmp_path)
    run_import(
        [folder.sale("FV/1", line("1.00"), day=clock.local_today() - timedelta(days=registering.PROOF_DAYS + 1))],
        enroll_buyers=False,
    )
    assert apply(jan, invoice_number="FV/1").state == "waiting"


def test_bad_input_is_refused_and_nothing_kept(jan: Person) -> None:
    set_mode("reviewed", pl="Prowadzę firmę instalacyjną.", en="I run an installation firm.")
    version = published.publish(text_pl="Regulamin", text_en="Terms", actor=None).number
    good = {"confirmed": True, "terms_version": version}
    for code, field, changes in (
        ("NAME_MISSING", "firstName", {"first_name": " "}), ("NAME_TOO_LONG", "lastName", {"last_name": "x" * 81}),
        ("BAD_NIP", "nip", {"nip": "7740001455"}), ("BAD_NIP", "nip", {"nip": ""}),
        ("NAME_MISSING", "firmName", {"firm_name": ""}), ("BAD_PHONE", "phone", {"phone": "12"}),
        ("CRITERIA_NOT_CONFIRMED", "confirmed", {"confirmed": False}),
        ("TERMS_CHANGED", "termsVersion", {"terms_version": None}), ("TERMS_CHANGED", "termsVersion", {"terms_version": 9}),
    ):  # fmt: skip
        refused(code, jan, field, **{**good, **changes})
    assert not Application.objects.exists()
    row = apply(jan, **good)
    assert (row.criteria, row.terms_version) == ("Prowadzę firmę instalacyjną.", version)


def test_the_terms_that_were_agreed_to_count_while_they_are_in_force(jan: Person) -> None:
    set_mode("reviewed")
    first = published.publish(text_pl="Pierwszy", text_en="First", actor=None).number
    row = apply(jan, terms_version=first)
    registering.accept(application_id=row.pk, actor=jan.pk)
    standing = terms.standing(Member.objects.get().pk)
    assert standing is not None and standing.accepted_at is not None
    ewa = ensure_person(email="ewa@example.com")
    late = apply(ewa, terms_version=first, nip="1111111111")
    published.publish(text_pl="Drugi", text_en="Second", actor=None)
    registering.accept(application_id=late.pk, actor=jan.pk)
    with pytest.raises(DomainError, match="TERMS_NOT_ACCEPTED"):
        terms.require_accepted(Member.objects.get(person_id=ewa.pk).pk)


def test_one_application_at_a_time_and_three_a_month(jan: Person) -> None:
    set_mode("reviewed")
    apply(jan)
    refused("ALREADY_APPLIED", jan)
    for _ in range(2):
        registering.withdraw(person=jan)
        apply(jan)
    registering.withdraw(person=jan)
    refused("TOO_MANY_APPLICATIONS", jan)
    with pytest.raises(NotFound):
        registering.withdraw(person=jan)
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        apply(jan)


def test_settings_are_checked_and_in_the_timeline(jan: Person) -> None:
    for code, arguments in (
        ("UNKNOWN_REGISTRATION", {"mode": "ajar", "criteria_pl": "", "criteria_en": ""}),
        ("CRITERIA_IN_ONE_LANGUAGE", {"mode": "open", "criteria_pl": "Warunek", "criteria_en": ""}),
        ("TEXT_TOO_LONG", {"mode": "open", "criteria_pl": "x" * 2001, "criteria_en": "y"}),
    ):
        with pytest.raises(DomainError, match=code):
            registration.change(**arguments, actor=jan.pk)
    assert selectors.settings().registration == "closed"
    set_mode("open", pl="Warunek", en="Criterion")
    set_mode("open", pl="Warunek", en="Criterion")
    entry = AuditEntry.objects.get(object_type="program", action="program.settings_changed")
    assert entry.data["after"] == {"registration": "open", "criteria_pl": "Warunek", "criteria_en": "Criterion"}
