"""Claim what a counter or an import made, with a code that goes to the address or number that it has."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import transaction

from kolektor.identity.models import Person
from kolektor.identity.services import ensure_person
from kolektor.kernel.errors import DomainError
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.tenant import public_context, tenant_context
from kolektor.network.selectors import passports_of
from tenants.insight import claims
from tenants.members import services as members
from tenants.members.models import Claim, Member
from tenants.messaging.models import Message
from tenants.sales.models import SalesDocument
from tests.support.claiming import PHONE, at_counter, code_sent, give, later, standing
from tests.support.importing import (
    DAY,
    apply_one_point_per_unit,
    assert_ledger_is_clean,
    run_import,
)


def test_a_number_given_at_the_counter_is_claimed_with_the_code_it_gets(jan: Person) -> None:
    made = at_counter("600 100 200")
    stand_in = made.person_id
    give(made, 5_000)
    claims.ask(person=jan, contact="600-100-200")
    member = claims.confirm(person=jan, code=f" {code_sent()} ")
    outbox.drain()
    assert (member.pk, member.person_id, member.email, member.phone) == (made.pk, jan.pk, "jan@example.com", PHONE)
    assert not Person.objects.filter(pk=stand_in).exists()
    assert [str(row.balance) for row in passports_of(jan.pk)] == ["50.00"]
    # it was good once
    with pytest.raises(DomainError, match="CODE_REFUSED"):
        claims.confirm(person=jan, code="000000")
    message = Message.objects.get(kind="claim_code")
    assert (message.address, message.body) == ("", "")
    assert not re.search(r"\d{6}", message.subject)


def test_whoever_asks_hears_the_same_and_nothing_is_sent_in_vain(jan: Person) -> None:
    for contact in ("600 100 201", "nikt@example.com"):
        with transaction.atomic():
            row = claims.ask(person=ensure_person(email=f"k{contact[-3:]}@example.com"), contact=contact)
        assert row.closed_at is None
    outbox.drain()
    assert not Message.objects.filter(kind="claim_code").exists()
    with pytest.raises(DomainError, match="CODE_REFUSED"):
        claims.confirm(person=ensure_person(email="k201@example.com"), code="123456")


def test_another_persons_code_opens_nothing(jan: Person) -> None:
    made = at_counter("600100200")
    claims.ask(person=jan, contact=PHONE)
    code = code_sent()
    thief = ensure_person(email="thief@example.com")
    with pytest.raises(DomainError, match="CODE_REFUSED"):
        claims.confirm(person=thief, code=code)
    made.refresh_from_db()
    assert made.person_id not in (jan.pk, thief.pk)


@pytest.mark.parametrize(("wrong", "opens"), [(4, True), (5, False)])
def test_five_wrong_codes_end_it(jan: Person, wrong: int, opens: bool) -> None:
    at_counter("600100200")
    claims.ask(person=jan, contact=PHONE)
    code = code_sent()
    for _ in range(wrong):
        with pytest.raises(DomainError, match="CODE_REFUSED"):
            claims.confirm(person=jan, code="000000" if code != "000000" else "111111")
    if opens:
        assert claims.confirm(person=jan, code=code).person_id == jan.pk
    else:
        with pytest.raises(DomainError, match="CODE_REFUSED"):
            claims.confirm(person=jan, code=code)


def test_a_code_lasts_ten_minutes_and_a_new_one_ends_the_last(jan: Person) -> None:
    at_counter("600100200")
    claims.ask(person=jan, contact=PHONE)
    first = code_sent()
    with pytest.raises(DomainError, match="TOO_MANY_ATTEMPTS"):
        claims.ask(person=jan, contact=PHONE)
    with later(1):
        claims.ask(person=jan, contact=PHONE)
        second = code_sent()
        if first != second:
            with pytest.raises(DomainError, match="CODE_REFUSED"):
                claims.confirm(person=jan, code=first)
    with later(12), pytest.raises(DomainError, match="CODE_REFUSED"):
        claims.confirm(person=jan, code=second)


def test_a_number_does_not_ring_without_end(jan: Person) -> None:
    for number in range(claims.MOST_TO_ONE):
        claims.ask(person=ensure_person(email=f"a{number}@example.com"), contact=PHONE)
    with pytest.raises(DomainError, match="TOO_MANY_ATTEMPTS"):
        claims.ask(person=jan, contact="600 100 200")


def test_a_number_finds_nobody_whose_address_is_known(jan: Person) -> None:
    """Numbers change hands: who has an address signs in with it."""
    members.enroll(person=ensure_person(email="ewa@example.com"), phone=PHONE)
    claims.ask(person=jan, contact=PHONE)
    outbox.drain()
    assert not Message.objects.filter(kind="claim_code").exists()


def test_an_address_of_an_account_with_a_second_factor_is_not_claimed(jan: Person) -> None:
    from allauth.mfa.models import Authenticator

    ewa = ensure_person(email="ewa@example.com")
    members.enroll(person=ewa)
    with public_context():
        Authenticator.objects.create(user=ewa, type=Authenticator.Type.TOTP, data={"secret": "x"})
    claims.ask(person=jan, contact="ewa@example.com")
    outbox.drain()
    assert not Message.objects.filter(kind="claim_code").exists()


def test_two_with_a_code_for_the_same_the_first_has_it(jan: Person) -> None:
    made = at_counter("600100200")
    ewa = ensure_person(email="ewa@example.com")
    for person in (jan, ewa):
        claims.ask(person=person, contact=PHONE)
        code = code_sent()
        if person is jan:
            first = code
    claims.confirm(person=jan, code=first)
    with pytest.raises(DomainError, match="CODE_REFUSED"):
        claims.confirm(person=ewa, code=code)
    made.refresh_from_db()
    assert made.person_id == jan.pk


def test_a_claim_is_of_one_wholesaler(jan: Person, beta: Any) -> None:
    at_counter("600100200")
    with tenant_context(beta):
        claims.ask(person=jan, contact=PHONE)
        outbox.drain()
        assert not Message.objects.filter(kind="claim_code").exists()
        assert not Member.objects.exists()


def test_another_address_of_a_member_merges_and_later_sales_follow(jan: Person, tmp_path: Path) -> None:
    apply_one_point_per_unit()
    mine = members.enroll(person=jan)
    other = at_counter("jan.prywatny@example.com")
    give(mine, 1_000, "reklamacja-1")
    give(other, 2_000, "reklamacja-2")
    claims.ask(person=jan, contact="Jan.Prywatny@example.com")
    assert claims.confirm(person=jan, code=code_sent()).pk == mine.pk
    outbox.drain()
    assert str(standing(mine.pk).available) == "30.00"
    path = tmp_path / "paragony.csv"
    path.write_text(f"nr;data;mail;nazwa;netto\nP/1;{DAY};jan.prywatny@example.com;Kabel;7,00\n", "utf-8")
    mapping = (
        '{"version": 1, "columns": {"number": "nr", "issue_date": "data", "currency": {"constant": "PLN"}, '
        '"buyer_email": "mail", "name": "nazwa", "net": "netto"}}'
    )
    run_import([path], format="csv", mapping=mapping, enroll_buyers=False)
    assert SalesDocument.objects.get().member_id == mine.pk
    assert_ledger_is_clean()


def test_an_address_that_only_looks_alike_is_none(jan: Person) -> None:
    """PostgreSQL and people take the dotless i for an i: a code would go to whoever owns the other domain."""
    at_counter("ofiara@gmail.com")
    for contact in ("ofiara@gma\u0131l.com", "o\u017fiara@gmail.com"):
        with pytest.raises(DomainError, match="BAD_EMAIL"):
            claims.ask(person=jan, contact=contact)
        with pytest.raises(DomainError, match="BAD_EMAIL"):
            ensure_person(email=contact)


def test_the_code_goes_to_what_the_member_has(jan: Person) -> None:
    members.enroll(person=ensure_person(email="ewa@example.com"))
    claims.ask(person=jan, contact="EWA@Example.com")
    outbox.drain()
    assert [message.to for message in mail.outbox if "Kod" in str(message.subject)] == [["ewa@example.com"]]


def test_a_foreign_number_is_not_a_polish_one(jan: Person) -> None:
    """+508 55 12 34 is a number of Saint-Pierre, 508 551 234 one of Poland."""
    at_counter("508 551 234")
    claims.ask(person=jan, contact="+508551234")
    outbox.drain()
    assert not Message.objects.filter(kind="claim_code").exists()


def test_a_code_that_is_too_old_is_not_sent(jan: Person) -> None:
    at_counter("600100200")
    claims.ask(person=jan, contact=PHONE)
    with later(11):
        outbox.drain()
    assert not Message.objects.filter(kind="claim_code", state="sent").exists()


@pytest.mark.parametrize("contact", ["", "jan@", "12"])
def test_what_is_no_contact_is_refused(jan: Person, contact: str) -> None:
    with pytest.raises(DomainError) as refused:
        claims.ask(person=jan, contact=contact)
    assert refused.value.field == "contact"
    assert not Claim.objects.exists()
