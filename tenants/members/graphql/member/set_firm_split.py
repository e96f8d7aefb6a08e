"""Mutation `setFirmSplit`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import MEMBER
from kolektor.api.permissions import is_member
from kolektor.api.schema import Mutation
from tenants.members import firms
from tenants.members.graphql.firm_types import shares_of_input
from tenants.members.graphql.member.firm import Firm, FirmShareInput, firm_type, own_firm
from tenants.members.graphql.viewer import member_of


class SetFirmSplit(Mutation):
    """Split the points of the firm's purchases from today on. What no share names is the owner's."""

    class Meta:
        kit = MEMBER
        permission = is_member
        error_codes = ("FORBIDDEN", "NOT_FOUND", "BAD_SHARE", "SHARES_BEYOND_WHOLE", "TOO_MANY_SHARES")

    class Input:
        shares = graphene.List(graphene.NonNull(FirmShareInput), required=True)

    firm = graphene.Field(Firm)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        member = member_of(info)
        firm = own_firm(info)
        firms.set_split(firm=firm, shares=shares_of_input(arguments["shares"]), actor=member.person_id)
        return {"firm": firm_type(firm, member)}
