"""The paths of joining: at home for who is signed in there; elsewhere neither the session, nor what was asked for, counts."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from kolektor.identity.services import ensure_person
from kolektor.kernel.tenant import tenant_context
from tenants.members.models import Application, Claim, Member
from tests import tally
from tests.api.client import HostClient, session_key
from tests.isolation.enrollment_rows import applicant, application_of, program_invitation_of
from tests.support_data import World, build


@pytest.fixture
def worlds(alfa: Any, beta: Any) -> tuple[World, World]:
    home = build(alfa, "a")
    return home, build(beta, "b", person=home.person)


def post(client: HostClient, path: str, **form: str) -> tuple[int, Any]:
    answer = client.request("POST", path, data=urlencode(form), content_type="application/x-www-form-urlencoded")
    return answer.status_code, json.loads(answer.content)


def test_an_application_is_of_one_wholesaler(worlds: tuple[World, World]) -> None:
    home, other = worlds
    application_of(home)
    person = applicant(home)
    here = HostClient(home.host, session_key(person, home.host))
    assert json.loads(here.get("/api/registration").content)["application"]["state"] == "waiting"
    for client, status in (
        (HostClient(home.host), 401), (HostClient(other.host, session_key(person, home.host)), 401),
        (HostClient(other.host, session_key(person, other.host)), 200),
    ):  # fmt: skip
        answer = client.get("/api/registration")
        assert answer.status_code == status
        assert "Firma" not in answer.content.decode()
        assert post(client, "/api/registration", withdraw="1")[0] == (401 if status == 401 else 404)
        tally.count("isolation", "guarded path")
    with tenant_context(home.wholesaler):
        assert Application.objects.get().state == "waiting"


def test_a_claim_is_of_one_wholesaler_and_one_session(worlds: tuple[World, World]) -> None:
    home, other = worlds
    person = ensure_person(email="nowy@example.com")
    here = HostClient(home.host, session_key(person, home.host))
    assert post(here, "/api/claims", contact="600100200") == (200, {"resendAfter": 30, "validFor": 600})
    for client in (HostClient(home.host), HostClient(other.host, session_key(person, home.host))):
        for path, form in (("/api/claims", {"contact": "600100200"}), ("/api/claims/confirm", {"code": "123456"})):
            assert post(client, path, **form)[0] == 401
            tally.count("isolation", "guarded path")
    there = HostClient(other.host, session_key(person, other.host))
    assert post(there, "/api/claims/confirm", code="123456")[0] == 400
    with tenant_context(home.wholesaler):
        assert Claim.objects.get().tries == 0
    # a refusal counts, although its request is refused
    assert post(here, "/api/claims/confirm", code="12345")[0] == 400
    with tenant_context(home.wholesaler):
        assert Claim.objects.get().tries == 1


def test_an_invitation_into_the_program_is_for_the_invited_person_at_that_wholesaler(
    worlds: tuple[World, World],
) -> None:
    home, other = worlds
    person = ensure_person(email="zaproszony@example.com")
    invitation = program_invitation_of(home, email="zaproszony@example.com")
    form = {"id": invitation, "kind": "program", "answer": "accept"}
    stranger = ensure_person(email="obcy@example.com")
    for client, status in (
        (HostClient(home.host), 401), (HostClient(other.host, session_key(person, home.host)), 401),
        (HostClient(home.host, session_key(stranger, home.host)), 404),
        (HostClient(other.host, session_key(person, other.host)), 404),
    ):  # fmt: skip
        assert post(client, "/api/invitations", **form)[0] == status
        assert invitation not in client.get("/api/invitations").content.decode()
        tally.count("isolation", "guarded path")
    here = HostClient(home.host, session_key(person, home.host))
    listed = json.loads(here.get("/api/invitations").content)["invitations"]
    assert [(row["id"], row["kind"]) for row in listed] == [(invitation, "program")]
    assert post(here, "/api/invitations", **form) == (200, {"accepted": True})
    with tenant_context(home.wholesaler):
        assert Member.objects.filter(person_id=person.pk).exists()


def test_an_application_by_the_form(worlds: tuple[World, World]) -> None:
    home, _ = worlds
    application_of(home)
    person = ensure_person(email="drugi@example.com")
    here = HostClient(home.host, session_key(person, home.host))
    status, body = post(here, "/api/registration", firstName="Jan", lastName="Nowak", nip="1", firmName="Firma")
    assert (status, body["errors"][0]["code"], body["errors"][0]["field"]) == (400, "BAD_NIP", "nip")
    status, body = post(
        here,
        "/api/registration",
        firstName="Jan",
        lastName="Nowak",
        nip="7740001454",
        firmName="Firma",
        termsVersion="x",
    )
    assert (status, body["application"]) == (200, {"state": "waiting", "firmName": "Firma", "reason": ""})
    assert (body["member"], body["mode"]) == (False, "reviewed")
    status, body = post(here, "/api/registration", withdraw="1")
    assert (status, body["application"]["state"]) == (200, "withdrawn")


def test_a_sign_that_no_text_can_hold_is_refused_and_not_stumbled_over(worlds: tuple[World, World]) -> None:
    home, _ = worlds
    application_of(home)
    person = ensure_person(email="drugi@example.com")
    here = HostClient(home.host, session_key(person, home.host))
    form = {"firstName": "A\x00b", "lastName": "Nowak", "nip": "7740001454", "firmName": "Firma"}
    status, body = post(here, "/api/registration", **form)
    assert (status, body["errors"][0]["code"]) == (400, "BAD_INPUT")
    assert here.get("/api/registration?x=%00").status_code == 400
    admin = HostClient(home.host, session_key(home.admin, home.host))
    answer = admin.request(
        "POST", "/graphql/console", data='{"query": "{ members(search: \\"a\\u0000\\") { totalCount } }"}',
        content_type="application/json",
    )  # fmt: skip
    assert answer.status_code == 400
