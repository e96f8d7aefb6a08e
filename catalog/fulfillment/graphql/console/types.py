"""Orders at the console, with how long each code took."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import graphene

from catalog.fulfillment import selectors
from catalog.fulfillment.services import seconds_to_deliver
from catalog.orders.models import Order as OrderRow
from catalog.orders.services import OPEN
from kolektor.api import timeline
from kolektor.api.kits import CONSOLE, ConsoleTimelineEvent
from kolektor.api.pagination import connection_type
from kolektor.api.scalars import Money, Points, money
from kolektor.api.schema import Type
from kolektor.audit.selectors import timelines
from kolektor.kernel.points import Points as PointsValue
from tenants.members.selectors import staff_names


class Order(Type):
    """An order as the wholesaler sees it. The voucher's code is nobody's but the member's."""

    class Meta:
        kit = CONSOLE

    id = graphene.ID(required=True)
    number = graphene.String(required=True)
    state = graphene.String(required=True)
    created_at = graphene.DateTime(required=True)
    member_id = graphene.ID(required=True)
    member_name = graphene.String(required=True)
    reward_name = graphene.String(required=True)
    brand_name = graphene.String(required=True)
    face_value = graphene.Field(Money, required=True)
    points = graphene.Field(Points, required=True)
    seconds_to_deliver = graphene.Int(description="Seconds between order and code; null while not delivered.")
    failure = graphene.String(required=True, description="Why it failed: a stable code; empty otherwise.")
    partner_name = graphene.String(required=True)
    partner_order_id = graphene.String(required=True, description="The partner's number; empty while unknown.")
    asked = graphene.Int(required=True, description="How often the partner was asked.")
    can_check = graphene.Boolean(required=True, description="Open, and the partner can be asked again.")
    closed_at = graphene.DateTime()
    timeline = graphene.List(graphene.NonNull(ConsoleTimelineEvent), required=True)

    def resolve_timeline(self, _info: Any) -> list[dict[str, Any]]:
        """Loaded when asked for."""
        events: list[dict[str, Any]] = self.timeline()
        return events


OrderConnection = connection_type(CONSOLE, Order)


def order_types(rows: Sequence[OrderRow]) -> list[Order]:
    ids = [row.pk for row in rows]
    issued = selectors.issued_at(ids)
    asked = selectors.issues_of(ids)
    people = {str(row.member.person_id): row.member.name for row in rows}
    entries = timeline.shared(lambda: timelines("order", ids), names=lambda actors: {**people, **staff_names(actors)})
    return [
        Order(
            id=str(row.pk),
            number=row.number,
            state=row.state,
            created_at=row.created_at,
            member_id=str(row.member_id),
            member_name=row.member.name,
            reward_name=row.reward.name,
            brand_name=row.reward.brand_name,
            face_value=money(row.face_value, row.currency),
            points=PointsValue(row.units),
            seconds_to_deliver=seconds_to_deliver(row, issued.get(row.pk)),
            failure=row.failure,
            partner_name=row.reward.connection.name,
            partner_order_id=asked[row.pk].partner_id if row.pk in asked else "",
            asked=asked[row.pk].asked if row.pk in asked else 0,
            can_check=row.state in OPEN and row.pk in asked and asked[row.pk].asked > 0,
            closed_at=row.closed_at,
            timeline=entries(row.pk),
        )
        for row in rows
    ]
