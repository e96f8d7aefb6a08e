"""What happens between a code and its exchange, and requests that no honest client sends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from allauth.idp.oidc.models import Token

from kolektor.identity.clients import id_host
from kolektor.identity.models import Person, TokenFamily
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError
from kolektor.kernel.tenant import tenant_context
from tenants.program import outside_clients
from tests.identity.hosts import PASSWORD, Browser
from tests.identity.shop import Shop, registered
from tests.identity.steps import body, code_of

pytestmark = pytest.mark.usefixtures("loop", "mails")


class TestBetweenCodeAndExchange:
    """A code is given; before it is exchanged the person leaves, or takes the consent back."""

    @pytest.mark.parametrize("how", ["consent", "out", "everywhere", "by the protocol"])
    def test_the_code_gives_nothing(self, shop: Shop, browser: Browser, how: str) -> None:
        code = shop.allowed(browser)
        host = browser.at(id_host())
        if how == "consent":
            host.post("/api/clients/withdraw", {"id": shop.id})
        if how in {"out", "everywhere"}:
            host.post("/auth/logout", {"everywhere": how == "everywhere"})
        if how == "by the protocol":
            end_session(browser)
        answer = shop.exchange(code)
        assert (answer.status_code, body(answer)["error"]) == (400, "invalid_grant")
        assert not Token.objects.exists()

    def test_leaving_by_the_protocol_ends_what_all_shops_were_given(
        self, shop: Shop, alfa: Any, admin: Person, browser: Browser
    ) -> None:
        other = registered(alfa, admin)
        tokens = [body(each.exchange(each.allowed(browser))) for each in (shop, other)]
        end_session(browser)
        assert not browser.session(id_host())["authenticated"]
        for each, given in zip((shop, other), tokens, strict=True):
            assert each.whose(given["access_token"]).status_code == 401
            assert each.refresh(given["refresh_token"]).status_code == 400

    def test_an_ended_family_is_not_refreshed(self, shop: Shop, browser: Browser) -> None:
        tokens = body(shop.exchange(shop.allowed(browser)))
        TokenFamily.objects.update(revoked_at=clock.now())  # as if a refresh had slipped in before the end
        assert shop.refresh(tokens["refresh_token"]).status_code == 400


def end_session(browser: Browser) -> None:
    """The library's own page asks; the person says yes."""
    token = browser.at(id_host()).token
    answer = browser.at(id_host()).request(
        "POST", "/identity/o/logout", data=f"action=logout&csrfmiddlewaretoken={token}",
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert answer.status_code == 302, answer.content


class TestOddRequests:
    def test_an_answer_elsewhere_than_in_the_query_is_refused(self, shop: Shop, browser: Browser) -> None:
        for mode in ("fragment", "form_post"):
            answer = shop.ask(browser, response_mode=mode)
            assert (answer.status_code, code_of(answer)) == (400, "BAD_INPUT")
        shop.allowed(browser, response_mode="query")

    def test_oauth_without_openid_connect_is_refused(self, shop: Shop, browser: Browser) -> None:
        for who in (browser, Browser()):
            answer = shop.ask(who, scope="email", prompt="none")
            assert (answer.status_code, code_of(answer)) == (400, "UNKNOWN_SCOPE")

    def test_a_proof_of_this_very_moment_is_asked_for_once(self, shop: Shop, browser: Browser) -> None:
        there = urlsplit(shop.ask(browser, max_age="0")["Location"])
        assert there.path == "/sign-in/again"
        browser.at(id_host()).post("/auth/again/password", {"password": PASSWORD})
        following = browser.get(id_host(), parse_qs(there.query)["next"][0])
        assert urlsplit(following["Location"]).path == "/consent"

    @pytest.mark.parametrize("wish", [{"max_age": "60"}, {"acr_values": "two-factors"}])
    def test_without_a_page_what_is_missing_is_an_error(
        self, shop: Shop, browser: Browser, wish: dict[str, str]
    ) -> None:
        shop.allowed(browser)
        with time_machine.travel(clock.now() + timedelta(hours=1)):
            there = shop.ask(browser, prompt="none", **wish)["Location"]
        assert "error=login_required" in there
        assert browser.session(id_host())["authenticated"]

    def test_an_app_address_holds_one_line(self, alfa: Any, admin: Person) -> None:
        with tenant_context(alfa), pytest.raises(DomainError):
            outside_clients.register(
                name="App",
                kind="native",
                redirect_uris=["com.a.b:/cb\nhttp://x.example/"],
                logout_uri="",
                actor=admin.pk,
            )
