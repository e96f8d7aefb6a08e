"""Who is asking, and what they may do: typed predicates, declared on every operation and path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kolektor.kernel.errors import DomainError, Forbidden


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind a request, with the roles of this host; nobody when `person_id` is None."""

    person_id: UUID | None
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Permission:
    """Allowed for people who have one of the roles at this host; with `roles` None for everybody who is signed in there."""

    name: str
    roles: frozenset[str] | None

    def __call__(self, actor: Actor) -> bool:
        if actor.person_id is None:
            return False
        return self.roles is None or not self.roles.isdisjoint(actor.roles)


def has_role(role: str) -> Permission:
    """Allowed for people who have the role at this host."""
    return Permission(role, frozenset({role}))


is_signed_in = Permission("signed in", None)
is_member = has_role("member")
is_program_admin = has_role("program_admin")
is_analyst = has_role("analyst")


def require(actor: Actor, permission: Permission) -> UUID:
    """The person's id. Raises DomainError UNAUTHENTICATED, or Forbidden."""
    if actor.person_id is None:
        raise DomainError("UNAUTHENTICATED")
    if not permission(actor):
        raise Forbidden()
    return actor.person_id


def actor_of(request: Any) -> Actor:
    """The actor that the middleware bound to the request."""
    actor: Actor = request.actor
    return actor
