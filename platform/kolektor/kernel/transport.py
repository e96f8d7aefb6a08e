"""The one outgoing HTTP transport.

`*.localhost` resolves in browsers and curl, not in Python. Server-to-server calls to our own development hosts
therefore dial 127.0.0.1 and keep the Host header; every other call goes where its name says.

Addresses that a client of ours chose (`public_only`) are resolved here and dialed as they were checked: nothing that is private,
link-local or our own is called, whatever its name says a moment later. Development machines may be called from development.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from functools import lru_cache

import httpx
from django.conf import settings


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


class PublicTransport(LoopbackTransport):
    """Dials public addresses only, and the very one that was checked: a name that changes in between changes nothing."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        if not (_is_development_host(host) and not settings.SECURE):
            address = checked_address(host, request.url.port or (443 if request.url.scheme == "https" else 80))
            request.headers["Host"] = request.url.netloc.decode("ascii")
            request.extensions = {**request.extensions, "sni_hostname": host}
            request.url = request.url.copy_with(host=address)
        return super().handle_request(request)


def checked_address(host: str, port: int) -> str:
    """An address of the host to dial. Raises httpx.ConnectError when it has none, or any of them is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpx.ConnectError(f"{host} has no address") from error
    addresses = [str(item[4][0]).partition("%")[0] for item in found]
    for each in addresses:
        address = ipaddress.ip_address(each)
        mapped = getattr(address, "ipv4_mapped", None) or address
        allowed = mapped.is_global and not mapped.is_multicast
        if not allowed and not (mapped.is_loopback and not settings.SECURE):
            raise httpx.ConnectError(f"{host} is not a public address")
    return addresses[0]


def client(*, connect_seconds: float = 2.0, read_seconds: float = 10.0, public_only: bool = False) -> httpx.Client:
    """A client with timeouts on connect and read, no redirects, no proxies from the environment.

    `public_only`: for addresses that are not ours to choose.
    """
    timeout = httpx.Timeout(read_seconds, connect=connect_seconds)
    kind = PublicTransport if public_only else LoopbackTransport
    return httpx.Client(
        transport=kind(verify=_trusted(), retries=0),
        timeout=timeout,
        follow_redirects=False,
        trust_env=False,
    )
