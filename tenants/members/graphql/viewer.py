"""The member behind a request."""

from __future__ import annotations

from typing import Any

from kolektor.api.permissions import actor_of
from kolektor.kernel.errors import DomainError
from tenants.members import selectors
from tenants.members.models import Member


def member_of(info: Any) -> Member:
    """The membership of the person who asks, looked up once a request. Raises DomainError NOT_A_MEMBER."""
    request = info.context
    found: Member | None = getattr(request, "_member", None)
    if found is None:
        person_id = actor_of(request).person_id
        found = None if person_id is None else selectors.member_of(person_id)
        if found is None:
            raise DomainError("NOT_A_MEMBER")
        request._member = found
    return found
