"""What the views share: JSON bodies, a `next` that stays here, and answers that hold no person's data back."""

from __future__ import annotations

import json
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from kolektor.api.errors import error_response
from kolektor.kernel.errors import DomainError

LANGUAGE_COOKIE: Final = "kolektor_language"
BACKEND: Final = "kolektor.identity.backends.PersonBackend"
_STATUSES: Final = {
    "TOO_MANY_ATTEMPTS": 429,
    "NOT_FOUND": 404,
    "REAUTHENTICATION_REQUIRED": 403,
    "SECOND_FACTOR_REQUIRED": 403,
}


def json_body(request: HttpRequest) -> dict[str, Any]:
    """The request's JSON object. Raises DomainError BAD_JSON."""
    try:
        body = json.loads(request.body or b"{}")
    except ValueError as error:
        raise DomainError("BAD_JSON") from error
    if not isinstance(body, dict):
        raise DomainError("BAD_JSON")
    return body


def safe_next(path: str | None) -> str:
    """A path on this very host, or "/"."""
    path = path or "/"
    if not path.startswith("/") or path.startswith("//"):
        return "/"
    return path if url_has_allowed_host_and_scheme(path, allowed_hosts=None) else "/"


def refusal(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The refusal with the status of its code: 429 for one try too many, 404, 403, else 400."""
    return error_response(request, error, status=_STATUSES.get(error.code, 400))
