"""The second factor: an app's codes, recovery codes, passkeys; who needs one, and what a session without it may not do."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.http import HttpResponse

from kolektor.audit.models import AuditEntry
from kolektor.identity import second_factor
from kolektor.identity.clients import id_host, origin
from kolektor.identity.models import HostSession, Person
from kolektor.identity.services import ensure_person
from kolektor.kernel import clock
from tests.identity.hosts import HOST, PASSWORD, Browser
from tests.identity.passkey import SoftPasskey
from tests.identity.steps import EMAIL, body, code_of, post, sent, signed_in

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
VIEWER = "{ viewer { email } }"

pytestmark = pytest.mark.usefixtures("loop", "mails")


@pytest.fixture
def protected(admin: Person) -> Person:
    second_factor.give_app(admin, secret=SECRET)
    return admin


def with_app(browser: Browser, *, offset: int = 0) -> HttpResponse:
    return post(browser, "/auth/second-factor", code=second_factor.current_code(SECRET, offset=offset))


def add_passkey(browser: Browser, key: SoftPasskey) -> dict[str, Any]:
    options = body(post(browser, "/api/account/passkeys/begin"))["options"]["publicKey"]
    assert options["rp"]["id"] == id_host()
    answer = post(browser, "/api/account/passkeys/add", name="Telefon", credential=key.create(options))
    assert answer.status_code == 200, answer.content
    return body(answer)


class TestSigningIn:
    def test_a_password_alone_signs_nobody_in(self, protected: Person) -> None:
        browser = Browser()
        answer = browser.sign_in(EMAIL)
        assert body(answer) == {"ok": True, "secondFactor": {"code": True, "passkey": False}}
        assert not signed_in(browser)
        assert with_app(browser).status_code == 200
        assert signed_in(browser)

    def test_a_mailed_code_alone_does_not_either(self, protected: Person) -> None:
        browser = Browser()
        post(browser, "/auth/code", email=EMAIL)
        digits = sent()[-1].split()[0]
        assert body(post(browser, "/auth/code/confirm", code=digits))["secondFactor"]["code"]
        assert not signed_in(browser)
        assert with_app(browser).status_code == 200

    def test_a_code_works_once_also_within_its_three_half_minutes(self, protected: Person) -> None:
        with time_machine.travel(datetime(2026, 5, 4, 12, 0, 5, tzinfo=UTC), tick=False) as now:
            first, second = Browser(), Browser()
            for browser in (first, second):
                browser.sign_in(EMAIL)
            shown = second_factor.current_code(SECRET)
            assert post(first, "/auth/second-factor", code=shown).status_code == 200
            # allauth's own note of used codes is gone after one period, the code lives for two more
            now.move_to(datetime(2026, 5, 4, 12, 0, 55, tzinfo=UTC))
            answer = post(second, "/auth/second-factor", code=shown)
            assert (answer.status_code, code_of(answer)) == (400, "FACTOR_REFUSED")
            assert with_app(second).status_code == 200

    @pytest.mark.parametrize(("offset", "status"), [(-2, 400), (-1, 200), (0, 200), (1, 200), (2, 400)])
    def test_a_clock_may_be_half_a_minute_off(self, protected: Person, offset: int, status: int) -> None:
        browser = Browser()
        browser.sign_in(EMAIL)
        assert with_app(browser, offset=offset).status_code == status
        assert signed_in(browser) == (status == 200)

    def test_guessing_codes_is_throttled_per_account(self, protected: Person) -> None:
        codes = []
        for _ in range(6):
            browser = Browser()
            browser.sign_in(EMAIL)
            codes.append(post(browser, "/auth/second-factor", code="000000").status_code)
        assert codes == [400] * 5 + [429]

    def test_nobody_waits_for_a_second_factor(self, protected: Person) -> None:
        answer = with_app(Browser())
        assert (answer.status_code, code_of(answer)) == (400, "FACTOR_REFUSED")

    def test_the_secret_lies_sealed(self, protected: Person) -> None:
        row = Authenticator.objects.get(user=protected)
        assert SECRET not in json.dumps(row.data)

    def test_one_of_our_operators_takes_it_off_for_who_has_lost_all(self, protected: Person) -> None:
        assert second_factor.take_off(protected, reason="dowód okazany na wideo") == 1
        browser = Browser()
        assert body(browser.sign_in(EMAIL))["next"] == "/"
        assert sent() == ["Zdjęto drugi składnik logowania"]
        entry = AuditEntry.objects.get(action="person.factors_taken_off")
        assert entry.data["reason"] == "dowód okazany na wideo"


class TestStaff:
    def graphql(self, browser: Browser) -> tuple[int, dict[str, Any]]:
        return browser.at(HOST).graphql("console", VIEWER)

    def test_a_console_opens_after_two_factors_only(self, admin: Person) -> None:
        browser = Browser()
        browser.sign_in(EMAIL)
        browser.follow(HOST, "/auth/login?next=/console")
        session = browser.session(HOST)
        assert (session["roles"], session["twoFactors"]) == (["program_admin"], False)
        status, answer = self.graphql(browser)
        assert (status, answer["errors"][0]["code"]) == (403, "SECOND_FACTOR_REQUIRED")

        # asked for one, the sign-on leads to where one is added, and from there back into the flow
        host, path, _ = browser.follow(HOST, "/auth/login?next=/console&two-factors=1")
        assert (host, path.split("?")[0]) == (id_host(), "/account/second-factor")
        key = SoftPasskey(origin(id_host()))
        added = add_passkey(browser, key)
        assert len(added["recoveryCodes"]) == 10
        host, path, _ = browser.follow(HOST, "/auth/login?next=/console&two-factors=1")
        assert (host, path) == (HOST, "/console")
        assert self.graphql(browser)[0] == 200

    def test_who_has_one_is_asked_for_it_and_comes_back(self, protected: Person) -> None:
        browser = Browser()
        browser.sign_in(EMAIL)
        with_app(browser)
        host, path, _ = browser.follow(HOST, "/auth/login?next=/console&two-factors=1")
        assert (host, path) == (HOST, "/console")
        assert self.graphql(browser)[0] == 200

    def test_it_counts_for_twelve_hours(self, protected: Person) -> None:
        began = datetime(2026, 5, 4, 6, tzinfo=UTC)
        with time_machine.travel(began, tick=False) as now:
            browser = Browser()
            browser.sign_in(EMAIL)
            with_app(browser)
            browser.follow(HOST, "/auth/login?next=/console")
            now.move_to(began + timedelta(hours=11, minutes=59))
            assert self.graphql(browser)[0] == 200
            now.move_to(began + timedelta(hours=12, minutes=1))
            status, answer = self.graphql(browser)
            assert (status, answer["errors"][0]["code"]) == (403, "SECOND_FACTOR_REQUIRED")
            host, path, _ = browser.follow(HOST, "/auth/login?next=/console&two-factors=1")
            assert (host, path.split("?")[0]) == (id_host(), "/sign-in/second-factor")
            assert with_app(browser).status_code == 200
            assert browser.follow(HOST, "/auth/login?next=/console&two-factors=1")[:2] == (HOST, "/console")
            assert self.graphql(browser)[0] == 200

    def test_a_callback_without_what_was_asked_for_signs_nobody_in(self, protected: Person) -> None:
        """A browser that takes `acr_values` out of the address comes back with less than its host asked for."""
        browser = Browser()
        with time_machine.travel(datetime(2026, 5, 4, 6, tzinfo=UTC), tick=False) as now:
            browser.sign_in(EMAIL)
            with_app(browser)
            now.move_to(datetime(2026, 5, 4, 20, tzinfo=UTC))
            there = browser.get(HOST, "/auth/login?next=/console&two-factors=1")["Location"]
            path = there.split(id_host(), 1)[1].split("/", 1)[1].replace("acr_values=two-factors", "x=y")
            back = browser.get(id_host(), f"/{path}")["Location"]
            answer = browser.get(HOST, back[back.index("/auth/callback") :])
            assert (answer.status_code, code_of(answer)) == (400, "SIGN_IN_FAILED")
            assert not browser.session(HOST)["authenticated"]


class TestPasskeys:
    @pytest.fixture
    def key(self, admin: Person) -> SoftPasskey:
        browser, key = Browser(), SoftPasskey(origin(id_host()))
        browser.sign_in(EMAIL)
        add_passkey(browser, key)
        return key

    def show(self, browser: Browser, key: SoftPasskey) -> HttpResponse:
        options = body(post(browser, "/auth/passkey/begin"))["options"]["publicKey"]
        return post(browser, "/auth/passkey", credential=key.get(options))

    def test_it_signs_in_alone_and_counts_as_two_factors(self, key: SoftPasskey) -> None:
        browser = Browser()
        assert self.show(browser, key).status_code == 200
        assert browser.follow(HOST, "/auth/login?next=/console&two-factors=1")[:2] == (HOST, "/console")
        assert browser.session(HOST)["twoFactors"]

    def test_it_is_a_second_factor_after_a_password(self, key: SoftPasskey) -> None:
        browser = Browser()
        assert body(browser.sign_in(EMAIL))["secondFactor"] == {"code": True, "passkey": True}
        assert self.show(browser, key).status_code == 200
        assert signed_in(browser)

    @pytest.mark.parametrize(
        "wrong", ["origin", "unverified", "key", "challenge", "user", "nonsense", "nothing", "another's"]
    )
    def test_what_is_not_right_signs_nobody_in(self, key: SoftPasskey, wrong: str) -> None:
        browser = Browser()
        options = body(post(browser, "/auth/passkey/begin"))["options"]["publicKey"]
        thief = SoftPasskey(key.origin, id=key.id, user=key.user)
        if wrong == "origin":
            thief = SoftPasskey("http://id.kolektor.evil", key=key.key, id=key.id, user=key.user)
        if wrong == "unverified":
            thief = SoftPasskey(key.origin, verified=False, key=key.key, id=key.id, user=key.user)
        if wrong in {"challenge", "user"}:
            thief = key
        if wrong == "challenge":
            options["challenge"] = "AAAA" + options["challenge"][4:]
        credential: Any = thief.get(options)
        if wrong == "user":
            credential["response"]["userHandle"] = "MDAw"
        if wrong == "another's":
            other = ensure_person(email="inna@example.com")
            credential["response"]["userHandle"] = second_factor_handle(other)
        if wrong == "nonsense":
            credential = {"id": 7, "response": []}
        if wrong == "nothing":
            credential = None
        answer = post(browser, "/auth/passkey", credential=credential)
        assert (answer.status_code, code_of(answer)) == (400, "PASSKEY_REFUSED")
        assert not signed_in(browser)

    def test_a_shown_passkey_is_not_shown_again(self, key: SoftPasskey) -> None:
        browser = Browser()
        options = body(post(browser, "/auth/passkey/begin"))["options"]["publicKey"]
        credential = key.get(options)
        assert post(browser, "/auth/passkey", credential=credential).status_code == 200
        thief = Browser()
        post(thief, "/auth/passkey/begin")
        assert code_of(post(thief, "/auth/passkey", credential=credential)) == "PASSKEY_REFUSED"

    def test_one_is_removed_and_no_longer_signs_in(self, key: SoftPasskey, admin: Person) -> None:
        browser = Browser()
        self.show(browser, key)
        found = body(browser.get(id_host(), "/api/account/security"))
        [row] = found["passkeys"]
        assert (row["name"], found["recoveryCodes"]) == ("Telefon", 10)
        assert code_of(post(browser, "/api/account/passkeys/remove", id="999999")) == "NOT_FOUND"
        assert post(browser, "/api/account/passkeys/remove", id=row["id"]).status_code == 200
        assert not Authenticator.objects.filter(user=admin).exists()  # recovery codes alone are no second factor
        assert code_of(self.show(Browser(), key)) == "PASSKEY_REFUSED"
        assert sent()[-1] == "Usunięto klucz dostępu z Twojego konta"


def second_factor_handle(person: Person) -> str:
    from fido2.utils import websafe_encode

    return str(websafe_encode(person.pk.hex.encode()))


class TestChangingIt:
    def turn_on(self, browser: Browser) -> tuple[str, list[str]]:
        app = body(post(browser, "/api/account/app/begin"))
        assert app["url"].startswith("otpauth://totp/")
        assert "<svg" in app["qr"]
        answer = post(browser, "/api/account/app/confirm", code=second_factor.current_code(app["secret"]))
        assert answer.status_code == 200, answer.content
        return app["secret"], body(answer)["recoveryCodes"]

    def test_an_app_is_turned_on_with_a_code_of_it(self, admin: Person) -> None:
        browser = Browser()
        browser.sign_in(EMAIL)
        app = body(post(browser, "/api/account/app/begin"))
        right = second_factor.current_code(app["secret"])
        wrong = "000000" if right != "000000" else "111111"
        assert code_of(post(browser, "/api/account/app/confirm", code=wrong)) == "FACTOR_REFUSED"
        assert not Authenticator.objects.exists()
        codes = body(post(browser, "/api/account/app/confirm", code=right))["recoveryCodes"]
        assert len(set(codes)) == 10
        assert sent() == ["Drugi składnik logowania jest włączony"]
        assert AuditEntry.objects.filter(action="person.app_added", actor=admin.pk).exists()

    def test_a_recovery_code_lets_in_once_and_the_person_hears_of_it(self, admin: Person) -> None:
        browser = Browser()
        browser.sign_in(EMAIL)
        _, codes = self.turn_on(browser)
        phone = Browser()
        phone.sign_in(EMAIL)
        assert post(phone, "/auth/second-factor", code=codes[3]).status_code == 200
        again = Browser()
        again.sign_in(EMAIL)
        assert code_of(post(again, "/auth/second-factor", code=codes[3])) == "FACTOR_REFUSED"
        assert post(again, "/auth/second-factor", code=f"{codes[4][:4]} {codes[4][4:]}").status_code == 200
        assert "Użyto kodu zapasowego" in sent()
        assert body(phone.get(id_host(), "/api/account/security"))["recoveryCodes"] == 8

    def test_new_recovery_codes_void_the_old_ones(self, admin: Person) -> None:
        browser = Browser()
        browser.sign_in(EMAIL)
        assert code_of(post(browser, "/api/account/recovery-codes")) == "NO_SECOND_FACTOR"
        _, old = self.turn_on(browser)
        new = body(post(browser, "/api/account/recovery-codes"))["recoveryCodes"]
        assert not set(old) & set(new)
        other = Browser()
        other.sign_in(EMAIL)
        assert code_of(post(other, "/auth/second-factor", code=old[0])) == "FACTOR_REFUSED"
        assert post(other, "/auth/second-factor", code=new[0]).status_code == 200

    def test_an_old_session_proves_itself_first(self, admin: Person) -> None:
        began = datetime(2026, 5, 4, 6, tzinfo=UTC)
        with time_machine.travel(began, tick=False) as now:
            browser = Browser()
            browser.sign_in(EMAIL)
            now.move_to(began + timedelta(minutes=11))
            for path in ("app/begin", "app/confirm", "app/remove", "recovery-codes", "password", "passkeys/begin",
                         "passkeys/add", "passkeys/remove"):  # fmt: skip
                answer = post(browser, f"/api/account/{path}")
                assert (answer.status_code, code_of(answer)) == (403, "REAUTHENTICATION_REQUIRED"), path
            refused = post(browser, "/auth/again/password", password="not this")
            assert (refused.status_code, code_of(refused)) == (400, "PASSWORD_REFUSED")
            assert post(browser, "/auth/again/password", password=PASSWORD).status_code == 200
            assert post(browser, "/api/account/app/begin").status_code == 200

    def test_a_session_of_one_factor_changes_no_second_factor(self, admin: Person) -> None:
        """A thief who can read the person's mail had signed in before the app was turned on."""
        thief, owner = Browser(), Browser()
        thief.sign_in(EMAIL)
        owner.sign_in(EMAIL)
        self.turn_on(owner)
        assert signed_in(thief)
        for path in ("app/remove", "recovery-codes", "passkeys/begin", "password"):
            answer = post(thief, f"/api/account/{path}", password="a-password-of-the-thief")
            assert (answer.status_code, code_of(answer)) == (403, "SECOND_FACTOR_REQUIRED"), path

    def test_the_app_is_removed(self, protected: Person) -> None:
        browser = Browser()
        browser.sign_in(EMAIL)
        with_app(browser)
        assert post(browser, "/api/account/app/remove").status_code == 200
        assert code_of(post(browser, "/api/account/app/remove")) == "NOT_FOUND"
        assert "Aplikacja z kodami została odłączona" in sent()
        assert body(Browser().sign_in(EMAIL))["next"] == "/"


