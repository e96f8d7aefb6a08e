"""A wholesaler's own shop or app signs people in: consent, tokens, rotation, revocation, and everything that is refused."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import time_machine
from allauth.idp.oidc.models import Client as ClientRow
from allauth.idp.oidc.models import Token
from django.test import Client, override_settings

from kolektor.audit.models import AuditEntry
from kolektor.config.environment import _rsa_key
from kolektor.identity.clients import id_host
from kolektor.identity.models import ClientConsent, Person, TokenFamily
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.tenant import tenant_context
from tenants.program import outside_clients
from tests.api.client import HostClient, session_key
from tests.identity.hosts import HOST, PASSWORD, Browser
from tests.identity.shop import BACK, VERIFIER, Shop, claims_of, registered
from tests.identity.steps import body, code_of

pytestmark = pytest.mark.usefixtures("loop", "mails")


class TestTheWayThrough:
    def test_from_the_question_to_the_last_token(self, shop: Shop, browser: Browser, person: Person) -> None:
        answer = shop.ask(browser)
        there = urlsplit(answer["Location"])
        assert there.path == "/consent"
        asked = body(browser.get(id_host(), f"/api/consent?{there.query}"))
        assert asked == {
            "client": {"id": shop.id, "name": "Sklep alfa", "owner": "Alfa"},
            "scopes": ["openid", "email", "profile"],
        }
        tokens = body(shop.exchange(shop.allowed(browser)))
        claims = claims_of(tokens["id_token"])
        assert claims["aud"] == shop.id
        assert claims["nonce"] == "n-1"
        assert (claims["email"], claims["name"]) == ("jan@example.com", "Jan Nowak")
        assert (claims["acr"], claims["amr"]) == ("one-factor", ["pwd"])
        assert abs(claims["auth_time"] - clock.now().timestamp()) < 60
        # a shop is not told the person's id, which all wholesalers share
        assert claims["sub"] != str(person.pk)
        found = body(shop.whose(tokens["access_token"]))
        assert (found["sub"], found["email"]) == (claims["sub"], "jan@example.com")

        renewed = body(shop.refresh(tokens["refresh_token"]))
        assert renewed["refresh_token"] != tokens["refresh_token"]
        assert shop.whose(renewed["access_token"]).status_code == 200
        assert shop.post("revoke", token=renewed["refresh_token"]).status_code == 200
        for token in (tokens["access_token"], renewed["access_token"]):
            assert shop.whose(token).status_code == 401
        assert shop.refresh(renewed["refresh_token"]).status_code == 400

    def test_who_allowed_it_is_not_asked_again_until_more_is_wanted(self, shop: Shop, browser: Browser) -> None:
        shop.allowed(browser, scope="openid email")
        shop.code_in(shop.ask(browser, scope="openid email"))
        assert urlsplit(shop.ask(browser)["Location"]).path == "/consent"
        assert urlsplit(shop.ask(browser, scope="openid", prompt="consent")["Location"]).path == "/consent"

    def test_who_says_no_goes_back_with_a_no(self, shop: Shop, browser: Browser) -> None:
        next_path = parse_qs(urlsplit(shop.ask(browser)["Location"]).query)["next"][0]
        answer = browser.get(id_host(), f"{next_path}&consent=denied")
        assert answer["Location"] == f"{BACK}?error=access_denied&state=s-1"
        assert not ClientConsent.objects.exists()

    def test_a_scope_narrower_than_allowed_gives_less(self, shop: Shop, browser: Browser) -> None:
        shop.allowed(browser)
        tokens = body(shop.exchange(shop.allowed(browser, scope="openid")))
        assert "email" not in claims_of(tokens["id_token"])
        assert set(body(shop.whose(tokens["access_token"]))) == {"sub"}

    def test_an_app_has_no_secret_and_listens_on_any_port(self, alfa: Any, admin: Person, browser: Browser) -> None:
        app = registered(alfa, admin, kind="native", back="http://127.0.0.1/back")
        assert app.secret == ""
        app.back = "http://127.0.0.1:53682/back"
        assert body(app.exchange(app.allowed(browser)))["refresh_token"]
        assert "Location" not in app.ask(browser, redirect_uri="http://127.0.0.1:53682/elsewhere")
        assert "Location" not in app.ask(browser, redirect_uri="http://127.0.0.1.evil.example/back")

    def test_shops_of_two_wholesalers_cannot_tell_that_it_is_the_same_person(
        self, alfa: Any, beta: Any, admin: Person, browser: Browser
    ) -> None:
        subs = []
        for wholesaler in (alfa, alfa, beta):
            shop = registered(wholesaler, admin)
            subs.append(claims_of(body(shop.exchange(shop.allowed(browser)))["id_token"])["sub"])
        assert subs[0] == subs[1]
        assert subs[0] != subs[2]

    def test_a_second_factor_and_a_proof_of_now_can_be_asked_for(self, shop: Shop, browser: Browser) -> None:
        there = urlsplit(shop.ask(browser, acr_values="two-factors")["Location"])
        assert there.path == "/account/second-factor"
        with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
            assert urlsplit(shop.ask(browser, max_age="60")["Location"]).path == "/sign-in/again"
            assert urlsplit(shop.ask(browser, prompt="login")["Location"]).path == "/sign-in/again"

    def test_nobody_is_shown_a_page_when_none_may_be_shown(self, shop: Shop, browser: Browser) -> None:
        stranger = Browser()
        assert "error=login_required" in shop.ask(stranger, prompt="none")["Location"]
        assert "error=consent_required" in shop.ask(browser, prompt="none")["Location"]
        shop.allowed(browser)
        tokens = body(shop.exchange(shop.code_in(shop.ask(browser, prompt="none"))))
        assert claims_of(tokens["id_token"])["auth_time"]

    def test_what_another_shop_was_allowed_is_no_consent_for_this_one(
        self, shop: Shop, alfa: Any, admin: Person, browser: Browser
    ) -> None:
        body(shop.exchange(shop.allowed(browser)))
        other = registered(alfa, admin)
        assert "error=consent_required" in other.ask(browser, prompt="none")["Location"]


class TestRefused:
    @pytest.mark.parametrize("missing", ["code_challenge", "code_challenge_method"])
    def test_without_pkce(self, shop: Shop, browser: Browser, missing: str) -> None:
        answer = shop.ask(browser, **{missing: None})
        assert (answer.status_code, code_of(answer)) == (400, "PKCE_REQUIRED")

    def test_with_plain_pkce(self, shop: Shop, browser: Browser) -> None:
        answer = shop.ask(browser, code_challenge=VERIFIER, code_challenge_method="plain")
        assert (answer.status_code, code_of(answer)) == (400, "PKCE_REQUIRED")

    @pytest.mark.parametrize("verifier", [None, "", "another-verifier-" + "y" * 40])
    def test_with_a_wrong_verifier(self, shop: Shop, browser: Browser, verifier: str | None) -> None:
        answer = shop.exchange(shop.allowed(browser), verifier=verifier)
        assert answer.status_code == 400
        assert not Token.objects.exists()

    @pytest.mark.parametrize(
        "wrong",
        ["https://sklep.example/wroc/", "https://sklep.example/wroc?x=1", "https://evil.example/wroc",
         "http://sklep.example/wroc", "https://sklep.example:8443/wroc", "https://sklep.example.evil.example/wroc",
         "https://sklep.example/WROC", "javascript:alert(1)", ""],
    )  # fmt: skip
    def test_to_another_address(self, shop: Shop, browser: Browser, wrong: str) -> None:
        answer = shop.ask(browser, redirect_uri=wrong)
        assert "Location" not in answer

    def test_with_another_address_at_the_exchange(self, shop: Shop, browser: Browser) -> None:
        answer = shop.exchange(shop.allowed(browser), redirect_uri="https://sklep.example/inny")
        assert answer.status_code == 400

    def test_with_a_wrong_secret_or_none(self, shop: Shop, browser: Browser) -> None:
        code = shop.allowed(browser)
        for secret in ("not-this-one", ""):
            given = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": VERIFIER}
            answer = shop.post("token", secret=secret, **given)
            assert (answer.status_code, body(answer)["error"]) == (401, "invalid_client")

    def test_a_code_that_is_a_minute_old(self, shop: Shop, browser: Browser) -> None:
        code = shop.allowed(browser)
        with time_machine.travel(clock.now() + timedelta(seconds=61)):
            answer = shop.exchange(code)
        assert (answer.status_code, body(answer)["error"]) == (400, "invalid_grant")

    def test_tokens_that_are_too_old(self, shop: Shop, browser: Browser) -> None:
        tokens = body(shop.exchange(shop.allowed(browser)))
        with time_machine.travel(clock.now() + timedelta(minutes=11)):
            assert shop.whose(tokens["access_token"]).status_code == 401
        with time_machine.travel(clock.now() + timedelta(days=31)):
            assert shop.refresh(tokens["refresh_token"]).status_code == 400

    def test_a_code_shown_twice_and_everything_it_gave_is_void(self, shop: Shop, browser: Browser) -> None:
        code = shop.allowed(browser)
        tokens = body(shop.exchange(code))
        renewed = body(shop.refresh(tokens["refresh_token"]))
        answer = shop.exchange(code)
        assert (answer.status_code, body(answer)["error"]) == (400, "invalid_grant")
        assert shop.whose(renewed["access_token"]).status_code == 401
        assert shop.refresh(renewed["refresh_token"]).status_code == 400
        assert AuditEntry.objects.get(action="person.tokens_revoked").data["reason"] == "shown_again"

    def test_an_old_refresh_token_ends_its_family_and_no_other(self, shop: Shop, browser: Browser) -> None:
        first = body(shop.exchange(shop.allowed(browser)))
        other = body(shop.exchange(shop.allowed(browser)))
        second = body(shop.refresh(first["refresh_token"]))
        third = body(shop.refresh(second["refresh_token"]))
        assert shop.refresh(first["refresh_token"]).status_code == 400
        assert shop.whose(third["access_token"]).status_code == 401
        assert shop.refresh(third["refresh_token"]).status_code == 400
        assert shop.whose(other["access_token"]).status_code == 200
        assert shop.refresh(other["refresh_token"]).status_code == 200

    def test_another_tenants_client_gets_nothing_and_ends_nothing(
        self, shop: Shop, beta: Any, admin: Person, browser: Browser
    ) -> None:
        thief = registered(beta, admin)
        code = shop.allowed(browser)
        assert body(thief.exchange(code))["error"] == "invalid_grant"
        tokens = body(shop.exchange(code))  # its own client is not harmed by the thief's try
        assert thief.refresh(tokens["refresh_token"]).status_code == 400
        assert thief.exchange(code).status_code == 400
        assert thief.post("revoke", token=tokens["refresh_token"]).status_code == 200
        assert shop.whose(tokens["access_token"]).status_code == 200
        assert shop.refresh(tokens["refresh_token"]).status_code == 200

    @pytest.mark.parametrize("grant", ["password", "client_credentials", "implicit", ""])
    def test_any_other_grant(self, shop: Shop, person: Person, grant: str) -> None:
        answer = shop.post("token", grant_type=grant, username=person.email, password=PASSWORD)
        assert answer.status_code == 400
        assert not Token.objects.exists()

    @pytest.mark.parametrize("kind", ["token", "id_token", "code token", "none"])
    def test_any_other_response_type(self, shop: Shop, browser: Browser, kind: str) -> None:
        there = shop.ask(browser, response_type=kind).get("Location", "")
        assert "error=" in there or not there
        assert "access_token" not in there

    def test_a_token_in_the_address_reads_nothing(self, shop: Shop, browser: Browser) -> None:
        tokens = body(shop.exchange(shop.allowed(browser)))
        answer: Any = Client().get(
            f"/identity/o/api/userinfo?access_token={tokens['access_token']}", HTTP_HOST=id_host()
        )
        assert answer.status_code == 401

    def test_an_id_token_without_a_signature(
        self, person: Person, browser: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Our own relying party takes no token with `alg` none, whoever serves it."""

        def unsigned(self: Any) -> Any:
            answer = json.loads(self.content)
            if "id_token" in answer:
                header = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').decode().rstrip("=")
                answer["id_token"] = f"{header}.{answer['id_token'].split('.')[1]}."
            return answer

        monkeypatch.setattr(httpx.Response, "json", unsigned)
        host, _, answer = browser.follow(HOST, "/auth/login?next=/")
        assert (host, answer.status_code, code_of(answer)) == (HOST, 400, "SIGN_IN_FAILED")
        assert not browser.session(HOST)["authenticated"]


