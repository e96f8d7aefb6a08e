"""The member's balance."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import MEMBER
from kolektor.api.permissions import is_member
from kolektor.api.scalars import Points
from kolektor.api.schema import Type
from kolektor.kernel import clock
from tenants.ledger import selectors
from tenants.ledger.services import Owner
from tenants.members.graphql.viewer import member_of
from tenants.members.selectors import merged_into


class Balance(Type):
    """The member's standing in this program."""

    class Meta:
        kit = MEMBER

    available = graphene.Field(Points, required=True)
    pending = graphene.Field(Points, required=True)
    held = graphene.Field(Points, required=True)
    debt = graphene.Field(Points, required=True)
    expiring_soon = graphene.Field(Points, required=True, description="Of the available points, within 30 days.")
    expiring_on = graphene.Date(description="When the first of them expires (calendar day in Poland).")
    maturing_next = graphene.Field(Points, required=True, description="Of the pending points, what comes first.")
    maturing_on = graphene.Date(description="When that can be spent (calendar day in Poland).")
    as_of = graphene.DateTime(required=True)


@MEMBER.query(graphene.NonNull(Balance), permission=is_member)
def balance(info: Any) -> Balance:
    """The member's standing in this program."""
    owner = Owner("member", member_of(info).pk)
    # points of an account that became part of this one come over when they mature
    also = merged_into(owner.id)
    standing = selectors.standing(owner, also=also)
    soon, first = selectors.expiring(owner)
    maturing, matures_at = selectors.maturing(owner, also=also)
    return Balance(
        available=standing.available,
        pending=standing.pending,
        held=standing.held,
        debt=standing.debt,
        expiring_soon=soon,
        expiring_on=first and first.astimezone(clock.WARSAW).date(),
        maturing_next=maturing,
        maturing_on=matures_at and matures_at.astimezone(clock.WARSAW).date(),
        as_of=clock.now(),
    )
