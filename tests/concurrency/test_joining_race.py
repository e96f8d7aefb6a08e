"""Two of one person's requests at once: one of them counts, the other is refused in words; never two rows, never a failure."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from kolektor.identity.services import ensure_person
from kolektor.kernel.errors import DomainError
from kolektor.kernel.tenant import tenant_context
from tenants.insight import claims, registering
from tenants.members import recruiting
from tenants.members import services as members
from tenants.members.models import Application, Claim, Invitation, Member
from tenants.program import registration

AT_ONCE = 6


@pytest.fixture
def place(fresh: Callable[..., Any]) -> Any:
    wholesaler = fresh("naraz")
    with tenant_context(wholesaler):
        registration.change(
            mode="reviewed", criteria_pl="", criteria_en="", actor=ensure_person(email="a@naraz.example").pk
        )
    return wholesaler


def at_once(place: Any, deed: Callable[[], Any]) -> list[str]:
    """What came of it, in each of several threads that begin together: "done", or the code of the refusal."""
    gate = Barrier(AT_ONCE)

    def run(_: int) -> str:
        try:
            gate.wait(timeout=30)
            with tenant_context(place):
                deed()
            return "done"
        except DomainError as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return sorted(threads.map(run, range(AT_ONCE)))


def test_one_application(place: Any) -> None:
    person = ensure_person(email="jan@naraz.example")

    def apply() -> None:
        registering.apply(
            person=person, first_name="Jan", last_name="Nowak", nip="7740001454", firm_name="Firma", phone="",
            invoice_number="", confirmed=False, terms_version=None,
        )  # fmt: skip

    assert at_once(place, apply) == ["ALREADY_APPLIED"] * (AT_ONCE - 1) + ["done"]
    with tenant_context(place):
        assert Application.objects.count() == 1


def test_one_claim(place: Any) -> None:
    person = ensure_person(email="jan@naraz.example")
    told = at_once(place, lambda: claims.ask(person=person, contact="600100200"))
    assert told == ["TOO_MANY_ATTEMPTS"] * (AT_ONCE - 1) + ["done"]
    with tenant_context(place):
        assert Claim.objects.count() == 1


def test_one_invitation(place: Any) -> None:
    people = iter([ensure_person(email=f"rep{number}@naraz.example") for number in range(AT_ONCE)])

    def invite() -> None:
        recruiting.invite(
            email="firma@naraz.example", name="Jan", nip="7740001454", firm_name="Firma", decision_maker="",
            actor=next(people).pk,
        )  # fmt: skip

    assert at_once(place, invite) == ["INVITED_BY_COLLEAGUE"] * (AT_ONCE - 1) + ["done"]
    with tenant_context(place):
        assert Invitation.objects.count() == 1


def test_one_member(place: Any) -> None:
    person = ensure_person(email="jan@naraz.example")
    assert at_once(place, lambda: members.enroll(person=person)) == ["done"] * AT_ONCE
    with tenant_context(place):
        assert Member.objects.count() == 1