class TestTakingBack:
    def test_the_person_takes_a_consent_back(self, shop: Shop, browser: Browser) -> None:
        tokens = body(shop.exchange(shop.allowed(browser)))
        [row] = body(browser.get(id_host(), "/api/clients"))["clients"]
        assert (row["name"], row["owner"], row["scopes"]) == ("Sklep alfa", "Alfa", ["email", "openid", "profile"])
        assert browser.at(id_host()).post("/api/clients/withdraw", {"id": shop.id}).status_code == 200
        assert shop.whose(tokens["access_token"]).status_code == 401
        assert shop.refresh(tokens["refresh_token"]).status_code == 400
        assert urlsplit(shop.ask(browser)["Location"]).path == "/consent"
        again = browser.at(id_host()).post("/api/clients/withdraw", {"id": shop.id})
        assert (again.status_code, code_of(again)) == (404, "NOT_FOUND")

    def test_signing_out_ends_what_that_session_gave(self, shop: Shop, browser: Browser, person: Person) -> None:
        phone = Browser()
        phone.sign_in()
        here, there = (body(shop.exchange(shop.allowed(each))) for each in (browser, phone))
        browser.at(id_host()).post("/auth/logout", {})
        assert shop.whose(here["access_token"]).status_code == 401
        assert shop.whose(there["access_token"]).status_code == 200
        phone.at(id_host()).post("/auth/logout", {"everywhere": True})
        assert shop.whose(there["access_token"]).status_code == 401
        assert not TokenFamily.objects.filter(revoked_at=None).exists()

    def test_a_person_who_is_locked_reads_and_refreshes_nothing(
        self, shop: Shop, browser: Browser, person: Person
    ) -> None:
        tokens = body(shop.exchange(shop.allowed(browser)))
        Person.objects.filter(pk=person.pk).update(is_active=False)
        assert shop.whose(tokens["access_token"]).status_code == 401
        assert shop.refresh(tokens["refresh_token"]).status_code == 400


