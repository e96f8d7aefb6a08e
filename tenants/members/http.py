"""Invitations, into a firm or into the program, for everybody who is signed in here: who is invited need not be a member yet, and
so cannot reach the member's GraphQL.
"""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kolektor.api.errors import refused
from kolektor.api.guard import guarded
from kolektor.api.permissions import is_signed_in
from kolektor.api.scalars import uuid_of
from kolektor.identity.models import Person
from kolektor.kernel.errors import DomainError
from tenants.members import invitations as into_firm
from tenants.members import recruiting, selectors


@require_http_methods(["GET", "POST"])
@never_cache
@guarded(is_signed_in)
def invitations(request: HttpRequest) -> HttpResponse:
    """GET → `{"invitations": [{"id", "kind", "firmName", "invitedBy", "expiresAt"}]}` that wait for the reader,
    into a "firm" or into the "program".

    POST `id`, `kind` (left out: firm) and `answer` (accept, decline) → `{"accepted": bool}`. Only the person with the invited
    address finds it.
    """
    try:
        person = cast(Person, request.user)
        if request.method == "GET":
            return JsonResponse({"invitations": _waiting(person)})
        answer, kind = request.POST.get("answer", ""), request.POST.get("kind", "firm")
        if answer not in ("accept", "decline") or kind not in ("firm", "program"):
            raise DomainError("BAD_INPUT", field="answer")
        _decide(person, kind, answer, uuid_of(request.POST.get("id", "")))
    except DomainError as error:
        return refused(request, error)
    return JsonResponse({"accepted": answer == "accept"})


def _decide(person: Person, kind: str, answer: str, invitation_id: UUID) -> None:
    if kind == "program":
        if answer == "accept":
            recruiting.accept(person=person, invitation_id=invitation_id)
        else:
            recruiting.decline(person=person, invitation_id=invitation_id)
    elif answer == "accept":
        into_firm.accept(person=person, invitation_id=invitation_id)
    else:
        into_firm.decline(person=person, invitation_id=invitation_id)


def _waiting(person: Person) -> list[dict[str, str]]:
    program = list(recruiting.waiting_for(person))
    names = selectors.staff_names(row.invited_by for row in program)
    found = [
        {
            "id": str(row.pk),
            "kind": "program",
            "firmName": row.firm_name,
            "invitedBy": names.get(str(row.invited_by), ""),
            "expiresAt": row.expires_at.isoformat(),
        }
        for row in program
    ]
    for invitation in into_firm.waiting_for(person):
        found.append(
            {
                "id": str(invitation.pk),
                "kind": "firm",
                "firmName": invitation.firm.name,
                "invitedBy": "",
                "expiresAt": invitation.expires_at.isoformat(),
            }
        )
    return found
