"""Mutation `handOverFirm`."""

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


class HandOverFirm(Mutation):
    """Make a fitter the owner of the firm; the owner becomes a fitter."""

    class Meta:
        kit = MEMBER
        permission = is_member
        error_codes = ("FORBIDDEN", "NOT_FOUND", "ALREADY_OWNER")

    class Input:
        member_id = graphene.ID(required=True)

    firm = graphene.Field(Firm)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        member = member_of(info)
        firms.hand_over(
            firm=own_firm(info), member_id=uuid_of(arguments["member_id"], "memberId"), actor=member.person_id
        )
        member.refresh_from_db()
        assert member.firm is not None
        return {"firm": firm_type(member.firm, member)}
