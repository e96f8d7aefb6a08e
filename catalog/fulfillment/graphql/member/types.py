"""Orders and vouchers as their member sees them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any
from uuid import UUID

import graphene

from catalog.fulfillment import selectors
from catalog.fulfillment.models import Voucher as VoucherRow
from catalog.orders.models import Order as OrderRow
from kolektor.api import timeline
from kolektor.api.kits import MEMBER, MemberTimelineEvent
from kolektor.api.pagination import connection_type
from kolektor.api.scalars import Money, Points, money
from kolektor.api.schema import Type
from kolektor.audit.selectors import timelines
from kolektor.kernel.points import Points as PointsValue


class Voucher(Type):
    """A voucher in the wallet. Its code is given by `revealVoucher` only."""

    class Meta:
        kit = MEMBER

    id = graphene.ID(required=True)
    reward_name = graphene.String(required=True)
    brand_name = graphene.String(required=True)
    face_value = graphene.Field(Money, required=True)
    color = graphene.String(required=True)
    issued_at = graphene.DateTime(required=True)
    expires_on = graphene.Date()
    revealed_at = graphene.DateTime(description="When the member first looked at the code; null until then.")
    used_at = graphene.DateTime(description="When the member noted that it is spent; null until then.")
    order_id = graphene.ID(required=True)
    order_number = graphene.String(required=True)


class Order(Type):
    """PLACED (points held), ISSUING, UNKNOWN (partner did not answer, being checked), FULFILLED, FAILED (points given back)

    A fitter's order may first be AWAITING the firm's owner, and then DECLINED (points given back).
    """

    class Meta:
        kit = MEMBER

    id = graphene.ID(required=True)
    number = graphene.String(required=True)
    state = graphene.String(required=True)
    created_at = graphene.DateTime(required=True)
    reward_name = graphene.String(required=True)
    brand_name = graphene.String(required=True)
    face_value = graphene.Field(Money, required=True)
    points = graphene.Field(Points, required=True)
    timeline = graphene.List(graphene.NonNull(MemberTimelineEvent), required=True)
    voucher = graphene.Field(Voucher)

    def resolve_timeline(self, _info: Any) -> list[dict[str, Any]]:
        """Loaded when asked for."""
        events: list[dict[str, Any]] = self.timeline()
        return events

    def resolve_voucher(self, _info: Any) -> Voucher | None:
        """Loaded when asked for, with those of the other orders of the page."""
        row: VoucherRow | None = self.voucher()
        return None if row is None else voucher_type(row)


class FirmOrder(Type):
    """A fitter's order that waits for the firm's owner."""

    class Meta:
        kit = MEMBER

    id = graphene.ID(required=True)
    number = graphene.String(required=True)
    member_name = graphene.String(required=True)
    created_at = graphene.DateTime(required=True)
    reward_name = graphene.String(required=True)
    brand_name = graphene.String(required=True)
    face_value = graphene.Field(Money, required=True)
    points = graphene.Field(Points, required=True)


OrderConnection = connection_type(MEMBER, Order)
VoucherConnection = connection_type(MEMBER, Voucher)


def voucher_type(row: VoucherRow) -> Voucher:
    """One voucher; its order and reward must be loaded."""
    order = row.order
    return Voucher(
        id=str(row.pk),
        reward_name=order.reward.name,
        brand_name=order.reward.brand_name,
        face_value=money(order.face_value, order.currency),
        color=order.reward.color,
        issued_at=row.issued_at,
        expires_on=row.expires_on,
        revealed_at=row.revealed_at,
        used_at=row.used_at,
        order_id=str(order.pk),
        order_number=order.number,
    )


def firm_order_type(row: OrderRow) -> FirmOrder:
    """One order of a fitter; its member and reward must be loaded."""
    return FirmOrder(
        id=str(row.pk),
        number=row.number,
        member_name=row.member.name,
        created_at=row.created_at,
        reward_name=row.reward.name,
        brand_name=row.reward.brand_name,
        face_value=money(row.face_value, row.currency),
        points=PointsValue(row.units),
    )


def _voucher_of(vouchers: Callable[[], dict[UUID, VoucherRow]], order_id: UUID) -> VoucherRow | None:
    return vouchers().get(order_id)


def order_types(rows: Sequence[OrderRow]) -> list[Order]:
    """Several orders; their vouchers and timelines come in one more query each, if they are asked for."""
    vouchers = lru_cache(maxsize=1)(lambda: selectors.vouchers_of_orders(rows))
    entries = timeline.shared(lambda: timelines("order", [row.pk for row in rows]))
    return [
        Order(
            id=str(row.pk),
            number=row.number,
            state=row.state,
            created_at=row.created_at,
            reward_name=row.reward.name,
            brand_name=row.reward.brand_name,
            face_value=money(row.face_value, row.currency),
            points=PointsValue(row.units),
            timeline=entries(row.pk),
            voucher=partial(_voucher_of, vouchers, row.pk),
        )
        for row in rows
    ]
