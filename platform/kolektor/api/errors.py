"""Refusals as HTTP answers: `{"errors": [{"code", "field", "message"}]}`."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse

from kolektor.api.texts import text
from kolektor.kernel.errors import DomainError

_STATUSES = {
    "UNAUTHENTICATED": 401,
    "FORBIDDEN": 403,
    "SECOND_FACTOR_REQUIRED": 403,
    "READ_ONLY": 403,
    "TOO_MANY_ATTEMPTS": 429,
    "NOT_FOUND": 404,
    "PICTURE_TOO_LARGE": 413,
}


def as_dict(error: DomainError) -> dict[str, Any]:
    """Code, field and the sentence in the reader's language."""
    return {"code": error.code, "field": error.field, "message": text(error.code, error.data)}


def error_response(_request: HttpRequest, *errors: DomainError, status: int) -> JsonResponse:
    """A JSON answer with one or more refusals."""
    return JsonResponse({"errors": [as_dict(error) for error in errors]}, status=status)


def refused(request: HttpRequest, error: DomainError) -> JsonResponse:
    """The answer to a request that was refused, with the status of its code."""
    return error_response(request, error, status=_STATUSES.get(error.code, 400))
