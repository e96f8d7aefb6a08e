"""A shop hears that a session of the sign-on ended (OpenID Connect Back-Channel Logout 1.0)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
import time_machine
from joserfc import jwt
from joserfc.jwk import KeySet

from kolektor.identity.clients import id_host, origin
from kolektor.identity.models import Person
from kolektor.identity.services import ensure_person
from kolektor.kernel import clock, transport
from kolektor.kernel.models import OutboxDelivery
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.tenant import public_context, tenant_context
from tenants.program import outside_clients
from tests.identity.hosts import PASSWORD, Browser
from tests.identity.shop import BACK, Shop, claims_of
from tests.identity.steps import body

pytestmark = pytest.mark.usefixtures("loop", "mails")
HEARD_AT = "https://sklep.example/wylogowanie"


@pytest.fixture
def shop(alfa: Any, admin: Person) -> Shop:
    with tenant_context(alfa):
        made = outside_clients.register(
            name="Sklep", kind="web", redirect_uris=[BACK], logout_uri=HEARD_AT, actor=admin.pk
        )
    return Shop(made.client.id, made.secret)


@pytest.fixture
def browser(db: None) -> Browser:
    ensure_person(email="jan@example.com", password=PASSWORD)
    made = Browser()
    made.sign_in()
    return made


class Ears:
    """The shop's server: what it heard, and how it answers."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.status = 200

    def __call__(self, request: httpx.Request) -> httpx.Response:
        form = dict(part.split("=", 1) for part in request.content.decode().split("&"))
        self.heard.append((str(request.url), form["logout_token"]))
        return httpx.Response(self.status)


@pytest.fixture
def ears(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ears]:
    made = Ears()

    def client(**options: Any) -> httpx.Client:
        assert options == {"public_only": True}
        return httpx.Client(transport=httpx.MockTransport(made))

    monkeypatch.setattr(transport, "client", client)
    yield made


def work() -> None:
    with public_context():
        outbox.drain()


def test_the_shop_hears_whose_session_ended_and_can_check_it(shop: Shop, browser: Browser, ears: Ears) -> None:
    claims = claims_of(body(shop.exchange(shop.allowed(browser)))["id_token"])
    browser.at(id_host()).post("/auth/logout", {})
    work()
    [(address, token)] = ears.heard
    assert address == HEARD_AT
    served: Any = body(browser.get(id_host(), "/.well-known/jwks.json"))
    keys = KeySet.import_key_set(served)
    decoded = jwt.decode(token, keys, algorithms=["RS256"])
    assert decoded.header["typ"] == "logout+jwt"
    found = decoded.claims
    assert (found["iss"], found["aud"]) == (origin(id_host()), shop.id)
    assert (found["sub"], found["sid"]) == (claims["sub"], claims["sid"])
    assert found["events"] == {"http://schemas.openid.net/event/backchannel-logout": {}}
    assert "nonce" not in found
    assert 0 < found["exp"] - found["iat"] <= 120


def test_the_end_of_another_session_is_not_told(shop: Shop, browser: Browser, ears: Ears) -> None:
    body(shop.exchange(shop.allowed(browser)))
    phone = Browser()
    phone.sign_in()
    phone.at(id_host()).post("/auth/logout", {})
    work()
    assert ears.heard == []


@pytest.mark.parametrize("how", ["everywhere", "from the list", "new password"])
def test_every_way_of_ending_a_session_is_told(shop: Shop, browser: Browser, ears: Ears, how: str) -> None:
    body(shop.exchange(shop.allowed(browser)))
    other = Browser()
    other.sign_in()
    if how == "everywhere":
        other.at(id_host()).post("/auth/logout", {"everywhere": True})
    if how == "from the list":
        rows = body(other.get(id_host(), "/api/sessions"))["sessions"]
        [theirs] = [row for row in rows if not row["present"]]
        assert other.at(id_host()).post("/api/sessions/revoke", {"id": theirs["id"]}).status_code == 200
    if how == "new password":
        assert other.at(id_host()).post("/api/account/password", {"password": "zupełnie nowe słowa"}).status_code == 200
    work()
    assert len(ears.heard) == 1


def test_a_shop_that_does_not_answer_is_told_again(shop: Shop, browser: Browser, ears: Ears) -> None:
    body(shop.exchange(shop.allowed(browser)))
    browser.at(id_host()).post("/auth/logout", {})
    ears.status = 503
    work()
    assert OutboxDelivery.objects.get(handler__contains="logout").state == OutboxDelivery.State.PENDING
    ears.status = 200
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        work()
    assert len(ears.heard) == 2
    assert OutboxDelivery.objects.get(handler__contains="logout").state == OutboxDelivery.State.DONE


def test_a_shop_that_refuses_is_not_asked_for_ever(shop: Shop, browser: Browser, ears: Ears) -> None:
    body(shop.exchange(shop.allowed(browser)))
    browser.at(id_host()).post("/auth/logout", {})
    ears.status = 400
    work()
    assert OutboxDelivery.objects.get(handler__contains="logout").state == OutboxDelivery.State.DONE
