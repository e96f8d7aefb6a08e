"""Who is asking, and what they may do: typed predicates, declared on every operation and path."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kolektor.kernel.errors import DomainError, Forbidden


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind a request, with the roles of this host; nobody when `person_id` is None.

    `two_factors`: a second factor was shown and still counts. `proved_at`: when they last proved who they are (UTC).
    """

    person_id: UUID | None
    roles: frozenset[str]
    two_factors: bool = False
    proved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Permission:
    """Allowed for people who have one of the roles at this host; with `roles` None for everybody who is signed in there.

    `two_factors`: the session must have shown a second factor besides; that is refused with a code of its own.
    """

    name: str
    roles: frozenset[str] | None
    two_factors: bool = False

    def __call__(self, actor: Actor) -> bool:
        if actor.person_id is None:
            return False
        return self.roles is None or not self.roles.isdisjoint(actor.roles)


def has_role(role: str) -> Permission:
    """Allowed for people who have the role at this host."""
    return Permission(role, frozenset({role}))


def works_as(*roles: str) -> Permission:
    """Allowed for staff who have one of the roles at this host and have shown a second factor."""
    return Permission(", ".join(sorted(roles)), frozenset(roles), two_factors=True)


is_signed_in = Permission("signed in", None)
is_member = has_role("member")
is_program_admin = works_as("program_admin")
# the door of the console, and what everybody behind it reads
works_here = works_as("program_admin", "care_agent", "marketer", "auditor", "clerk", "sales_rep")
# what else people of a wholesaler do: care for members, make the offer, check everything and change nothing; make members at
# the counter, or out in the field
is_staff = works_as("program_admin", "care_agent", "marketer", "auditor")
reads_members = works_as("program_admin", "care_agent", "auditor")
serves_members = works_as("program_admin", "care_agent")
reads_offer = works_as("program_admin", "marketer", "auditor")
makes_offer = works_as("program_admin", "marketer")
reads_program = works_as("program_admin", "auditor")
enrolls_members = works_as("program_admin", "care_agent", "clerk")
recruits_members = works_as("program_admin", "sales_rep")
reads_recruiting = works_as("program_admin", "sales_rep", "auditor")
# headquarters: what everybody there reads; who may take it along; who opens and closes wholesalers
works_at_headquarters = works_as("analyst", "buyer", "finance", "director")
takes_figures = works_as("analyst", "finance", "director")
is_director = works_as("director")


def require(actor: Actor, permission: Permission) -> UUID:
    """The person's id. Raises DomainError UNAUTHENTICATED, SECOND_FACTOR_REQUIRED, or Forbidden."""
    if actor.person_id is None:
        raise DomainError("UNAUTHENTICATED")
    if not permission(actor):
        raise Forbidden()
    if permission.two_factors and not actor.two_factors:
        raise DomainError("SECOND_FACTOR_REQUIRED")
    return actor.person_id


def require_open(request: Any) -> None:
    """Before a change at a wholesaler. Raises DomainError READ_ONLY while it is suspended."""
    if getattr(request, "read_only", False):
        raise DomainError("READ_ONLY")


def actor_of(request: Any) -> Actor:
    """The actor that the middleware bound to the request."""
    actor: Actor = request.actor
    return actor
