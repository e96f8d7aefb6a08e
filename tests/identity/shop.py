"""A wholesaler's own shop as a client of the sign-on, by hand: no library of ours stands between it and the protocol."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.http import HttpResponse
from django.test import Client

from kolektor.identity.clients import id_host
from kolektor.identity.models import Person
from kolektor.kernel.tenant import tenant_context
from tenants.program import outside_clients
from tests.identity.hosts import Browser

VERIFIER = "verifier-of-a-shop-" + "x" * 40
BACK = "https://sklep.example/wroc"


@dataclass
class Shop:
    """A registered client; `secret` is empty for an app."""

    id: str
    secret: str
    back: str = BACK

    def ask(self, browser: Browser, **changes: str | None) -> HttpResponse:
        """What the browser gets at the authorization endpoint. A change to None leaves a parameter out."""
        query: dict[str, str | None] = {
            "client_id": self.id,
            "redirect_uri": self.back,
            "response_type": "code",
            "scope": "openid email profile",
            "state": "s-1",
            "nonce": "n-1",
            "code_challenge": create_s256_code_challenge(VERIFIER),
            "code_challenge_method": "S256",
            **changes,
        }
        kept = {name: value for name, value in query.items() if value is not None}
        return browser.get(id_host(), f"/identity/o/authorize?{urlencode(kept)}")

    def allowed(self, browser: Browser, **changes: str | None) -> str:
        """The code, after the person said yes where they were asked."""
        answer = self.ask(browser, **changes)
        there = urlsplit(answer["Location"])
        if there.path == "/consent":
            next_path = parse_qs(there.query)["next"][0]
            assert browser.at(id_host()).post("/api/consent/allow", {"next": next_path}).status_code == 200
            answer = browser.get(id_host(), next_path)
        return self.code_in(answer)

    def code_in(self, answer: HttpResponse) -> str:
        there = answer["Location"]
        assert there.startswith(self.back), there
        found = parse_qs(urlsplit(there).query)
        assert found["state"] == ["s-1"], found
        return found["code"][0]

    def post(self, path: str, *, secret: str | None = None, **data: str) -> HttpResponse:
        """A form from the shop's server, authenticated as the client."""
        headers = {"HTTP_HOST": id_host()}
        given = self.secret if secret is None else secret
        if given:
            headers["HTTP_AUTHORIZATION"] = "Basic " + base64.b64encode(f"{self.id}:{given}".encode()).decode()
        else:
            data["client_id"] = self.id
        answer: Any = Client().post(f"/identity/o/api/{path}", data=data, **headers)  # type: ignore[arg-type]
        found: HttpResponse = answer
        return found

    def exchange(self, code: str, *, verifier: str | None = VERIFIER, **changes: str) -> HttpResponse:
        """The code for tokens."""
        data = {"grant_type": "authorization_code", "code": code, "redirect_uri": self.back, **changes}
        if verifier is not None:
            data["code_verifier"] = verifier
        return self.post("token", **data)

    def refresh(self, token: str) -> HttpResponse:
        """A refresh token for the next one."""
        return self.post("token", grant_type="refresh_token", refresh_token=token)

    def whose(self, token: str) -> HttpResponse:
        """What the access token reads."""
        answer: Any = Client().get(
            "/identity/o/api/userinfo", HTTP_HOST=id_host(), HTTP_AUTHORIZATION=f"Bearer {token}"
        )
        found: HttpResponse = answer
        return found


def claims_of(token: str) -> dict[str, Any]:
    """The payload of a token, unverified."""
    part = token.split(".")[1]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return found


def registered(wholesaler: Any, actor: Person, *, kind: str = "web", back: str = BACK) -> Shop:
    """A new client of a wholesaler."""
    with tenant_context(wholesaler):
        made = outside_clients.register(
            name=f"Sklep {wholesaler.slug}", kind=kind, redirect_uris=[back], logout_uri="", actor=actor.pk
        )
    return Shop(made.client.id, made.secret, back)
