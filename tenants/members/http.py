"""Invitations into a firm, for everybody who is signed in here: who is invited need not be a member yet, and so cannot reach the
member's GraphQL.
"""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kolektor.api.errors import refused
from kolektor.api.guard import guarded
from kolektor.api.permissions import is_signed_in
from kolektor.api.scalars import uuid_of
from kolektor.identity.models import Person
from kolektor.kernel.errors import DomainError
from tenants.members import invitations as services


@require_http_methods(["GET", "POST"])
@never_cache
@guarded(is_signed_in)
def invitations(request: HttpRequest) -> HttpResponse:
    """GET → `{"invitations": [{"id", "firmName", "expiresAt"}]}` that wait for the reader.

    POST `id` and `answer` (accept, decline) → `{"accepted": bool}`. Only the person with the invited address finds it.
    """
    try:
        person = cast(Person, request.user)
        if request.method == "GET":
            return JsonResponse({"invitations": [_as_json(row) for row in services.waiting_for(person)]})
        answer = request.POST.get("answer", "")
        if answer not in ("accept", "decline"):
            raise DomainError("BAD_INPUT", field="answer")
        decide: Any = services.accept if answer == "accept" else services.decline
        decide(person=person, invitation_id=uuid_of(request.POST.get("id", "")))
    except DomainError as error:
        return refused(request, error)
    return JsonResponse({"accepted": answer == "accept"})


def _as_json(row: Any) -> dict[str, str]:
    return {"id": str(row.pk), "firmName": row.firm.name, "expiresAt": row.expires_at.isoformat()}
