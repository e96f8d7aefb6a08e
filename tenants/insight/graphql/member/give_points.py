"""Mutation `givePoints`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import MEMBER
from kolektor.api.permissions import actor_of, is_member
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from kolektor.kernel.errors import DomainError
from kolektor.kernel.points import Points
from tenants.insight import giving, history
from tenants.insight.graphql.member.queries import TYPES
from tenants.ledger.services import Owner
from tenants.members.graphql.viewer import member_of


class GivePoints(Mutation):
    """Pass one's own points on to somebody of the same firm. The same idempotency key gives once."""

    class Meta:
        kit = MEMBER
        permission = is_member
        error_codes = (
            "NOT_FOUND", "NOT_IN_A_FIRM", "SPENDING_NOT_ALLOWED", "AMOUNT_NOT_POSITIVE", "BAD_KEY", "TEXT_TOO_LONG",
            "INSUFFICIENT_POINTS", "IDEMPOTENCY_CONFLICT", "BAD_INPUT", "REAUTHENTICATION_REQUIRED", "TERMS_NOT_ACCEPTED",
        )  # fmt: skip

    class Input:
        member_id = graphene.ID(required=True)
        points = graphene.String(required=True, description='Decimal string, e.g. "12.50".')
        note = graphene.String(required=True, description="The receiver reads it; may be empty.")
        idempotency_key = graphene.String(required=True)

    entry = graphene.Field(TYPES.entry)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        member = member_of(info)
        try:
            points = Points.parse(arguments["points"])
        except (ValueError, OverflowError) as error:
            raise DomainError("BAD_INPUT", field="points") from error
        posting_id = giving.give(
            giver=member,
            member_id=uuid_of(arguments["member_id"], "memberId"),
            points=points,
            note=arguments["note"],
            key=arguments["idempotency_key"],
            proved_at=actor_of(info.context).proved_at,
        )
        row = history.entry(Owner("member", member.pk), posting_id)
        assert row is not None
        return {"entry": TYPES.entry_of(row)}