class TestProvingAnew:
    def test_a_mailed_code_proves_it(self, admin: Person) -> None:
        browser = Browser()
        began = clock.now()  # the outbox goes by the database's clock
        with time_machine.travel(began, tick=False) as now:
            browser.sign_in(EMAIL)
            now.move_to(began + timedelta(hours=2))
            assert not body(browser.get(id_host(), "/api/account/security"))["fresh"]
            assert post(browser, "/auth/again/code").status_code == 200
            digits = sent()[-1].split()[0]
            wrong = "000000" if digits != "000000" else "111111"
            assert code_of(post(browser, "/auth/again/code/confirm", code=wrong)) == "CODE_REFUSED"
            assert post(browser, "/auth/again/code/confirm", code=digits).status_code == 200
            assert body(browser.get(id_host(), "/api/account/security"))["fresh"]
            assert code_of(post(browser, "/auth/again/code/confirm", code=digits)) == "CODE_REFUSED"

    def test_five_wrong_codes_void_it(self, admin: Person) -> None:
        browser = Browser()
        browser.sign_in(EMAIL)
        post(browser, "/auth/again/code")
        digits = sent()[-1].split()[0]
        wrong = "000000" if digits != "000000" else "111111"
        for _ in range(5):
            assert code_of(post(browser, "/auth/again/code/confirm", code=wrong)) == "CODE_REFUSED"
        assert code_of(post(browser, "/auth/again/code/confirm", code=digits)) == "TOO_MANY_ATTEMPTS"
        browser.at(id_host()).post("/auth/again/password", {"password": PASSWORD})
        assert browser.session(id_host())["authenticated"]

    def test_a_host_that_asks_for_a_proof_of_now_gets_one(self, admin: Person) -> None:
        began = datetime(2026, 5, 4, 6, tzinfo=UTC)
        with time_machine.travel(began, tick=False) as now:
            browser = Browser()
            browser.sign_in(EMAIL)
            browser.follow(HOST, "/auth/login?next=/")
            now.move_to(began + timedelta(hours=1))
            # an ordinary way through the sign-on proves nothing new
            browser.follow(HOST, "/auth/login?next=/")
            assert self.proved_at(browser) == began.timestamp()
            host, path, _ = browser.follow(HOST, "/auth/login?next=/&fresh=1")
            assert (host, path.split("?")[0]) == (id_host(), "/sign-in/again")
            post(browser, "/auth/again/password", password=PASSWORD)
            assert browser.follow(HOST, "/auth/login?next=/checkout/1&fresh=1")[:2] == (HOST, "/checkout/1")
            assert self.proved_at(browser) == clock.now().timestamp()

    def proved_at(self, browser: Browser) -> float:
        key = browser.at(HOST).client.cookies["kolektor_session"].value
        row = HostSession.objects.get(session_key=key)
        return float(row.get_decoded()["proved_at"])

    def test_a_browser_that_takes_the_wish_out_of_the_address_is_refused(self, admin: Person) -> None:
        began = datetime(2026, 5, 4, 6, tzinfo=UTC)
        with time_machine.travel(began, tick=False) as now:
            browser = Browser()
            browser.sign_in(EMAIL)
            now.move_to(began + timedelta(hours=1))
            there = browser.get(HOST, "/auth/login?next=/&fresh=1")["Location"]
            path = there.split(id_host(), 1)[1].split("/", 1)[1].replace("max_age=120", "x=y")
            back = browser.get(id_host(), f"/{path}")["Location"]
            answer = browser.get(HOST, back[back.index("/auth/callback") :])
            assert (answer.status_code, code_of(answer)) == (400, "SIGN_IN_FAILED")
