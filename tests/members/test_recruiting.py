"""Sales representatives: invite who stands for a firm, and are credited with who comes and buys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import override_settings

from kolektor.identity.models import Person
from kolektor.identity.services import ensure_person
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.outbox import services as outbox
from tenants.insight import credits, merging
from tenants.members import firms, recruiting
from tenants.members import services as members
from tenants.members.models import Firm, Invitation, Member
from tests.support.importing import BUYER, Folder, apply_one_point_per_unit, line, run_import

NIP = str(BUYER.nip)


@pytest.fixture
def rep(in_alfa: Any) -> Iterator[Person]:
    person = ensure_person(email="marek@example.com", first_name="Marek", last_name="Handlowy")
    members.grant_role(person=person, role="sales_rep")
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        yield person


def invite(rep: Person, **changes: str) -> Invitation:
    given = {
        "email": "Jan@Example.com", "name": "Jan  Nowak", "nip": "774-000-14-54", "firm_name": "Instalacje", "decision_maker": "",
        **changes,
    }  # fmt: skip
    return recruiting.invite(**given, actor=rep.pk)


def refused(code: str, rep: Person, **changes: str) -> None:
    with pytest.raises(DomainError) as raised:
        invite(rep, **changes)
    assert raised.value.code == code


def test_who_is_invited_hears_of_it_and_joins_as_the_firms_owner(rep: Person) -> None:
    row = invite(rep, decision_maker="Maria Nowak")
    outbox.drain()
    [message] = mail.outbox
    assert message.to == ["jan@example.com"] and "Marek Handlowy" in str(message.subject)
    person = ensure_person(email="jan@example.com", first_name="Jan", last_name="Elsewhere")
    assert [found.pk for found in recruiting.waiting_for(person)] == [row.pk]
    member = recruiting.accept(person=person, invitation_id=row.pk)
    assert (member.firm_role, member.path, member.brought_by) == ("owner", "invitation", rep.pk)
    # as the representative wrote it, not as it is known elsewhere
    assert (member.first_name, member.last_name) == ("Jan", "Nowak")
    firm = Firm.objects.get(nip=NIP)
    assert (firm.name, firm.decision_maker) == ("Instalacje", "Maria Nowak")
    row.refresh_from_db()
    assert (row.state, row.member_id) == ("accepted", member.pk)
    with pytest.raises(NotFound):
        recruiting.accept(person=person, invitation_id=row.pk)


def test_the_invited_person_decides_unless_somebody_else_is_named(rep: Person) -> None:
    assert invite(rep).decision_maker == "Jan Nowak"


def test_an_invitation_is_for_the_invited_address_and_ends(rep: Person) -> None:
    row = invite(rep)
    stranger = ensure_person(email="obcy@example.com")
    for deed in (recruiting.accept, recruiting.decline):
        with pytest.raises(NotFound):
            deed(person=stranger, invitation_id=row.pk)
    jan = ensure_person(email="jan@example.com")
    with time_machine.travel(clock.now() + timedelta(days=recruiting.DAYS, minutes=1), tick=False):
        assert not recruiting.waiting_for(jan).exists()
        with pytest.raises(NotFound):
            recruiting.accept(person=jan, invitation_id=row.pk)


def test_no_is_an_answer(rep: Person) -> None:
    row = invite(rep)
    recruiting.decline(person=ensure_person(email="jan@example.com"), invitation_id=row.pk)
    assert not Member.objects.exists()
    assert [item.state for item in recruiting.listed(invited_by=rep.pk)] == ["declined"]


def test_bad_input_is_refused(rep: Person) -> None:
    for code, changes in (
        ("BAD_EMAIL", {"email": "jan@"}), ("NAME_MISSING", {"name": " "}), ("BAD_NIP", {"nip": "7740001455"}),
        ("NAME_MISSING", {"firm_name": ""}), ("NAME_TOO_LONG", {"decision_maker": "x" * 161}),
    ):  # fmt: skip
        refused(code, rep, **changes)
    assert not Invitation.objects.exists()


def test_a_firm_that_is_owned_is_its_owners_to_invite_into(rep: Person) -> None:
    row = invite(rep)
    owner = members.enroll(person=ensure_person(email="ewa@example.com"), firm=members.ensure_firm(nip=NIP, name="I"))
    refused("FIRM_HAS_OWNER", rep, email="piotr@example.com")
    refused("ALREADY_MEMBER", rep, email="EWA@example.com", nip="1111111111")
    # and so it is when the firm came in after the invitation
    with pytest.raises(DomainError, match="FIRM_HAS_OWNER"):
        recruiting.accept(person=ensure_person(email="jan@example.com"), invitation_id=row.pk)
    assert list(Member.objects.all()) == [owner]


def test_a_member_without_a_firm_gets_one_and_keeps_whose_doing_they_are(rep: Person) -> None:
    row = invite(rep)
    jan = ensure_person(email="jan@example.com")
    member = members.enroll(person=jan, path=Member.Path.COUNTER)
    assert recruiting.accept(person=jan, invitation_id=row.pk).pk == member.pk
    member.refresh_from_db()
    assert (member.firm_role, member.path, member.brought_by) == (firms.OWNER, "counter", None)


def test_a_colleagues_invitation_stays_and_ones_own_is_replaced(rep: Person) -> None:
    first = invite(rep)
    colleague = ensure_person(email="ola@example.com")
    refused("INVITED_BY_COLLEAGUE", colleague)
    second = invite(rep, firm_name="Instalacje Nowak")
    first.refresh_from_db()
    assert (first.state, second.state) == ("canceled", "pending")
    with pytest.raises(NotFound):
        recruiting.cancel(invitation_id=second.pk, actor=colleague.pk, any_of=False)
    recruiting.cancel(invitation_id=second.pk, actor=colleague.pk, any_of=True)
    assert invite(colleague).invited_by == colleague.pk


def test_one_address_is_not_written_to_without_end(rep: Person) -> None:
    for _ in range(recruiting.MOST_TO_ONE):
        invite(rep)
    refused("TOO_MANY_A_DAY", rep)
    invite(rep, email="ewa@example.com")


def test_the_representative_is_credited_with_who_came_and_bought(rep: Person, tmp_path: Path) -> None:
    apply_one_point_per_unit()
    row = invite(rep)
    invite(rep, email="ewa@example.com", nip="1111111111")
    assert [(item.invited, item.joined, str(item.points)) for item in credits.of_representatives(rep.pk)] == [
        (2, 0, "0.00")
    ]
    recruiting.accept(person=ensure_person(email="jan@example.com"), invitation_id=row.pk)
    folder = Folder(tmp_path)
    run_import([folder.sale("FV/1", line("100.00"))])
    run_import([folder.correction("K/1", "FV/1", line("-10.00", quantity="0"))])
    [credit] = credits.of_representatives(None)
    assert (credit.person_id, credit.invited, credit.joined, credit.buying) == (rep.pk, 2, 1, 1)
    assert str(credit.points) == "90.00"
    assert credits.of_representatives(ensure_person(email="ola@example.com").pk) == []
    # two accounts of one person are one who joined
    jan = Member.objects.get(email="jan@example.com")
    other = members.enroll(
        person=ensure_person(email="jan2@example.com"), path=Member.Path.INVITATION, brought_by=rep.pk
    )
    merging.merge(gone_id=jan.pk, kept_id=other.pk, reason="Ta sama osoba", actor=rep.pk)
    [credit] = credits.of_representatives(rep.pk)
    assert (credit.joined, credit.buying, str(credit.points)) == (1, 1, "90.00")
