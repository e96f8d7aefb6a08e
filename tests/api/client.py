"""A browser-like client for one host: its own cookie, its own session, CSRF checks on."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpResponse
from django.test import Client

from kolektor.identity.http.common import BACKEND
from kolektor.identity.models import Person
from kolektor.identity.sessions import SessionStore
from kolektor.kernel import clock
from kolektor.kernel.tenant import public_context

CSRF = "t" * 32


def session_key(person: Person, host: str, *, two_factors: bool = True) -> str:
    """A signed-in session at a host, as the end of the code flow makes it; without `two_factors`, by a password alone."""
    with public_context():
        store = SessionStore(host=host)
        store[SESSION_KEY] = str(person.pk)
        store[BACKEND_SESSION_KEY] = BACKEND
        store[HASH_SESSION_KEY] = person.get_session_auth_hash()
        store["proved_at"] = clock.now().timestamp()
        store["second_factor_at"] = clock.now().timestamp() if two_factors else None
        store.save()
    assert store.session_key
    return store.session_key


class HostClient:
    """Speaks to one host; `key` is the session cookie, "" for a stranger."""

    def __init__(self, host: str, key: str = "") -> None:
        self.host = host
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        self.client.cookies[settings.CSRF_COOKIE_NAME] = CSRF
        if key:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = key

    @property
    def token(self) -> str:
        """The CSRF token as the cookie holds it: signing in changes it."""
        return str(self.client.cookies[settings.CSRF_COOKIE_NAME].value)

    def request(self, method: str, path: str, **extra: Any) -> HttpResponse:
        """Any request, with the CSRF header."""
        answer: HttpResponse = self.client.generic(
            method, path, HTTP_HOST=self.host, HTTP_X_CSRFTOKEN=self.token, **extra
        )  # type: ignore[assignment]
        return answer

    def get(self, path: str) -> HttpResponse:
        return self.request("GET", path)

    def post(self, path: str, body: Any) -> HttpResponse:
        return self.request("POST", path, data=json.dumps(body), content_type="application/json")

    def graphql(self, schema: str, query: str, variables: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
        """Status and JSON of one operation."""
        answer = self.post(f"/graphql/{schema}", {"query": query, "variables": variables or {}})
        return answer.status_code, json.loads(answer.content)
