"""Rows of the ways in: counter, invitations into the program, applications, merging."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kolektor.identity.models import Person
from kolektor.identity.services import ensure_person
from kolektor.kernel.tenant import tenant_context
from tenants.insight import registering
from tenants.members import counter, recruiting
from tenants.members import services as members
from tenants.members.models import Application, Invitation
from tenants.program import registration
from tests.support_data import World


def entered(world: World) -> dict[str, Any]:
    """A clerk of A has been at work."""
    with tenant_context(world.wholesaler):
        counter.enter(contact=f"klient@{world.wholesaler.slug}.example", actor=world.admin.pk)
    return {}


def program_invitation_of(world: World, *, email: str = "") -> str:
    """An invitation into A's program, by A's admin."""
    with tenant_context(world.wholesaler):
        address = email or f"firma@{world.wholesaler.slug}.example"
        row = Invitation.objects.filter(email=address, state="pending").first() or recruiting.invite(
            email=address, name="Jan Alfowski", nip="1111111111", firm_name=f"Firma {world.wholesaler.slug}",
            decision_maker="", actor=world.admin.pk,
        )  # fmt: skip
        return str(row.pk)


def invited(world: World) -> dict[str, Any]:
    program_invitation_of(world)
    return {}


def applicant(world: World) -> Person:
    """Somebody who asks to join A."""
    return ensure_person(email=f"chetny@{world.wholesaler.slug}.example")


def application_of(world: World) -> str:
    """An application that waits at A."""
    person = applicant(world)
    with tenant_context(world.wholesaler):
        registration.change(mode="reviewed", criteria_pl="", criteria_en="", actor=world.admin.pk)
        row = Application.objects.filter(person_id=person.pk, state="waiting").first() or registering.apply(
            person=person, first_name="Jan", last_name="Alfowski", nip="1111111111", firm_name="Firma alfa", phone="",
            invoice_number="", confirmed=False, terms_version=None,
        )  # fmt: skip
        return str(row.pk)


def asked(world: World) -> dict[str, Any]:
    application_of(world)
    return {"state": "waiting"}


def second_account_of(world: World) -> str:
    """Another member of A who is the same person as A's member."""
    with tenant_context(world.wholesaler):
        return str(members.enroll(person=ensure_person(email=f"drugi@{world.wholesaler.slug}.example")).pk)


CONSOLE: dict[str, Callable[[World], dict[str, Any]]] = {
    "counterEntries": entered,
    # names no object: each clerk makes members of the own wholesaler
    "enrollAtCounter": lambda _: {"input": {"contact": "klient@example.com"}},
    "programInvitations": invited,
    "recruiterCredits": invited,
    "recruitingTimeline": invited,
    "inviteToProgram": lambda _: {
        "input": {
            "email": "firma@example.com", "name": "Jan Firma", "nip": "1111111111", "firmName": "Firma", "decisionMaker": "",
        }
    },
    "cancelProgramInvitation": lambda w: {"input": {"id": program_invitation_of(w)}},
    "applications": asked,
    "acceptApplication": lambda w: {"input": {"id": application_of(w)}},
    "declineApplication": lambda w: {"input": {"id": application_of(w), "reason": "Prosimy o numer faktury."}},
    "mergeMembers": lambda w: {
        "input": {"keptId": str(w.member.pk), "goneId": second_account_of(w), "reason": "Ta sama osoba"}
    },
    "registration": lambda _: {},
    "setRegistration": lambda _: {"input": {"mode": "open", "criteriaPl": "Warunek", "criteriaEn": "Criterion"}},
}  # fmt: skip
# they name no object of another
WITHOUT_IDS = {"enrollAtCounter", "inviteToProgram", "setRegistration", "applications"}
PATHS = {"api/registration": "session", "api/claims": "session", "api/claims/confirm": "session"}
