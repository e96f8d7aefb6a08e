"""One sign-on over all hosts: code flow with PKCE against our own provider, host-bound sessions, sign-out."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from kolektor.identity.clients import id_host
from kolektor.identity.models import HostSession, Person
from kolektor.identity.services import ensure_person, sign_out_everywhere
from kolektor.kernel.tenant import tenant_context
from tenants.members import services as members
from tests.api.client import CSRF, HostClient, session_key
from tests.identity.hosts import HOST, OTHER, PASSWORD, Browser

pytestmark = pytest.mark.usefixtures("loop")


@pytest.fixture
def person(alfa: Any, beta: Any) -> Person:
    made = ensure_person(email="Jan@Example.com", first_name="Jan", last_name="Nowak", password=PASSWORD)
    for wholesaler in (alfa, beta):
        with tenant_context(wholesaler):
            members.enroll(person=made)
    return made


def test_one_sign_in_opens_both_programs(person: Person) -> None:
    browser = Browser()
    host, path, _ = browser.follow(HOST, "/auth/login?next=/history")
    assert host == id_host()
    assert parse_qs(urlsplit(path).query)["next"][0].startswith("/identity/o/authorize")
    assert browser.sign_in().status_code == 200
    host, path, _ = browser.follow(HOST, "/auth/login?next=/history")
    assert (host, path) == (HOST, "/history")
    assert browser.session(HOST)["person"]["email"] == "jan@example.com"
    assert browser.session(HOST)["roles"] == ["member"]
    host, path, _ = browser.follow(OTHER, "/auth/login?next=/")
    assert (host, path) == (OTHER, "/")
    assert browser.session(OTHER)["authenticated"]


def test_the_switcher_shows_only_ones_own_programs(person: Person) -> None:
    browser = Browser()
    assert browser.get(id_host(), "/api/programs").status_code == 401
    browser.sign_in()
    body = json.loads(browser.get(id_host(), "/api/programs").content)
    assert [item["wholesaler"] for item in body["programs"]] == ["alfa", "beta"]
    stranger = Browser()
    ensure_person(email="x@example.com", password=PASSWORD)
    stranger.sign_in("x@example.com")
    assert json.loads(stranger.get(id_host(), "/api/programs").content) == {"programs": [], "networks": []}


@pytest.mark.parametrize(
    ("email", "password"), [("jan@example.com", "wrong-password"), ("nobody@example.com", PASSWORD), ("", "")]
)
def test_one_error_for_every_failure(person: Person, email: str, password: str) -> None:
    answer = Browser().sign_in(email, password)
    assert answer.status_code == 400
    assert json.loads(answer.content)["errors"] == [
        {"code": "SIGN_IN_REFUSED", "field": None, "message": "E-mail lub hasło się nie zgadza."}
    ]


def test_guessing_is_throttled_per_account(person: Person) -> None:
    codes = [Browser().sign_in(password=f"guess-{n}").status_code for n in range(7)]
    assert codes[:5] == [400] * 5
    assert codes[-1] == 429
    assert Browser().sign_in().status_code == 429  # also the right password, for a while
    ensure_person(email="other@example.com", password=PASSWORD)
    assert Browser().sign_in("other@example.com").status_code == 200


def test_a_session_of_one_host_is_nothing_at_another(person: Person) -> None:
    key = session_key(person, HOST)
    assert json.loads(HostClient(HOST, key).get("/session").content)["authenticated"]
    for host in (OTHER, id_host()):
        assert not json.loads(HostClient(host, key).get("/session").content)["authenticated"]
    assert HostSession.objects.filter(session_key=key).exists()  # a stranger's try does not end it


def test_sign_out_here_leaves_the_other_hosts(person: Person) -> None:
    browser = Browser()
    browser.sign_in()
    browser.follow(HOST, "/auth/login")
    browser.follow(OTHER, "/auth/login")
    assert browser.at(HOST).post("/auth/logout", {}).status_code == 200
    assert not browser.session(HOST)["authenticated"]
    assert browser.session(OTHER)["authenticated"]


def test_sign_out_everywhere(person: Person) -> None:
    browser, phone = Browser(), Browser()
    for device in (browser, phone):
        device.sign_in()
        device.follow(HOST, "/auth/login")
    assert browser.at(id_host()).post("/auth/logout", {"everywhere": True}).status_code == 200
    for device in (browser, phone):
        for host in (HOST, id_host()):
            assert not device.session(host)["authenticated"]


def test_sign_out_everywhere_spares_other_people(person: Person) -> None:
    other = ensure_person(email="o@example.com")
    key = session_key(other, HOST)
    session_key(person, HOST)
    assert sign_out_everywhere(person_id=person.pk) == 1
    assert HostSession.objects.filter(session_key=key).exists()


def test_the_session_key_changes_at_sign_in(person: Person) -> None:
    browser = Browser()
    browser.sign_in()
    browser.get(HOST, "/auth/login")
    before = browser.at(HOST).client.cookies["kolektor_session"].value
    browser.follow(HOST, "/auth/login")
    assert browser.at(HOST).client.cookies["kolektor_session"].value != before


def authorize_query(browser: Browser) -> dict[str, str]:
    answer = browser.get(HOST, "/auth/login")
    return {key: values[0] for key, values in parse_qs(urlsplit(answer["Location"]).query).items()}


def test_pkce_is_required(person: Person) -> None:
    from urllib.parse import urlencode

    browser = Browser()
    browser.sign_in()
    for drop in ("code_challenge", "code_challenge_method"):
        query = authorize_query(browser)
        query.pop(drop)
        answer = browser.get(id_host(), f"/identity/o/authorize?{urlencode(query)}")
        assert answer.status_code == 400
        assert json.loads(answer.content)["errors"][0]["code"] == "PKCE_REQUIRED"


def test_a_redirect_elsewhere_is_refused(person: Person) -> None:
    from urllib.parse import urlencode

    browser = Browser()
    browser.sign_in()
    query = authorize_query(browser) | {"redirect_uri": "http://evil.example/auth/callback"}
    answer = browser.get(id_host(), f"/identity/o/authorize?{urlencode(query)}")
    assert "Location" not in answer


@pytest.mark.parametrize("change", ["state", "code", "replayed", "other browser"])
def test_a_tampered_callback_signs_nobody_in(person: Person, change: str) -> None:
    browser = Browser()
    browser.sign_in()
    first = urlsplit(browser.get(HOST, "/auth/login")["Location"])
    back = urlsplit(browser.get(id_host(), f"{first.path}?{first.query}")["Location"])
    query = parse_qs(back.query)
    code, state = query["code"][0], query["state"][0]
    if change == "replayed":
        assert browser.get(HOST, f"/auth/callback?code={code}&state={state}").status_code == 302
        browser.at(HOST).post("/auth/logout", {})
    if change == "other browser":
        browser = Browser()
    state = "x" if change == "state" else state
    code = "x" if change == "code" else code
    browser.get(HOST, f"/auth/callback?code={code}&state={state}")
    assert not browser.session(HOST)["authenticated"]


@pytest.mark.parametrize("path", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_next_stays_on_the_host(person: Person, path: str) -> None:
    browser = Browser()
    answer = browser.at(id_host()).post(
        "/auth/password", {"email": "jan@example.com", "password": PASSWORD, "next": path}
    )
    assert json.loads(answer.content)["next"] == "/"


def test_language_is_kept_on_the_person(person: Person) -> None:
    browser = Browser()
    browser.sign_in()
    assert browser.at(id_host()).post("/session/language", {"language": "en"}).status_code == 200
    assert browser.session(id_host())["person"]["language"] == "en"
    answer = browser.at(id_host()).post("/session/language", {"language": "de"})
    assert (answer.status_code, json.loads(answer.content)["errors"][0]["code"]) == (400, "UNKNOWN_LANGUAGE")


def test_a_post_without_csrf_is_refused(person: Person) -> None:
    answer = Client(enforce_csrf_checks=True).post(
        "/auth/password", data="{}", content_type="application/json", headers={"host": id_host()}
    )
    assert answer.status_code == 403
    assert CSRF


def test_unknown_host_gets_a_helpful_page(db: None) -> None:
    answer = HostClient("nobody.kolektor.localhost").get("/")
    assert answer.status_code == 404
    text = answer.content.decode()
    assert "nobody.kolektor.localhost" in text
    assert f"http://{id_host()}" in text
    script = HostClient("<script>.kolektor.localhost").get("/")
    assert script.status_code == 404
    assert b"<script>" not in script.content
