"""What members change about themselves; each decision on a consent kept for good."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from kolektor.api.texts import text
from kolektor.audit.models import AuditEntry
from kolektor.identity.models import Person
from kolektor.identity.services import ensure_person
from kolektor.kernel.errors import DomainError
from kolektor.kernel.tenant import tenant_context
from tenants.members import consents, profile, selectors
from tenants.members import services as members
from tenants.members.models import Consent, Member
from tests.api.client import HostClient, session_key

HOST = "alfa.kolektor.localhost"
NOW = consents.CURRENT


@pytest.fixture
def member(in_alfa: Any) -> Member:
    person = ensure_person(email="jan@example.com")
    return members.enroll(person=person, first_name="Jan", last_name="Nowak", phone="600 100 200")


def update(member: Member, **changes: str) -> Member:
    wanted = {"first_name": "Jan", "last_name": "Nowak", "phone": "600100200", "language": "pl"} | changes
    return profile.update(member=member, actor=member.person_id, **wanted)


def decide(member: Member, given: bool, kind: str = "email", version: str = NOW) -> Consent:
    return profile.decide(
        member=member, kind=kind, given=given, text_version=version, channel="app", actor=member.person_id
    )


def entries(member: Member) -> list[tuple[str, dict[str, Any]]]:
    rows = AuditEntry.objects.filter(object_type="member", object_id=str(member.pk)).order_by("id")
    return [(row.action, row.data) for row in rows if row.action != "member.enrolled"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("600 100 300", "+48600100300"), ("+48 600-100-300", "+48600100300"), ("(12) 345 67 89", "+48123456789"),
        ("+49 30 901820", "+4930901820"), ("", ""), ("  ", ""),
    ],
)  # fmt: skip
def test_a_phone_is_kept_in_one_form(written: str, kept: str) -> None:
    assert profile.phone_number(written) == kept


@pytest.mark.parametrize("written", ["600", "abc", "+48 000 000 000", "600 100 300 400 500", "+999 12345678"])
def test_a_phone_that_is_none_is_refused(member: Member, written: str) -> None:
    with pytest.raises(DomainError) as refused:
        update(member, first_name="Janusz", phone=written)
    assert (refused.value.code, refused.value.field) == ("BAD_PHONE", "phone")
    assert text("BAD_PHONE", language="pl") == "Ten numer telefonu jest nieprawidłowy. Wpisz na przykład 600 100 200."
    assert Member.objects.get().first_name == "Jan"
    assert entries(member) == []


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"first_name": " "}, "NAME_MISSING", "firstName"), ({"last_name": ""}, "NAME_MISSING", "lastName"),
        ({"last_name": "x" * 81}, "NAME_TOO_LONG", "lastName"), ({"language": "de"}, "UNKNOWN_LANGUAGE", "language"),
    ],
)  # fmt: skip
def test_a_bad_profile_changes_nothing(member: Member, changes: dict[str, str], code: str, field: str) -> None:
    with pytest.raises(DomainError) as refused:
        update(member, **{"phone": "700100200"} | changes)
    assert (refused.value.code, refused.value.field) == (code, field)
    row = Member.objects.get()
    assert (row.first_name, row.last_name, row.contact_phone) == ("Jan", "Nowak", "")


def test_a_changed_profile_is_in_the_timeline_without_its_data(member: Member) -> None:
    update(member, first_name="  Jan   Maria ", phone="700 100 200", language="en")
    row = Member.objects.get()
    assert (row.first_name, row.contact_phone, row.reachable_phone) == ("Jan Maria", "+48700100200", "+48700100200")
    assert entries(member) == [("member.profile_changed", {"fields": ["first_name", "contact_phone"]})]
    assert Person.objects.get(pk=member.person_id).language == "en"
    update(member, first_name="Jan Maria", phone="700100200", language="en")
    assert len(entries(member)) == 1  # nothing changed, nothing told


def test_the_same_phone_in_another_writing_is_no_change(member: Member) -> None:
    update(member, phone="+48 600 100 200")
    assert entries(member) == []
    assert Member.objects.get().reachable_phone == "600 100 200"


def test_a_phone_one_gives_oneself_never_decides_whose_sales_these_are(member: Member) -> None:
    update(member, phone="700 100 200")
    assert Member.objects.get().phone == "600 100 200"  # what sales are matched by


def test_a_name_reaches_the_person_only_where_none_is_known(member: Member) -> None:
    update(member, first_name="Janusz")
    update(member, first_name="Joanna")
    person = Person.objects.get(pk=member.person_id)
    assert (person.first_name, person.last_name) == ("Janusz", "Nowak")


def test_a_consent_is_given_and_withdrawn_and_all_of_it_is_kept(member: Member) -> None:
    assert not selectors.has_consent(member.pk, "email")
    decide(member, True)
    assert selectors.has_consent(member.pk, "email")
    assert not selectors.has_consent(member.pk, "sms")
    decide(member, False)
    assert not selectors.has_consent(member.pk, "email")
    decide(member, True)
    rows = [(row.given, row.text_version, row.channel, row.actor) for row in selectors.consent_history(member.pk)]
    assert rows == [(given, NOW, "app", member.person_id) for given in (True, False, True)]
    assert [name for name, _ in entries(member)] == [
        "member.email_consent_given", "member.email_consent_withdrawn", "member.email_consent_given",
    ]  # fmt: skip
    for name, data in entries(member):
        assert data == {"version": NOW, "channel": "app"}
        assert text(f"timeline.{name}", data, "pl") != text(f"timeline.{name}", data, "en") != f"timeline.{name}"


def test_saying_the_same_again_writes_nothing(member: Member) -> None:
    assert decide(member, True).pk == decide(member, True).pk
    assert selectors.consent_history(member.pk).count() == 1


def test_a_consent_to_an_old_text_is_refused_but_withdrawn_under_any(member: Member) -> None:
    with pytest.raises(DomainError, match="CONSENT_TEXT_CHANGED"):
        decide(member, True, version="2020-01")
    decide(member, True)
    assert decide(member, False, version="2020-01").text_version == NOW  # the text that it was given to


def test_what_is_no_consent_is_refused(member: Member) -> None:
    with pytest.raises(DomainError, match="UNKNOWN_CONSENT"):
        decide(member, True, kind="pigeon")
    with pytest.raises(DomainError, match="CONSENT_NOT_GIVEN"):
        decide(member, False)
    assert not Consent.objects.exists()


@pytest.mark.parametrize("change", ["UPDATE members_consent SET given = false", "DELETE FROM members_consent"])
def test_the_database_keeps_every_decision(member: Member, change: str, superuser: Any) -> None:
    decide(member, True)
    from django.db import connection

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert Consent.objects.get().given


def test_consents_are_each_wholesalers_own(alfa: Any, beta: Any) -> None:
    person = ensure_person(email="jan@example.com")
    for wholesaler in (alfa, beta):
        with tenant_context(wholesaler):
            members.enroll(person=person)
    with tenant_context(alfa):
        decide(Member.objects.get(), True)
    with tenant_context(beta):
        assert not selectors.has_consent(Member.objects.get().pk, "email")
        assert not Consent.objects.exists()


def test_the_member_sees_the_sentence_and_decides(member: Member) -> None:
    person = Person.objects.get(pk=member.person_id)
    client = HostClient(HOST, session_key(person, HOST))
    query = "{ consents { kind given at text textVersion history { given channel } } }"
    _, body = client.graphql("member", query)
    assert [(row["kind"], row["given"], row["at"]) for row in body["data"]["consents"]] == [
        ("email", False, None), ("sms", False, None), ("push", False, None), ("profiling", False, None),
    ]  # fmt: skip
    assert body["data"]["consents"][0]["text"] == (
        "Zgadzam się na otrzymywanie informacji handlowych od Alfa pocztą elektroniczną."
    )
    mutation = "mutation T($input: SetConsentInput!) { setConsent(input: $input) { consents { given } errors { code message } } }"
    given = {"input": {"kind": "email", "given": True, "textVersion": NOW}}
    _, body = client.graphql("member", mutation, given)
    assert [row["given"] for row in body["data"]["setConsent"]["consents"]] == [True, False, False, False]
    given["input"]["textVersion"] = "2020-01"
    _, body = client.graphql("member", mutation, given)
    assert body["data"]["setConsent"]["errors"] == [
        {"code": "CONSENT_TEXT_CHANGED", "message": text("CONSENT_TEXT_CHANGED", language="pl")}
    ]
    change = """mutation T($input: UpdateProfileInput!) { updateProfile(input: $input) {
        me { firstName lastName phone language } errors { code field message } } }"""
    wanted = {"firstName": "Jan", "lastName": "Kowal", "phone": "12", "language": "pl"}
    _, body = client.graphql("member", change, {"input": wanted})
    assert json.dumps(body["data"]["updateProfile"]["errors"], ensure_ascii=False) == json.dumps(
        [{"code": "BAD_PHONE", "field": "phone", "message": text("BAD_PHONE", language="pl")}], ensure_ascii=False
    )
    _, body = client.graphql("member", change, {"input": wanted | {"phone": "700 100 200"}})
    assert body["data"]["updateProfile"]["me"] == wanted | {"phone": "+48700100200"}
