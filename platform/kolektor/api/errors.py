"""Refusals as HTTP answers: `{"errors": [{"code", "field", "message"}]}`."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse

from kolektor.api.texts import text
from kolektor.kernel.errors import DomainError


def as_dict(error: DomainError) -> dict[str, Any]:
    """Code, field and the sentence in the reader's language."""
    return {"code": error.code, "field": error.field, "message": text(error.code, error.data)}


def error_response(_request: HttpRequest, *errors: DomainError, status: int) -> JsonResponse:
    """A JSON answer with one or more refusals."""
    return JsonResponse({"errors": [as_dict(error) for error in errors]}, status=status)
