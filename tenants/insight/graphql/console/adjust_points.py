"""Mutation `adjustPoints`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, require, serves_members
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from kolektor.kernel.errors import DomainError
from kolektor.kernel.points import Points
from tenants.insight import adjusting
from tenants.insight.graphql.console.queries import Member, member_types


class AdjustPoints(Mutation):
    """Give or take a member's points by hand, with a reason. The same idempotency key acts once."""

    class Meta:
        kit = CONSOLE
        permission = serves_members
        error_codes = (
            "NOT_FOUND", "BAD_INPUT", "BAD_KEY", "AMOUNT_ZERO", "REASON_MISSING", "BALANCE_TOO_LOW",
            "IDEMPOTENCY_CONFLICT",
        )  # fmt: skip

    class Input:
        member_id = graphene.ID(required=True)
        points = graphene.String(required=True, description='Decimal string, negative to take: "-12.50".')
        reason = graphene.String(required=True, description="Kept for good; no personal data.")
        idempotency_key = graphene.String(required=True)

    member = graphene.Field(Member)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), serves_members)
        try:
            points = Points.parse(arguments["points"])
        except (ValueError, OverflowError) as error:
            raise DomainError("BAD_INPUT", field="points") from error
        member = adjusting.adjust_points(
            member_id=uuid_of(arguments["member_id"], "memberId"),
            points=points,
            reason=arguments["reason"],
            key=arguments["idempotency_key"],
            actor=actor,
        )
        return {"member": member_types([member])[0]}
