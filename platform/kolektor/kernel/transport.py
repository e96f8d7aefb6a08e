"""The one outgoing HTTP transport.

`*.localhost` resolves in browsers and curl, not in Python. Server-to-server calls to our own development hosts
therefore dial 127.0.0.1 and keep the Host header; every other call goes where its name says.
"""

from __future__ import annotations

import ssl
from functools import lru_cache

import httpx


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """Whom this process trusts. Reading the list of authorities takes longer than a partner's answer, so it is read once."""
    return httpx.create_ssl_context(trust_env=False)


def _is_development_host(host: str) -> bool:
    return host == "localhost" or host.endswith(".localhost")


class LoopbackTransport(httpx.HTTPTransport):
    """Dials 127.0.0.1 for `*.localhost`, with the Host header left as it was."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if _is_development_host(request.url.host):
            request.headers["Host"] = request.url.netloc.decode("ascii")
            request.url = request.url.copy_with(host="127.0.0.1")
        return super().handle_request(request)


def client(*, connect_seconds: float = 2.0, read_seconds: float = 10.0) -> httpx.Client:
    """A client with timeouts on connect and read, no redirects, no proxies from the environment."""
    timeout = httpx.Timeout(read_seconds, connect=connect_seconds)
    return httpx.Client(
        transport=LoopbackTransport(verify=_trusted(), retries=0),
        timeout=timeout,
        follow_redirects=False,
        trust_env=False,
    )
