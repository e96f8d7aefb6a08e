"""Mutation `approveOrder`."""

from __future__ import annotations

from typing import Any

import graphene

from catalog.fulfillment.graphql.member.types import FirmOrder, firm_order_type
from catalog.orders import approvals
from kolektor.api.kits import MEMBER
from kolektor.api.permissions import actor_of, is_member
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from tenants.members.graphql.viewer import member_of


class ApproveOrder(Mutation):
    """Say yes to a fitter's order: it is placed."""

    class Meta:
        kit = MEMBER
        permission = is_member
        error_codes = ("NOT_FOUND", "ORDER_DECIDED", "REAUTHENTICATION_REQUIRED")

    class Input:
        id = graphene.ID(required=True)

    order = graphene.Field(FirmOrder)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        order = approvals.approve(
            owner=member_of(info), order_id=uuid_of(arguments["id"]), proved_at=actor_of(info.context).proved_at
        )
        return {"order": firm_order_type(order)}