class TestKeysAndDiscovery:
    def test_discovery_says_what_is_true(self, shop: Shop) -> None:
        found = json.loads(HostClient(id_host()).get("/.well-known/openid-configuration").content)
        assert found["code_challenge_methods_supported"] == ["S256"]
        assert found["id_token_signing_alg_values_supported"] == ["RS256"]
        assert found["grant_types_supported"] == ["authorization_code", "refresh_token"]
        assert found["response_types_supported"] == ["code"]
        assert "device_authorization_endpoint" not in found
        assert found["backchannel_logout_supported"] is True

    def test_a_new_key_signs_and_the_old_one_is_still_known(self, shop: Shop, browser: Browser, settings: Any) -> None:
        old = body(shop.exchange(shop.allowed(browser)))["id_token"]
        keys = settings.IDP_OIDC_PRIVATE_KEYS
        newer = {"pem": _rsa_key(), "issued_at": "2026-06-01T00:00:00+00:00"}
        with override_settings(IDP_OIDC_PRIVATE_KEYS=[newer, *keys]):
            new = body(shop.exchange(shop.allowed(browser)))["id_token"]
            known = {
                key["kid"] for key in json.loads(HostClient(id_host()).get("/.well-known/jwks.json").content)["keys"]
            }
            kids = [json.loads(base64.urlsafe_b64decode(token.split(".")[0] + "==")).get("kid") for token in (old, new)]
            assert kids[0] != kids[1]
            assert set(kids) <= known
            # our own hosts look the new one up
            assert browser.follow(HOST, "/auth/login?next=/")[0] == HOST
            assert browser.session(HOST)["authenticated"]


