"""A browser's part in a test: cookies per host, CSRF, sign-on over real HTTP through the kernel's transport."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from types import TracebackType
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import httpx

from kolektor.identity.second_factor import current_code
from kolektor.kernel.transport import client

Cookies = dict[str, dict[str, str]]

PLACE_ORDER = """
mutation Place($input: PlaceOrderInput!) {
  placeOrder(input: $input) { order { id number state points } errors { code field } }
}
"""


@dataclass
class Browser:
    """One browser with connections of its own. The transport dials 127.0.0.1, so cookies are kept by hand, per host."""

    port: int
    cookies: Cookies = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._http = client(connect_seconds=5, read_seconds=30)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def twin(self) -> Browser:
        """Another browser in the same session, with connections of its own."""
        return Browser(self.port, copy.deepcopy(self.cookies), dict(self.tokens))

    def ask(self, method: str, host: str, path: str, **options: Any) -> httpx.Response:
        """One request, no redirect followed. Raises httpx.HTTPError when the server goes away."""
        headers = dict(options.pop("headers", {}))
        jar = self.cookies.setdefault(host, {})
        if jar:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in jar.items())
        if host in self.tokens:
            headers["X-CSRFToken"] = self.tokens[host]
        answer = self._http.request(method, f"http://{host}:{self.port}{path}", headers=headers, **options)
        for line in answer.headers.get_list("set-cookie"):
            for name, morsel in SimpleCookie(line).items():
                jar[name] = morsel.value
        return answer

    def open_session(self, host: str) -> dict[str, Any]:
        """Who is signed in at a host; keeps its CSRF token."""
        answer = self.ask("GET", host, "/session")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        self.tokens[host] = found["csrfToken"]
        return found

    def sign_in(self, *, id_host: str, host: str, email: str, password: str, second_factor: str = "") -> None:
        """E-mail and password at the `id.` host, a code of the app with that secret, then the code flow to `host`."""
        self.open_session(id_host)
        answer = self.ask("POST", id_host, "/auth/password", json={"email": email, "password": password})
        assert answer.status_code == 200, answer.text
        if second_factor:
            self.open_session(id_host)
            answer = self.ask("POST", id_host, "/auth/second-factor", json={"code": current_code(second_factor)})
            assert answer.status_code == 200, answer.text
        here = f"http://{host}:{self.port}/auth/login"
        for _ in range(8):
            parts = urlsplit(here)
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            if parts.hostname == host and parts.path == "/":
                break
            answer = self.ask("GET", str(parts.hostname), path)
            assert answer.is_redirect, f"{parts.path}: {answer.status_code} {answer.text[:300]}"
            here = urljoin(here, answer.headers["location"])
        session = self.open_session(host)
        assert session["authenticated"], session

    def graphql(self, host: str, query: str, variables: dict[str, Any]) -> httpx.Response:
        """One operation of the member's schema."""
        return self.ask("POST", host, "/graphql/member", json={"query": query, "variables": variables})

    def place_order(self, host: str, *, reward_id: str, face_value: str, key: str) -> httpx.Response:
        """The checkout's mutation."""
        given = {"rewardId": reward_id, "faceValue": face_value, "idempotencyKey": key}
        return self.graphql(host, PLACE_ORDER, {"input": given})
