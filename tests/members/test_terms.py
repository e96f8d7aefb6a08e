"""Terms by version: published, agreed to with proof, and asked for before points are spent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from catalog.orders import services as orders
from catalog.orders.models import Order
from catalog.rewards import pool
from catalog.rewards import services as rewards
from catalog.rewards.models import Reward
from catalog.rewards.pool_files import UploadedCode
from kolektor.audit.models import AuditEntry
from kolektor.identity.models import Person
from kolektor.identity.services import ensure_person
from kolektor.kernel.errors import DomainError
from kolektor.kernel.points import Points
from tenants.insight import giving
from tenants.ledger import services as ledger
from tenants.ledger.services import Owner
from tenants.members import firms, terms
from tenants.members import services as members
from tenants.members.models import Firm, Member, TermsAcceptance
from tenants.program import services as program
from tenants.program import terms as published
from tenants.program.services import Face
from tests.api.client import HostClient, session_key

HOST = "alfa.kolektor.localhost"
ACCEPT = """mutation ($input: AcceptTermsInput!) {
  acceptTerms(input: $input) { terms { version acceptedAt } errors { code } } }"""


@pytest.fixture
def person(in_alfa: Any) -> Person:
    program.set_up(name="Alfa", nip="", face=Face("#102030", "#405060", "#ffffff", "A", "circle"))
    return ensure_person(email="jan@example.com", first_name="Jan")


@pytest.fixture
def member(person: Person) -> Member:
    made = members.enroll(person=person)
    ledger.adjust(
        owner=Owner("member", made.pk), points=Points(50_000), reason="Na start", key="start", expires_at=None,
        actor=person.pk,
    )  # fmt: skip
    return made


@pytest.fixture
def reward(member: Member) -> Reward:
    made = rewards.offer_pool(name="Kawa", brand_name="Ziarno", amounts=[Decimal(20)])
    pool.add_codes(
        reward_id=made.pk, amount=Decimal(20), codes=[UploadedCode(f"KOD-{n}", None, None) for n in range(3)]
    )
    return rewards.change(reward_id=made.pk, active=True)


def publish(text: str = "Regulamin") -> int:
    return published.publish(text_pl=text, text_en=f"{text}, in English", actor=None).number


def order(member: Member, reward: Reward, key: str = "first-order") -> Order:
    return orders.place(member=member, reward_id=reward.pk, face_value=Decimal(20), idempotency_key=key)


def test_without_terms_nobody_is_asked(member: Member, reward: Reward) -> None:
    assert terms.standing(member.pk) is None
    order(member, reward)


def test_nobody_spends_before_agreeing_and_each_version_is_asked_for(member: Member, reward: Reward) -> None:
    assert publish() == 1
    with pytest.raises(DomainError) as refused:
        order(member, reward)
    assert refused.value.code == "TERMS_NOT_ACCEPTED"
    assert not Order.objects.exists()
    terms.accept(member=member, version=1, channel="app", actor=member.person_id)
    placed = order(member, reward)
    assert publish("Nowy regulamin") == 2
    with pytest.raises(DomainError):
        order(member, reward, "second-order")
    # an answer that was lost is told again: that order was placed under the terms of its day
    assert order(member, reward) == placed
    terms.accept(member=member, version=2, channel="app", actor=member.person_id)
    order(member, reward, "second-order")


def test_points_are_not_passed_on_before_either(member: Member) -> None:
    firm: Firm = members.ensure_firm(nip="7740001454", name="Instalacje")
    firms.join(member=member, firm=firm, role="owner")
    other = members.enroll(person=ensure_person(email="piotr@example.com"), firm=firm)
    publish()
    given: dict[str, Any] = {
        "giver": member,
        "member_id": other.pk,
        "points": Points(100),
        "note": "",
        "key": "gift-one",
    }
    with pytest.raises(DomainError) as refused:
        giving.give(**given)
    assert refused.value.code == "TERMS_NOT_ACCEPTED"
    terms.accept(member=member, version=1, channel="app", actor=member.person_id)
    giving.give(**given)


def test_agreeing_is_kept_once_with_its_proof(member: Member) -> None:
    publish()
    first = terms.accept(member=member, version=1, channel="app", actor=member.person_id)
    again = terms.accept(member=member, version=1, channel="app", actor=member.person_id)
    assert first.accepted_at == again.accepted_at
    row = TermsAcceptance.objects.get()
    assert (row.member_id, row.version, row.channel, row.actor) == (member.pk, 1, "app", member.person_id)
    assert AuditEntry.objects.filter(action="member.terms_accepted", object_id=str(member.pk)).count() == 1
    assert terms.accepted_counts() == {1: 1}


@pytest.mark.parametrize("version", [0, 1, 3])
def test_only_the_version_in_force_is_agreed_to(member: Member, version: int) -> None:
    publish()
    publish("Nowy")
    with pytest.raises(DomainError) as refused:
        terms.accept(member=member, version=version, channel="app", actor=member.person_id)
    assert refused.value.code == "TERMS_CHANGED"


@pytest.mark.parametrize(
    ("polish", "english", "code", "field"),
    [
        (" ", "Terms", "TEXT_MISSING", "textPl"),
        ("Regulamin", "", "TEXT_MISSING", "textEn"),
        ("x" * 100_001, "Terms", "TEXT_TOO_LONG", "textPl"),
        ("Regulamin", "Regulamin, in English", "TERMS_SAME", None),
    ],
)
def test_what_cannot_be_published(member: Member, polish: str, english: str, code: str, field: str | None) -> None:
    publish()
    with pytest.raises(DomainError) as refused:
        published.publish(text_pl=polish, text_en=english, actor=None)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert len(published.versions()) == 1


def test_a_member_reads_them_in_their_language_and_agrees(person: Person, member: Member) -> None:
    publish()
    client = HostClient(HOST, session_key(person, HOST))
    _, body = client.graphql("member", "{ terms { version text acceptedAt } }")
    assert body["data"]["terms"] == {"version": 1, "text": "Regulamin", "acceptedAt": None}
    _, body = client.graphql("member", ACCEPT, {"input": {"version": 2}})
    assert body["data"]["acceptTerms"]["errors"] == [{"code": "TERMS_CHANGED"}]
    _, body = client.graphql("member", ACCEPT, {"input": {"version": 1}})
    assert body["data"]["acceptTerms"]["terms"]["acceptedAt"]