class TestRegistering:
    def test_a_secret_is_kept_by_nobody_but_the_shop(self, shop: Shop) -> None:
        row = ClientRow.objects.get(pk=shop.id)
        assert shop.secret not in row.secret
        assert row.check_secret(shop.secret)

    @pytest.mark.parametrize(
        ("kind", "address"),
        [
            ("web", "http://sklep.example/wroc"), ("web", "https://*.sklep.example/wroc"), ("web", "https://sklep.example/#x"),
            ("web", "https://user:pass@sklep.example/"), ("web", "pl.sklep.app:/wroc"), ("web", "https:///wroc"),
            ("web", "https://sklep.example/a b"), ("web", "https://sklep.example/\\evil"), ("web", "javascript:alert(1)"),
            ("web", "https://sklep.example:99999/"), ("web", "https://sklep.example/" + "x" * 500), ("web", ""),
            ("native", "sklep:/wroc"), ("native", "pl.sklep.app://host/wroc"), ("native", "http://10.0.0.1/wroc"),
            ("native", "javascript:alert(1)"), ("native", "data:text/html,x"), ("web", "https://sklęp.example/"),
        ],
    )  # fmt: skip
    def test_an_address_that_could_be_anybodys_is_refused(
        self, alfa: Any, admin: Person, kind: str, address: str
    ) -> None:
        with tenant_context(alfa), pytest.raises(DomainError) as refused:
            outside_clients.register(name="Sklep", kind=kind, redirect_uris=[address], logout_uri="", actor=admin.pk)
        assert refused.value.code == "BAD_REDIRECT_URI"
        assert not ClientRow.objects.filter(skip_consent=False).exists()

    @pytest.mark.parametrize(
        ("kind", "address"),
        [("web", "https://sklep.example/wroc?tryb=1"), ("web", "http://localhost:3000/cb"), ("native", "pl.sklep.app:/wroc"),
         ("native", "http://[::1]/wroc"), ("native", "https://sklep.example/app")],
    )  # fmt: skip
    def test_other_addresses_are_taken(self, alfa: Any, admin: Person, kind: str, address: str) -> None:
        with tenant_context(alfa):
            made = outside_clients.register(
                name=" Mój  sklep ", kind=kind, redirect_uris=[address, address], logout_uri="", actor=admin.pk
            )
        assert (made.client.name, made.client.redirect_uris) == ("Mój sklep", (address,))

    def test_the_old_secret_is_void_at_once(self, shop: Shop, alfa: Any, admin: Person, browser: Browser) -> None:
        with tenant_context(alfa):
            renewed = outside_clients.renew_secret(client_id=shop.id, actor=admin.pk)
        code = shop.allowed(browser)
        assert shop.exchange(code).status_code == 401
        shop.secret = renewed.secret
        assert shop.exchange(code).status_code == 200

    def test_a_removed_shop_is_gone_with_its_tokens(
        self, shop: Shop, alfa: Any, beta: Any, admin: Person, browser: Browser
    ) -> None:
        tokens = body(shop.exchange(shop.allowed(browser)))
        with tenant_context(beta), pytest.raises(NotFound):
            outside_clients.remove(client_id=shop.id, actor=admin.pk)
        with tenant_context(alfa):
            outside_clients.remove(client_id=shop.id, actor=admin.pk)
            actions = AuditEntry.objects.filter(object_type="program").values_list("action", flat=True)
            assert list(actions)[-2:] == ["program.client_registered", "program.client_removed"]
        assert shop.whose(tokens["access_token"]).status_code == 401
        assert not ClientConsent.objects.exists()
        assert "Location" not in shop.ask(browser)

    def test_the_console_speaks_of_it(self, alfa: Any, admin: Person) -> None:
        client = HostClient(HOST, session_key(admin, HOST))
        text = (
            "mutation ($input: RegisterClientInput!) { registerClient(input: $input) "
            "{ client { id name kind redirectUris issuer } secret errors { code field } } }"
        )
        given = {"name": "Sklep", "kind": "web", "redirectUris": [BACK], "logoutUri": ""}
        _, found = client.graphql("console", text, {"input": given})
        made = found["data"]["registerClient"]
        assert made["errors"] == []
        assert len(made["secret"]) > 30
        assert made["client"]["issuer"] == f"http://{id_host()}:{_port()}"
        _, found = client.graphql("console", text, {"input": {**given, "redirectUris": ["http://x.example/"]}})
        assert found["data"]["registerClient"]["errors"] == [{"code": "BAD_REDIRECT_URI", "field": "redirectUris"}]


def _port() -> int:
    from django.conf import settings

    return int(settings.PUBLIC_PORT)
