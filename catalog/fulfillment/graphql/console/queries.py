"""Orders at the console, with how long each code took."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import graphene

from catalog.fulfillment import selectors
from catalog.fulfillment.services import seconds_to_deliver
from catalog.orders import selectors as orders_
from catalog.orders.models import Order as OrderRow
from kolektor.api import timeline
from kolektor.api.kits import CONSOLE, ConsoleTimelineEvent
from kolektor.api.pagination import Page, connection_type, page_arguments, page_of
from kolektor.api.permissions import is_program_admin
from kolektor.api.scalars import Money, Points, money, uuid_of
from kolektor.api.schema import Type
from kolektor.audit.selectors import timelines
from kolektor.kernel.points import Points as PointsValue


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
    timeline = graphene.List(graphene.NonNull(ConsoleTimelineEvent), required=True)

    def resolve_timeline(self, _info: Any) -> list[dict[str, Any]]:
        """Loaded when asked for."""
        events: list[dict[str, Any]] = self.timeline()
        return events


OrderConnection = connection_type(CONSOLE, Order)


def _orders(rows: Sequence[OrderRow]) -> list[Order]:
    ids = [row.pk for row in rows]
    issued = selectors.issued_at(ids)
    entries = timeline.shared(lambda: timelines("order", ids))
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
            timeline=entries(row.pk),
        )
        for row in rows
    ]


@CONSOLE.query(
    graphene.NonNull(OrderConnection),
    permission=is_program_admin,
    **page_arguments(),
    state=graphene.String(),
    search=graphene.String(),
)
def orders(
    _info: Any, first: int | None = None, after: str | None = None, state: str = "", search: str = ""
) -> Page[Order]:
    """The program's orders, youngest first."""
    rows = orders_.all_orders(state=state or "", search=search or "")
    return page_of(rows, first=first, after=after, convert=_orders)


@CONSOLE.query(Order, permission=is_program_admin, id=graphene.ID(required=True))
def order(_info: Any, id: str) -> Order | None:
    """One order, or null."""
    rows = list(orders_.all_orders().filter(pk=uuid_of(id)))
    return _orders(rows)[0] if rows else None
