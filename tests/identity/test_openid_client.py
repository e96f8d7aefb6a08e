"""A client library that nobody here wrote (npm `openid-client`) against the running server: from discovery to revocation."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
import pytest

from kolektor.embedded import node
from kolektor.identity.oidc.outside_clients import Registered
from kolektor.identity.services import ensure_person
from tenants.members import services as members
from tenants.program import outside_clients
from tests.shared_data import CHECKOUT
from tests.support.browser import Browser
from tests.support.town import ID_HOST, PASSWORD, Town, town

SCRIPT = CHECKOUT / "frontend" / "scripts" / "openid-client.mjs"
BACK = "https://sklep.example/wroc"
EMAIL = "jan@example.com"


class Library:
    """The library in a Node process of its own."""

    def __init__(self) -> None:
        if not (CHECKOUT / "frontend" / "node_modules" / "openid-client").is_dir():
            pytest.fail("the front end's packages are not installed: make setup-dev", pytrace=False)
        self.process = subprocess.Popen(
            [str(node.node()), str(SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def __call__(self, name: str, **given: Any) -> dict[str, Any]:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps({"do": name, **given}) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        assert self.process.wait(timeout=20) == 0


@pytest.fixture
def library() -> Iterator[Library]:
    made = Library()
    yield made
    made.close()


@pytest.fixture(scope="module")
def place(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Town]:
    folder: Path = tmp_path_factory.mktemp("shop")
    with town(folder, django_db_blocker, suffix="shop") as made:
        ensure_person(email=EMAIL, first_name="Jan", last_name="Nowak", password=PASSWORD)
        made.servers.start_web()
        yield made


@pytest.fixture(scope="module")
def admin_id(place: Town) -> Any:
    admin = ensure_person(email="admin@example.com")
    members.grant_role(person=admin, role="program_admin")
    return admin.pk


@pytest.fixture
def shop(place: Town, admin_id: Any) -> Registered:
    return outside_clients.register(name="Sklep", kind="web", redirect_uris=[BACK], logout_uri="", actor=admin_id)


@pytest.fixture
def browser(place: Town) -> Iterator[Browser]:
    with Browser(place.servers.port) as made:
        made.open_session(ID_HOST)
        answer = made.ask("POST", ID_HOST, "/auth/password", json={"email": EMAIL, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        made.open_session(ID_HOST)
        yield made


def followed(browser: Browser, url: str) -> str:
    """Where the browser ends outside of the sign-on; consent is given where it is asked for."""
    for _ in range(6):
        parts = urlsplit(url)
        if parts.hostname != ID_HOST:
            return url
        if parts.path == "/consent":
            next_path = parse_qs(parts.query)["next"][0]
            answer = browser.ask("POST", ID_HOST, "/api/consent/allow", json={"next": next_path})
            assert answer.status_code == 200, answer.text
            url = urljoin(url, next_path)
            continue
        answer = browser.ask("GET", ID_HOST, f"{parts.path}?{parts.query}")
        if not answer.is_redirect:
            return f"{answer.status_code}"
        url = urljoin(url, answer.headers["location"])
    raise AssertionError("too many redirects")


def discovered(library: Library, place: Town, shop: Registered) -> dict[str, Any]:
    issuer = f"http://{ID_HOST}:{place.servers.port}"
    found = library("discover", issuer=issuer, clientId=shop.client.id, secret=shop.secret)
    assert found["ok"]["issuer"] == issuer, found
    return found


def test_discovery_pkce_refresh_revoke(library: Library, place: Town, shop: Registered, browser: Browser) -> None:
    discovered(library, place, shop)
    back = followed(browser, library("begin", redirectUri=BACK)["ok"])
    finished = library("finish", url=back, maxAge=3600)
    assert "ok" in finished, finished
    tokens = finished["ok"]
    assert tokens["claims"]["email"] == EMAIL
    found = library("userinfo", token=tokens["access_token"], sub=tokens["claims"]["sub"])
    assert found["ok"]["name"] == "Jan Nowak"
    answer = library("refresh", token=tokens["refresh_token"])
    assert "ok" in answer, answer
    renewed = answer["ok"]
    assert library("userinfo", token=renewed["access_token"], sub=tokens["claims"]["sub"])["ok"]
    assert library("revoke", token=renewed["refresh_token"]) == {"ok": None}
    assert "error" in library("userinfo", token=renewed["access_token"], sub=tokens["claims"]["sub"])
    assert library("refresh", token=renewed["refresh_token"])["error"] == "invalid_grant"


def test_what_is_refused(library: Library, place: Town, shop: Registered, browser: Browser, admin_id: Any) -> None:
    discovered(library, place, shop)
    # missing PKCE, and an address that was never registered, do not even come back
    url = library("begin", redirectUri=BACK)["ok"]
    assert followed(browser, url.replace("code_challenge=", "x=")) == "400"
    assert followed(browser, library("begin", redirectUri="https://evil.example/")["ok"]).isdigit()
    # a wrong verifier
    back = followed(browser, library("begin", redirectUri=BACK)["ok"])
    assert library("finish", url=back, wrongVerifier=True)["error"] == "invalid_grant"
    # a code shown twice: what it gave is void
    back = followed(browser, library("begin", redirectUri=BACK)["ok"])
    tokens = library("finish", url=back)["ok"]
    assert library("finish", url=back)["error"] == "invalid_grant"
    assert "error" in library("userinfo", token=tokens["access_token"], sub=tokens["claims"]["sub"])
    # an old refresh token ends its family
    first = library("finish", url=followed(browser, library("begin", redirectUri=BACK)["ok"]))["ok"]
    second = library("refresh", token=first["refresh_token"])["ok"]
    assert library("refresh", token=first["refresh_token"])["error"] == "invalid_grant"
    assert library("refresh", token=second["refresh_token"])["error"] == "invalid_grant"
    # another wholesaler's client
    third = library("finish", url=followed(browser, library("begin", redirectUri=BACK)["ok"]))["ok"]
    other = outside_clients.register(name="Inny", kind="web", redirect_uris=[BACK], logout_uri="", actor=admin_id)
    discovered(library, place, other)
    assert library("refresh", token=third["refresh_token"])["error"] == "invalid_grant"
    discovered(library, place, shop)
    assert library("refresh", token=third["refresh_token"])["ok"]


def test_of_many_that_come_together_with_one_token_one_is_served(
    library: Library, place: Town, shop: Registered, browser: Browser
) -> None:
    discovered(library, place, shop)
    tokens = library("finish", url=followed(browser, library("begin", redirectUri=BACK)["ok"]))["ok"]

    def refresh(token: str) -> httpx.Response:
        return httpx.post(
            f"http://127.0.0.1:{place.servers.port}/identity/o/api/token",
            data={"grant_type": "refresh_token", "refresh_token": token},
            auth=(shop.client.id, shop.secret),
            headers={"Host": f"{ID_HOST}:{place.servers.port}"},
            trust_env=False,
            timeout=30,
        )

    with ThreadPoolExecutor(8) as together:
        answers = list(together.map(refresh, [tokens["refresh_token"]] * 8))
    assert sorted(answer.status_code for answer in answers) == [200] + [400] * 7
    # seven showed a spent token: what the first was given is void as well
    [served] = [answer.json() for answer in answers if answer.status_code == 200]
    assert refresh(served["refresh_token"]).status_code == 400
