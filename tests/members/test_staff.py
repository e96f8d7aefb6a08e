"""Who works at a wholesaler: added, changed, removed; what nobody can do to themselves; what others may not learn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.test import override_settings

from kolektor.audit.models import AuditEntry
from kolektor.identity.models import Person
from kolektor.identity.services import ensure_person
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.tenant import public_context, tenant_context
from kolektor.network.models import Passport
from kolektor.network.selectors import passports_of
from tenants.members import selectors, staff
from tenants.members import services as members
from tenants.members.models import StaffRole
from tenants.program import services as program
from tenants.program.services import Face


@pytest.fixture
def admin(in_alfa: Any) -> Iterator[Person]:
    person = ensure_person(email="anna@example.com", first_name="Anna", last_name="Zielińska")
    members.grant_role(person=person, role="program_admin")
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        yield person


def add(admin: Person, **changes: Any) -> staff.StaffFacts:
    given: dict[str, Any] = {"email": "Olga@Example.com ", "name": "Olga  Opiekun", "roles": ["care_agent"], **changes}
    return staff.add(**given, actor=admin.pk)


def refused(code: str, **given: Any) -> None:
    with pytest.raises(DomainError) as raised:
        given.pop("do")(**given)
    assert raised.value.code == code


def passport_roles(person_id: Any) -> list[str]:
    with public_context():
        return list(Passport.objects.get(person_id=person_id).roles)


def test_somebody_is_added_and_hears_of_it(admin: Person) -> None:
    program.set_up(name="Klub Alfa", nip="", face=Face("#102030", "#405060", "#ffffff", "A", "circle"))
    facts = add(admin)
    assert (facts.name, facts.email, facts.roles) == ("Olga Opiekun", "olga@example.com", ("care_agent",))
    assert [row.name for row in staff.staff()] == ["Anna Zielińska", "Olga Opiekun"]
    outbox.drain()
    [message] = mail.outbox
    assert (message.to, message.subject) == (["olga@example.com"], "Masz dostęp do konsoli programu Klub Alfa")
    assert "Anna Zielińska" in str(message.body)
    assert passport_roles(facts.person_id) == ["care_agent"]
    actions = AuditEntry.objects.filter(object_type="staff").values_list("action", flat=True)
    assert list(actions) == ["staff.added", "staff.granted_care_agent"]


def test_the_name_is_the_one_that_was_written_here(admin: Person, beta: Any) -> None:
    """A person who is known elsewhere under another name is not given away by the list."""
    known = ensure_person(email="olga@example.com", first_name="Aleksandra", last_name="Inna")
    with tenant_context(beta):
        members.enroll(person=known)
    facts = add(admin)
    assert facts.person_id == known.pk
    assert staff.staff()[1].name == "Olga Opiekun"
    assert selectors.staff_names([known.pk]) == {str(known.pk): "Olga Opiekun"}
    known.refresh_from_db()
    assert known.first_name == "Aleksandra"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"email": "nie-adres"}, "BAD_EMAIL", "email"),
        ({"email": "a@" + "b" * 300 + ".pl"}, "BAD_EMAIL", "email"),
        ({"name": "  "}, "NAME_MISSING", "name"),
        ({"name": "x" * 121}, "NAME_TOO_LONG", "name"),
        ({"roles": []}, "ROLE_MISSING", "roles"),
        ({"roles": ["care_agent", "owner"]}, "UNKNOWN_ROLE", "roles"),
        ({"email": "anna@example.com"}, "ALREADY_STAFF", "email"),
    ],
)
def test_bad_input_adds_nobody(admin: Person, changes: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(DomainError) as raised:
        add(admin, **changes)
    assert (raised.value.code, raised.value.field) == (code, field)
    assert len(staff.staff()) == 1


def test_roles_are_changed(admin: Person) -> None:
    person_id = add(admin).person_id
    changed = staff.set_roles(person_id=person_id, roles=["marketer", "auditor"], actor=admin.pk)
    assert changed.roles == ("auditor", "marketer")
    assert sorted(passport_roles(person_id)) == ["auditor", "marketer"]
    noted = AuditEntry.objects.filter(object_type="staff")
    assert list(noted.order_by("id").values_list("action", flat=True)) == [
        "staff.added", "staff.granted_care_agent", "staff.revoked_care_agent", "staff.granted_auditor", "staff.granted_marketer",
    ]  # fmt: skip


def test_nobody_changes_their_own_roles_and_the_last_admin_stays(admin: Person) -> None:
    other = add(admin, roles=["program_admin"]).person_id
    refused("OWN_ROLES", do=staff.set_roles, person_id=admin.pk, roles=["auditor"], actor=admin.pk)
    refused("OWN_ROLES", do=staff.remove, person_id=admin.pk, actor=admin.pk)
    staff.set_roles(person_id=admin.pk, roles=["auditor"], actor=other)
    refused("LAST_ADMIN", do=staff.set_roles, person_id=other, roles=["auditor"], actor=admin.pk)
    refused("LAST_ADMIN", do=staff.remove, person_id=other, actor=admin.pk)
    assert StaffRole.objects.filter(role="program_admin").count() == 1


def test_who_is_removed_keeps_the_name_in_the_timelines(admin: Person) -> None:
    person_id = add(admin).person_id
    staff.remove(person_id=person_id, actor=admin.pk)
    assert [row.person_id for row in staff.staff()] == [admin.pk]
    assert passport_roles(person_id) == []
    assert passports_of(person_id) == []
    assert selectors.staff_names([person_id]) == {str(person_id): "Olga Opiekun"}
    with pytest.raises(NotFound):
        staff.remove(person_id=person_id, actor=admin.pk)
    # and comes back, under the name that is written then
    assert add(admin, name="Olga Nowa").name == "Olga Nowa"
