"""Members with their standing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import graphene

from kolektor.api import timeline
from kolektor.api.kits import CONSOLE, ConsoleTimelineEvent
from kolektor.api.pagination import Page, connection_type, page_arguments, page_of
from kolektor.api.permissions import reads_members
from kolektor.api.scalars import Points, uuid_of
from kolektor.api.schema import Type
from kolektor.audit.selectors import timelines
from kolektor.kernel.points import ZERO
from tenants.insight import selectors
from tenants.ledger import selectors as ledger
from tenants.ledger.services import Owner
from tenants.members import selectors as members_
from tenants.members.models import Member as MemberRow


class Member(Type):
    """A member with balance, sums and last purchase."""

    class Meta:
        kit = CONSOLE

    id = graphene.ID(required=True)
    name = graphene.String(required=True)
    email = graphene.String()
    phone = graphene.String(description="The number to call.")
    path = graphene.String(
        required=True, description="How they came: import, counter, invitation, firm or registration."
    )
    brought_by = graphene.String(description="Whose doing it is that there is this member: clerk or representative.")
    merged_into_id = graphene.ID(description="Of a member who turned out to be another: that one.")
    merged_from_ids = graphene.List(graphene.NonNull(graphene.ID), required=True)
    firm_id = graphene.ID()
    firm_name = graphene.String()
    nip = graphene.String()
    customer_code = graphene.String()
    state = graphene.String(required=True)
    joined_on = graphene.Date(required=True)
    available = graphene.Field(Points, required=True)
    pending = graphene.Field(Points, required=True)
    held = graphene.Field(Points, required=True)
    earned_total = graphene.Field(Points, required=True)
    spent_total = graphene.Field(Points, required=True)
    last_purchase_on = graphene.Date()
    timeline = graphene.List(graphene.NonNull(ConsoleTimelineEvent), required=True)

    def resolve_timeline(self, _info: Any) -> list[dict[str, Any]]:
        """Loaded when asked for."""
        events: list[dict[str, Any]] = self.timeline()
        return events


MemberConnection = connection_type(CONSOLE, Member)


def member_types(rows: Sequence[MemberRow]) -> list[Member]:
    """Members with their standing, in a fixed number of queries."""
    owners = [Owner("member", row.pk) for row in rows]
    ids = [row.pk for row in rows]
    merged: dict[Any, list[UUID]] = {}
    for key, into in MemberRow.objects.filter(merged_into__in=ids).order_by("pk").values_list("pk", "merged_into_id"):
        merged.setdefault(into, []).append(key)
    parts = [*owners, *(Owner("member", key) for keys in merged.values() for key in keys)]
    standing = ledger.balances(parts)
    sums = ledger.earned_and_spent(parts)
    last = selectors.last_purchases([part.id for part in parts])
    people = {str(row.person_id): row.label for row in rows}
    entries = timeline.shared(
        lambda: timelines("member", ids), names=lambda actors: {**people, **members_.staff_names(actors)}
    )
    names = members_.staff_names([row.brought_by for row in rows if row.brought_by])
    found = []
    for row, owner in zip(rows, owners, strict=True):
        whole = [owner, *(Owner("member", key) for key in merged.get(row.pk, []))]
        earned = sum((sums.get(part.id, (ZERO, ZERO))[0] for part in whole), ZERO)
        spent = sum((sums.get(part.id, (ZERO, ZERO))[1] for part in whole), ZERO)
        found.append(
            Member(
                id=str(row.pk),
                name=row.label,
                email=row.known_email,
                phone=row.reachable_phone or None,
                path=row.path,
                brought_by=names.get(str(row.brought_by)) if row.brought_by else None,
                merged_into_id=str(row.merged_into_id) if row.merged_into_id else None,
                merged_from_ids=[str(key) for key in merged.get(row.pk, [])],
                firm_id=str(row.firm_id) if row.firm_id else None,
                firm_name=row.firm.name if row.firm else None,
                nip=row.firm.nip if row.firm else None,
                customer_code=row.customer_code,
                state="MERGED" if row.merged_into_id else "ACTIVE",
                joined_on=row.joined_on,
                available=standing[owner].available,
                pending=sum((standing[part].pending for part in whole), ZERO),
                held=standing[owner].held,
                earned_total=earned,
                spent_total=spent,
                last_purchase_on=max(filter(None, (last.get(part.id) for part in whole)), default=None),
                timeline=entries(row.pk),
            )
        )
    return found


@CONSOLE.query(
    graphene.NonNull(MemberConnection), permission=reads_members, **page_arguments(), search=graphene.String()
)
def members(_info: Any, first: int | None = None, after: str | None = None, search: str = "") -> Page[Member]:
    """Members, youngest first."""
    return page_of(members_.search_members(search or ""), first=first, after=after, convert=member_types)


@CONSOLE.query(Member, permission=reads_members, id=graphene.ID(required=True))
def member(_info: Any, id: str) -> Member | None:
    """One member, or null."""
    rows = list(MemberRow.objects.select_related("firm").filter(pk=uuid_of(id)))
    return member_types(rows)[0] if rows else None
