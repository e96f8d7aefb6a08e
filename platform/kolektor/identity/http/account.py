"""The account on the `id.` host: sessions, password, second factor, passkeys.

Changes need a proof of now, else they are refused with `REAUTHENTICATION_REQUIRED`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from kolektor.api.errors import error_response
from kolektor.api.guard import guarded, person_of
from kolektor.api.permissions import is_signed_in
from kolektor.identity import authentication, passkeys, passwords, second_factor, selectors, services
from kolektor.identity.http.common import json_body, refusal
from kolektor.identity.models import Person
from kolektor.kernel.errors import DomainError

Change = Callable[[HttpRequest, Person, dict[str, Any]], dict[str, Any]]


@require_GET
@never_cache
@guarded(is_signed_in)
def sessions(request: HttpRequest) -> HttpResponse:
    """All sessions of the person, youngest first, at every host: for the `id.` host only."""
    rows = selectors.sessions_of(person_of(request), present=request.session.session_key or "")
    return JsonResponse(
        {
            "sessions": [
                {
                    "id": row.id,
                    "host": row.host,
                    "kind": row.kind,
                    "browser": row.browser,
                    "system": row.system,
                    "startedAt": row.started_at.isoformat(),
                    "lastSeenAt": row.last_seen_at.isoformat(),
                    "present": row.present,
                }
                for row in rows
            ]
        }
    )


@require_POST
@never_cache
@guarded(is_signed_in)
def revoke_session(request: HttpRequest) -> HttpResponse:
    """End one session of the person. Somebody else's is not found, like nonsense."""
    try:
        services.revoke_session(person_id=person_of(request), session_id=str(json_body(request).get("id", "")))
    except DomainError as error:
        return error_response(request, error, status=404 if error.code == "NOT_FOUND" else 400)
    return JsonResponse({"ok": True})


@require_GET
@never_cache
@guarded(is_signed_in)
def security(request: HttpRequest) -> HttpResponse:
    """How the person can sign in, and whether the session may change that now."""
    person = request.user
    assert isinstance(person, Person)
    proof = authentication.proof_of(request)
    found = selectors.factors_of(person)
    return JsonResponse(
        {
            "password": person.has_usable_password(),
            "app": found.app_since.isoformat() if found.app_since else None,
            "recoveryCodes": found.recovery_codes,
            "passkeys": [
                {
                    "id": row.id,
                    "name": row.name,
                    "madeAt": row.made_at.isoformat(),
                    "usedAt": row.used_at.isoformat() if row.used_at else None,
                }
                for row in passkeys.passkeys_of(person)
            ],
            "fresh": proof.fresh,
            "twoFactors": proof.two_factors,
        }
    )


def _change(change: Change) -> Callable[..., Any]:
    """A view that changes how the person signs in: signed in, proved anew, with a JSON body and a JSON answer."""

    def view(request: HttpRequest) -> HttpResponse:
        try:
            authentication.require_fresh(request)
            assert isinstance(request.user, Person)
            return JsonResponse({"ok": True, **change(request, request.user, json_body(request))})
        except DomainError as error:
            return refusal(request, error)

    view.__name__ = change.__name__
    view.__doc__ = change.__doc__
    guard: Callable[..., Any] = require_POST(never_cache(sensitive_post_parameters()(guarded(is_signed_in)(view))))
    return guard


@_change
def set_password(request: HttpRequest, person: Person, body: dict[str, Any]) -> dict[str, Any]:
    """Set or change the password; the other sessions end."""
    passwords.choose(request, person, password=str(body.get("password", "")))
    return {}


@_change
def begin_app(_request: HttpRequest, person: Person, _body: dict[str, Any]) -> dict[str, Any]:
    """A secret for an authenticator app: `secret`, `url`, `qr` (SVG)."""
    return dict(second_factor.begin_app(person))


@_change
def confirm_app(request: HttpRequest, person: Person, body: dict[str, Any]) -> dict[str, Any]:
    """Turn the app on with a code of it; `recoveryCodes` if they are the first."""
    return {"recoveryCodes": second_factor.confirm_app(request, person, code=str(body.get("code", "")))}


@_change
def remove_app(request: HttpRequest, person: Person, _body: dict[str, Any]) -> dict[str, Any]:
    """Turn the app off."""
    second_factor.remove_app(request, person)
    return {}


@_change
def new_recovery_codes(request: HttpRequest, person: Person, _body: dict[str, Any]) -> dict[str, Any]:
    """Ten new recovery codes; the old ones are void."""
    return {"recoveryCodes": second_factor.new_recovery_codes(request, person)}


@_change
def begin_adding_passkey(_request: HttpRequest, person: Person, _body: dict[str, Any]) -> dict[str, Any]:
    """Options for `navigator.credentials.create`, as `{"options": {"publicKey": ...}}`."""
    return {"options": passkeys.begin_adding(person)}


@_change
def add_passkey(request: HttpRequest, person: Person, body: dict[str, Any]) -> dict[str, Any]:
    """Keep the passkey that the browser made; `recoveryCodes` if they are the first."""
    name = str(body.get("name", ""))
    return {"recoveryCodes": passkeys.add(request, person, name=name, credential=body.get("credential"))}


@_change
def remove_passkey(request: HttpRequest, person: Person, body: dict[str, Any]) -> dict[str, Any]:
    """Take a passkey off."""
    passkeys.remove(request, person, key=str(body.get("id", "")))
    return {}
