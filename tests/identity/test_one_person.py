"""One person at a time in a browser, and a passkey that stands for two factors only when the device knew who held it."""

from __future__ import annotations

from typing import Any

import pytest

from kolektor.audit.models import AuditEntry
from kolektor.identity import second_factor
from kolektor.identity.clients import id_host, origin
from kolektor.identity.models import Person
from kolektor.identity.services import ensure_person
from tests.identity.hosts import PASSWORD, Browser
from tests.identity.passkey import SoftPasskey
from tests.identity.steps import EMAIL, body, code_of, post, sent, signed_in
from tests.identity.test_second_factor import SECRET, add_passkey, with_app

pytestmark = pytest.mark.usefixtures("loop", "mails")


@pytest.fixture
def protected(admin: Person) -> Person:
    second_factor.give_app(admin, secret=SECRET)
    return admin


class TestOnePersonAtATime:
    """Another person signs in where somebody is signed in: the first one leaves, nothing of them stays."""

    @pytest.fixture
    def jan(self, alfa: Any) -> Person:
        return ensure_person(email="jan@example.com", first_name="Jan", password=PASSWORD)

    def test_a_password_on_top_of_somebody_else(self, admin: Person, jan: Person) -> None:
        browser = Browser()
        browser.sign_in("jan@example.com")
        assert browser.sign_in(EMAIL).status_code == 200
        assert browser.session(id_host())["person"]["email"] == EMAIL
        assert body(browser.get(id_host(), "/api/account/security"))["fresh"]

    def test_a_password_of_who_has_a_second_factor(self, protected: Person, jan: Person) -> None:
        browser = Browser()
        browser.sign_in("jan@example.com")
        assert "secondFactor" in body(browser.sign_in(EMAIL))
        assert not signed_in(browser)
        assert with_app(browser).status_code == 200
        assert browser.session(id_host())["person"]["email"] == EMAIL
        entries = AuditEntry.objects.filter(action="person.signed_in").values_list("object_id", flat=True)
        assert list(entries) == [str(jan.pk), str(protected.pk)]

    def test_a_mailed_code(self, admin: Person, jan: Person) -> None:
        browser = Browser()
        browser.sign_in("jan@example.com")
        post(browser, "/auth/code", email=EMAIL)
        assert not signed_in(browser)
        digits = sent()[-1].split()[0]
        assert post(browser, "/auth/code/confirm", code=digits).status_code == 200
        assert browser.session(id_host())["person"]["email"] == EMAIL

    def test_a_touch_without_a_check_of_who_holds_the_key_is_nothing(self, admin: Person, jan: Person) -> None:
        """Also not by way of another account's sign-in that waits for its factor."""
        owner, key = Browser(), SoftPasskey(origin(id_host()))
        owner.sign_in(EMAIL)
        add_passkey(owner, key)
        second_factor.give_app(jan, secret=SECRET)
        thief = Browser()
        thief.sign_in("jan@example.com")
        options = body(post(thief, "/auth/passkey/begin"))["options"]["publicKey"]
        assert options["userVerification"] == "required"
        post(thief, "/auth/code", email="ktos@example.com")
        key.verified = False
        assert code_of(post(thief, "/auth/passkey", credential=key.get(options))) == "PASSKEY_REFUSED"
        assert not signed_in(thief)
        options = body(post(owner, "/auth/passkey/begin"))["options"]["publicKey"]
        assert code_of(post(owner, "/auth/passkey", credential=key.get(options))) == "PASSKEY_REFUSED"

    def test_the_code_that_turned_an_app_on_is_used(self, admin: Person) -> None:
        browser = Browser()
        browser.sign_in(EMAIL)
        app = body(post(browser, "/api/account/app/begin"))
        shown = second_factor.current_code(app["secret"])
        post(browser, "/api/account/app/confirm", code=shown)
        other = Browser()
        other.sign_in(EMAIL)
        assert code_of(post(other, "/auth/second-factor", code=shown)) == "FACTOR_REFUSED"

    def test_codes_to_prove_oneself_are_counted_by_person_too(self, admin: Person) -> None:
        browser = Browser()
        browser.sign_in(EMAIL)
        codes = []
        for _ in range(2):
            post(browser, "/auth/again/code")
            codes += [post(browser, "/auth/again/code/confirm", code="000000").status_code for _ in range(4)]
        assert codes == [400] * 5 + [429] * 3
