"""Who works at this wholesaler and what they may do. Each change is in the timeline; the last program admin stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from kolektor.audit import services as audit
from kolektor.identity.services import ensure_person
from kolektor.kernel.entered import clean_email, clean_name
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.outbox.services import emit
from tenants.members.models import StaffMember, StaffRole
from tenants.members.services import stamp

ADDED: Final = "members.staff_added"
ADMIN: Final = StaffRole.Role.PROGRAM_ADMIN.value
MAX_STAFF: Final = 500
MAX_NAME: Final = 120


@dataclass(frozen=True, slots=True)
class StaffFacts:
    """Somebody who works here; `roles` sorted, `added_at` in UTC."""

    person_id: UUID
    name: str
    email: str
    roles: tuple[str, ...]
    added_at: datetime


def staff() -> list[StaffFacts]:
    """Everybody who has a role here, by name."""
    roles: dict[UUID, list[str]] = {}
    for person_id, role in StaffRole.objects.order_by("role").values_list("person_id", "role"):
        roles.setdefault(person_id, []).append(role)
    rows = StaffMember.objects.filter(person_id__in=roles).order_by("name", "person_id")
    return [StaffFacts(row.person_id, row.name, row.email, tuple(roles[row.person_id]), row.added_at) for row in rows]


def facts_of(person_id: UUID) -> StaffFacts:
    """One of them. Raises NotFound."""
    found = next((row for row in staff() if row.person_id == person_id), None)
    if found is None:
        raise NotFound("personId")
    return found


@transaction.atomic
def add(*, email: str, name: str, roles: Iterable[str], actor: UUID) -> StaffFacts:
    """Let somebody work here; they hear of it by mail. It is the same whether the address is known elsewhere or not.

    Raises DomainError BAD_EMAIL, NAME_MISSING, NAME_TOO_LONG, UNKNOWN_ROLE, ROLE_MISSING, ALREADY_STAFF, TOO_MANY_STAFF.
    """
    address = clean_email(email.lower(), field="email")
    written = clean_name(name, limit=MAX_NAME)
    wanted = _roles(roles)
    first, _, last = written.partition(" ")
    person = ensure_person(email=address, first_name=first[:80], last_name=last[:80])
    # who worked here before comes back under the name that is written now; the row is locked from here on
    StaffMember.objects.update_or_create(person_id=person.pk, defaults={"name": written, "email": address})
    if StaffRole.objects.filter(person_id=person.pk).exists():
        raise DomainError("ALREADY_STAFF", field="email")
    if StaffRole.objects.values("person_id").distinct().count() >= MAX_STAFF:
        raise DomainError("TOO_MANY_STAFF", limit=MAX_STAFF)
    _note("staff.added", person.pk, actor)
    _give(person.pk, wanted, actor)
    emit(ADDED, {"person": str(person.pk), "actor": str(actor)})
    return facts_of(person.pk)


@transaction.atomic
def set_roles(*, person_id: UUID, roles: Iterable[str], actor: UUID) -> StaffFacts:
    """What somebody may do from now on. Locks the roles.

    Raises NotFound, DomainError UNKNOWN_ROLE, ROLE_MISSING, OWN_ROLES, LAST_ADMIN.
    """
    wanted = _roles(roles)
    held = _held(person_id, actor)
    if ADMIN in held and ADMIN not in wanted:
        _not_the_last(person_id)
    StaffRole.objects.filter(person_id=person_id, role__in=held - wanted).delete()
    for role in sorted(held - wanted):
        _note(f"staff.revoked_{role}", person_id, actor)
    _give(person_id, wanted - held, actor)
    return facts_of(person_id)


@transaction.atomic
def remove(*, person_id: UUID, actor: UUID) -> None:
    """They no longer work here; their name stays with what they did. Locks the roles.

    Raises NotFound, DomainError OWN_ROLES, LAST_ADMIN.
    """
    held = _held(person_id, actor)
    if ADMIN in held:
        _not_the_last(person_id)
    StaffRole.objects.filter(person_id=person_id).delete()
    stamp(person_id)
    _note("staff.removed", person_id, actor)


def _held(person_id: UUID, actor: UUID) -> set[str]:
    # one change of a person at a time: what is read here is what is changed
    StaffMember.objects.select_for_update().filter(pk=person_id).first()
    held = set(StaffRole.objects.filter(person_id=person_id).values_list("role", flat=True))
    if not held:
        raise NotFound("personId")
    if person_id == actor:
        raise DomainError("OWN_ROLES")
    return held


def _not_the_last(person_id: UUID) -> None:
    admins = StaffRole.objects.select_for_update().filter(role=ADMIN).values_list("person_id", flat=True)
    if set(admins) <= {person_id}:
        raise DomainError("LAST_ADMIN")


def _give(person_id: UUID, roles: set[str], actor: UUID) -> None:
    for role in sorted(roles):
        StaffRole.objects.create(person_id=person_id, role=role)
        _note(f"staff.granted_{role}", person_id, actor)
    stamp(person_id)


def _note(action: str, person_id: UUID, actor: UUID) -> None:
    name = StaffMember.objects.values_list("name", flat=True).filter(pk=person_id).first() or ""
    # one timeline of all of them
    audit.record(action=action, object_type="staff", object_id=1, actor=actor, person=str(person_id), name=name)


def _roles(roles: Iterable[str]) -> set[str]:
    wanted = set(roles)
    for role in wanted:
        if role not in StaffRole.Role.values:
            raise DomainError("UNKNOWN_ROLE", field="roles", value=role[:40])
    if not wanted:
        raise DomainError("ROLE_MISSING", field="roles")
    return wanted
