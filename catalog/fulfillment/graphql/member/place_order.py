"""Mutation `placeOrder`."""

from __future__ import annotations

from typing import Any

import graphene

from catalog.fulfillment.graphql.member.types import Order, order_types
from catalog.orders import services
from kolektor.api.kits import MEMBER
from kolektor.api.permissions import actor_of, is_member
from kolektor.api.scalars import amount_of, uuid_of
from kolektor.api.schema import Mutation
from tenants.members.graphql.viewer import member_of


class PlaceOrder(Mutation):
    """Buy a voucher with points. The same idempotency key never orders twice."""

    class Meta:
        kit = MEMBER
        permission = is_member
        error_codes = (
            "NOT_FOUND", "INSUFFICIENT_POINTS", "BAD_FACE_VALUE", "FACE_VALUE_RANGE", "REWARD_GONE", "SOLD_OUT", "BAD_KEY",
            "BAD_INPUT", "IDEMPOTENCY_CONFLICT", "SPENDING_NOT_ALLOWED", "REAUTHENTICATION_REQUIRED", "TERMS_NOT_ACCEPTED",
        )  # fmt: skip

    class Input:
        reward_id = graphene.ID(required=True)
        face_value = graphene.String(
            required=True, description='Face value in the currency of the reward, decimal string, e.g. "50.00".'
        )
        idempotency_key = graphene.String(
            required=True, description="Chosen by the client once per checkout screen; the same key never orders twice."
        )

    order = graphene.Field(Order)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        member = member_of(info)
        order = services.place(
            member=member,
            reward_id=uuid_of(arguments["reward_id"], "rewardId"),
            face_value=amount_of(arguments["face_value"], "faceValue"),
            idempotency_key=arguments["idempotency_key"],
            actor=member.person_id,
            proved_at=actor_of(info.context).proved_at,
        )
        return {"order": order_types([order])[0]}
