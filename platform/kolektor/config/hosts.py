"""Which host a request came to: the sign-on, a wholesaler, a headquarters, or none of ours."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.template.loader import render_to_string

from kolektor.identity.clients import id_host, origin
from kolektor.network import selectors
from kolektor.network.models import Wholesaler

HEALTH = "/healthz"

# host → (good until, its wholesaler). Only hosts that exist are kept, so a new one works at once.
_known: dict[str, tuple[float, Wholesaler]] = {}


def _wholesaler_at(host: str) -> Wholesaler | None:
    """The wholesaler of a host. A process may be HOST_CACHE_SECONDS behind a change of its name, colors or state."""
    now = monotonic()
    known = _known.get(host)
    if known is not None and now < known[0]:
        return known[1]
    found = selectors.wholesaler_at(host)
    if found is None:
        _known.pop(host, None)
    elif settings.HOST_CACHE_SECONDS:
        _known[host] = (now + settings.HOST_CACHE_SECONDS, found)
    return found


class HostMiddleware:
    """Sets schema, URLs and `site_kind` ("sso", "wholesaler", "network") of the request. An unknown host gets a helpful 404."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == HEALTH:
            return HttpResponse("ok", content_type="text/plain")
        connection.set_schema_to_public()  # type: ignore[attr-defined]
        try:
            host = request.get_host().split(":")[0].lower().rstrip(".")
        except DisallowedHost:
            host = ""
        if not self._enter(request, host):
            body = render_to_string("unknown_host.html", {"host": host, "id_url": origin(id_host())})
            return HttpResponseNotFound(body)
        try:
            return self.get_response(request)
        finally:
            connection.set_schema_to_public()  # type: ignore[attr-defined]

    def _enter(self, request: HttpRequest, host: str) -> bool:
        request.wholesaler = None  # type: ignore[attr-defined]
        request.network = None  # type: ignore[attr-defined]
        if host == id_host():
            request.site_kind = "sso"  # type: ignore[attr-defined]
            request.urlconf = "kolektor.config.urls_sso"
            return True
        network_slug = self._network_slug(host)
        if network_slug is not None:
            request.network = selectors.network_named(network_slug)  # type: ignore[attr-defined]
            request.site_kind = "network"  # type: ignore[attr-defined]
            request.urlconf = "kolektor.config.urls_network"
            return request.network is not None  # type: ignore[attr-defined]
        wholesaler = _wholesaler_at(host)
        if wholesaler is None or wholesaler.state not in selectors.OPEN:
            return False
        request.read_only = wholesaler.state == Wholesaler.State.SUSPENDED  # type: ignore[attr-defined]
        request.site_kind = "wholesaler"  # type: ignore[attr-defined]
        request.wholesaler = wholesaler  # type: ignore[attr-defined]
        request.urlconf = "kolektor.config.urls_wholesaler"
        connection.set_tenant(wholesaler)  # type: ignore[attr-defined]
        return True

    @staticmethod
    def _network_slug(host: str) -> str | None:
        suffix = f".{settings.BASE_DOMAIN}"
        if host.startswith("hq.") and host.endswith(suffix):
            return host[len("hq.") : -len(suffix)]
        return None
