"""Choosing a password; whose failed tries are counted with whose; mails about a new browser."""

from __future__ import annotations

import pytest
from django.core import mail

from kolektor.identity.clients import id_host, origin
from kolektor.identity.models import Person
from kolektor.identity.services import ensure_person
from tests.identity.hosts import HOST, PASSWORD, Browser
from tests.identity.steps import EMAIL, code_of, post, sent, signed_in

pytestmark = pytest.mark.usefixtures("loop", "mails")


class TestPassword:
    def test_a_new_password_ends_the_other_sessions(self, admin: Person) -> None:
        here, phone = Browser(), Browser()
        for browser in (here, phone):
            browser.sign_in(EMAIL)
            browser.follow(HOST, "/auth/login?next=/console")
        assert post(here, "/api/account/password", password="zupełnie nowe słowa").status_code == 200
        assert signed_in(here)
        assert not signed_in(phone)
        assert not phone.session(HOST)["authenticated"]
        assert Browser().sign_in(EMAIL).status_code == 400
        assert Browser().sign_in(EMAIL, "zupełnie nowe słowa").status_code == 200
        assert "Hasło zostało zmienione" in sent()

    @pytest.mark.parametrize(
        ("password", "code"),
        [
            ("krótkie", "PASSWORD_TOO_SHORT"),
            ("1234567890", "PASSWORD_TOO_COMMON"),
            ("anna@example.com", "PASSWORD_TOO_SIMILAR"),
            ("x" * 201, "PASSWORD_TOO_LONG"),
        ],
    )
    def test_a_weak_one_is_refused_and_the_old_one_stays(self, admin: Person, password: str, code: str) -> None:
        browser = Browser()
        browser.sign_in(EMAIL)
        answer = post(browser, "/api/account/password", password=password)
        assert (answer.status_code, code_of(answer)) == (400, code)
        assert Browser().sign_in(EMAIL).status_code == 200


class TestBrowsers:
    def test_a_stranger_who_guesses_locks_out_no_one_but_strangers(self, admin: Person) -> None:
        own = Browser()
        own.sign_in(EMAIL)
        own.at(id_host()).post("/auth/logout", {})
        stranger = [Browser().sign_in(EMAIL, f"guess-{n}").status_code for n in range(7)]
        assert stranger[-1] == 429
        assert Browser().sign_in(EMAIL).status_code == 429
        # the browser that the person has used counts for itself
        assert own.sign_in(EMAIL).status_code == 200
        own.at(id_host()).post("/auth/logout", {})
        assert [own.sign_in(EMAIL, "typo").status_code for _ in range(6)] == [400] * 5 + [429]

    def test_codes_asked_for_by_a_stranger_leave_the_person_theirs(self, admin: Person) -> None:
        own = Browser()
        own.sign_in(EMAIL)
        own.at(id_host()).post("/auth/logout", {})
        stranger = [post(Browser(), "/auth/code", email=EMAIL).status_code for _ in range(4)]
        assert stranger == [200, 200, 200, 429]
        assert post(own, "/auth/code", email=EMAIL).status_code == 200

    def test_a_cookie_of_somebody_else_opens_no_count(self, admin: Person) -> None:
        ensure_person(email="obcy@example.com", password=PASSWORD)
        other = Browser()
        other.sign_in("obcy@example.com")
        other.at(id_host()).post("/auth/logout", {})
        for n in range(5):
            Browser().sign_in(EMAIL, f"guess-{n}")
        assert other.sign_in(EMAIL).status_code == 429

    def test_a_new_browser_is_told_by_mail_but_not_the_first(self, admin: Person) -> None:
        first = Browser()
        first.sign_in(EMAIL)
        assert sent() == []
        first.at(id_host()).post("/auth/logout", {})
        first.sign_in(EMAIL)
        assert sent() == []
        Browser().sign_in(EMAIL)
        assert sent() == ["Logowanie z nowej przeglądarki"]
        text = str(mail.outbox[-1].body)
        assert f"{origin(id_host())}/account/security" in text

    def test_a_torn_cookie_is_no_cookie(self, admin: Person) -> None:
        browser = Browser()
        browser.at(id_host()).client.cookies["kolektor_device"] = "torn"
        assert browser.sign_in(EMAIL).status_code == 200
