"""Mutation `setFitterSpending`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import MEMBER
from kolektor.api.permissions import is_member
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from tenants.members import firms
from tenants.members.graphql.member.firm import Firm, firm_type, own_firm
from tenants.members.graphql.viewer import member_of


class SetFitterSpending(Mutation):
    """Say whether a fitter may spend points: freely, after the owner's yes, or not."""

    class Meta:
        kit = MEMBER
        permission = is_member
        error_codes = ("FORBIDDEN", "NOT_FOUND", "UNKNOWN_SPENDING", "OWNER_ALWAYS_SPENDS")

    class Input:
        member_id = graphene.ID(required=True)
        spending = graphene.String(required=True, description="free, approval or none.")

    firm = graphene.Field(Firm)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        member = member_of(info)
        firm = own_firm(info)
        firms.set_spending(
            firm=firm,
            member_id=uuid_of(arguments["member_id"], "memberId"),
            spending=arguments["spending"],
            actor=member.person_id,
        )
        return {"firm": firm_type(firm, member)}
