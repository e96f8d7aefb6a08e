"""On the `id.` host: what a client of a wholesaler may read, asked of the person, listed, taken back."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from allauth.idp.oidc.models import Client
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from kolektor.api.guard import guarded, person_of
from kolektor.api.permissions import is_signed_in
from kolektor.identity.http.common import json_body, refusal, safe_next
from kolektor.identity.oidc import consents, subjects
from kolektor.identity.ports import HostFaces
from kolektor.kernel.binding import bound
from kolektor.kernel.errors import DomainError, NotFound

AUTHORIZE = "/identity/o/authorize"


def _asked(next_path: str) -> tuple[Client, list[str]]:
    """The client and the scopes of an authorization that waits in `next`. Raises NotFound."""
    parts = urlsplit(safe_next(next_path))
    query = parse_qs(parts.query)
    client = Client.objects.filter(pk=query.get("client_id", [""])[0], skip_consent=False).first()
    if parts.path != AUTHORIZE or client is None:
        raise NotFound("next")
    return client, query.get("scope", [" ".join(client.get_default_scopes())])[0].split()


def _client(client: Client) -> dict[str, Any]:
    owner = subjects.owner_of(client.id)
    return {"id": client.id, "name": client.name, "owner": bound(HostFaces).name_of(owner) if owner else ""}


@require_GET
@never_cache
@guarded(is_signed_in)
def asked(request: HttpRequest) -> HttpResponse:
    """Who asks for what: `{"client": {"id", "name", "owner"}, "scopes"}` of the authorization that waits in `next`."""
    try:
        client, scopes = _asked(request.GET.get("next", ""))
    except DomainError as error:
        return refusal(request, error)
    return JsonResponse({"client": _client(client), "scopes": scopes})


@require_POST
@never_cache
@guarded(is_signed_in)
def allow(request: HttpRequest) -> HttpResponse:
    """The person allows it; the authorization goes on at `next`."""
    try:
        next_path = str(json_body(request).get("next", ""))
        client, scopes = _asked(next_path)
        consents.give(person_id=person_of(request), client_id=client.id, scopes=scopes)
    except DomainError as error:
        return refusal(request, error)
    return JsonResponse({"ok": True, "next": safe_next(next_path)})


@require_GET
@never_cache
@guarded(is_signed_in)
def allowed(request: HttpRequest) -> HttpResponse:
    """The clients that the person lets in: `{"clients": [{"id", "name", "owner", "scopes", "givenAt"}]}`."""
    rows = consents.allowed_by(person_of(request))
    names = {client.id: client for client in Client.objects.filter(pk__in=[row.client_id for row in rows])}
    found = [
        {**_client(names[row.client_id]), "scopes": list(row.scopes), "givenAt": row.given_at.isoformat()}
        for row in rows
    ]
    return JsonResponse({"clients": found})


@require_POST
@never_cache
@guarded(is_signed_in)
def withdraw(request: HttpRequest) -> HttpResponse:
    """The person lets a client in no longer; what it holds ends."""
    try:
        consents.withdraw(person_id=person_of(request), client_id=str(json_body(request).get("id", ""))[:100])
    except DomainError as error:
        return refusal(request, error)
    return JsonResponse({"ok": True})
