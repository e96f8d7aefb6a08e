"""A browser that goes from host to host, and the hosts' own calls to each other, without a socket."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.http import HttpResponse
from django.test import Client

from kolektor.identity.clients import id_host
from tests.api.client import HostClient

PASSWORD = "correct-horse-battery"
HOST = "alfa.kolektor.localhost"
OTHER = "beta.kolektor.localhost"


class LoopTransport(httpx.BaseTransport):
    """Carries the hosts' calls to each other through Django's test client: no sockets, the same code."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        headers: dict[str, Any] = {
            f"HTTP_{key.upper().replace('-', '_')}": value for key, value in request.headers.items()
        }
        headers["HTTP_HOST"] = request.url.netloc.decode()
        content_type = request.headers.get("content-type", "text/plain")
        answer: Any = Client().generic(
            request.method, request.url.raw_path.decode(), data=request.read(), content_type=content_type, **headers
        )
        return httpx.Response(answer.status_code, headers=dict(answer.items()), content=answer.content)


class Browser:
    """Keeps cookies per host and follows redirects between hosts."""

    def __init__(self) -> None:
        self.hosts: dict[str, HostClient] = {}

    def at(self, host: str) -> HostClient:
        return self.hosts.setdefault(host, HostClient(host))

    def get(self, host: str, path: str) -> HttpResponse:
        return self.at(host).get(path)

    def follow(self, host: str, path: str) -> tuple[str, str, HttpResponse]:
        for _ in range(8):
            answer = self.get(host, path)
            if answer.status_code not in (301, 302):
                return host, path, answer
            target = urlsplit(answer["Location"])
            host = target.hostname or host
            path = target.path + (f"?{target.query}" if target.query else "")
        raise AssertionError("too many redirects")

    def sign_in(self, email: str = "jan@example.com", password: str = PASSWORD) -> HttpResponse:
        return self.at(id_host()).post("/auth/password", {"email": email, "password": password})

    def session(self, host: str) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(self.get(host, "/session").content)
        return body
