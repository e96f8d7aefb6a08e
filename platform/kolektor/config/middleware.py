"""Request context for logs, the reader's language, and the actor with the roles of this host."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import structlog
from django.core.exceptions import RequestDataTooBig
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from kolektor.api.errors import refused
from kolektor.api.permissions import Actor, require_open
from kolektor.identity import authentication
from kolektor.identity.http.common import LANGUAGE_COOKIE
from kolektor.identity.services import LANGUAGES
from kolektor.kernel.errors import DomainError
from kolektor.network import selectors as network
from tenants.members import selectors as members

GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestContext:
    """Binds request id and tenant to every log line, and names the request in the answer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = uuid4().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        answer = self.get_response(request)
        answer["X-Request-Id"] = request_id
        structlog.contextvars.clear_contextvars()
        return answer


class Language:
    """Polish or English: what a wholesaler's page passed on to the sign-in form, the cookie, the browser's wish, Polish."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wished = _passed_on(request) or request.COOKIES.get(LANGUAGE_COOKIE)
        if wished not in LANGUAGES:
            header = request.headers.get("Accept-Language", "")
            wished = next(
                (tag[:2].lower() for tag in header.replace(" ", "").split(",") if tag[:2].lower() in LANGUAGES), "pl"
            )
        # a call may say its own language, whatever the browser prefers
        explicit = request.headers.get("X-Language")
        with translation.override(explicit if explicit in LANGUAGES else wished):
            return self.get_response(request)


def _passed_on(request: HttpRequest) -> str:
    """`ui_locales` (OpenID Connect Core 3.1.2.1) of the authorization that waits in `next` of the sign-in form."""
    if getattr(request, "site_kind", "") != "sso" or request.method != "GET":
        return ""
    waiting = parse_qs(urlsplit(request.GET.get("next", "")).query)
    passed = waiting.get("ui_locales", [""])[0]
    return passed if passed in LANGUAGES else ""


class NoNul:
    """Text with the sign NUL is refused before anybody reads it: PostgreSQL cannot keep it, and nobody types it."""

    _TEXT: Final = ("application/json", "application/x-www-form-urlencoded")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", "") or "\x00" in request.path or self._in_body(request):
            return refused(request, DomainError("BAD_INPUT"))
        return self.get_response(request)

    def _in_body(self, request: HttpRequest) -> bool:
        if request.method not in ("POST", "PUT", "PATCH") or request.content_type not in self._TEXT:
            return False
        try:
            body = request.body
        except RequestDataTooBig:
            return False  # refused by whoever reads it
        escaped = b"\\u0000" if request.content_type == "application/json" else b"%00"
        return b"\x00" in body or escaped in body


class ReadOnly:
    """At a suspended wholesaler everything can be read and nothing changed. Signing in and out, the choice of a language and what
    partners report of orders that were begun are no changes of the program; GraphQL refuses its mutations itself.
    """

    _FREE: Final = ("/auth/", "/session/", "/graphql/", "/hooks/", "/api/console/messages/preview")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "OPTIONS") and not request.path.startswith(self._FREE):
            try:
                require_open(request)
            except DomainError as error:
                return refused(request, error)
        return self.get_response(request)


class BindPerson:
    """Sets `request.actor` (lazily: public pages ask no database) and binds tenant and person to the logs."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        structlog.contextvars.bind_contextvars(tenant=connection.schema_name)  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    if not request.user.is_authenticated:
        return Actor(None, frozenset())
    person_id: UUID = request.user.pk
    structlog.contextvars.bind_contextvars(person=str(person_id))
    kind = request.site_kind  # type: ignore[attr-defined]
    roles: frozenset[str] = frozenset()
    if kind == "wholesaler":
        roles = frozenset(members.roles_of(person_id))
    elif kind == "network":
        roles = frozenset(network.network_roles(person_id, request.network.pk))  # type: ignore[attr-defined]
    # kept when this host's session began, from the sign-on's token
    second_factor_at = authentication.moment(request.session, "second_factor_at")
    return Actor(
        person_id,
        roles,
        two_factors=authentication.second_factor_counts(second_factor_at),
        proved_at=authentication.moment(request.session, "proved_at"),
    )
