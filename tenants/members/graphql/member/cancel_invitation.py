"""Mutation `cancelInvitation`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import MEMBER
from kolektor.api.permissions import is_member
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from tenants.members import invitations
from tenants.members.graphql.member.firm import Firm, firm_type, own_firm
from tenants.members.graphql.viewer import member_of


class CancelInvitation(Mutation):
    """Take back an invitation that still waits."""

    class Meta:
        kit = MEMBER
        permission = is_member
        error_codes = ("FORBIDDEN", "NOT_FOUND")

    class Input:
        id = graphene.ID(required=True)

    firm = graphene.Field(Firm)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        member = member_of(info)
        firm = own_firm(info)
        invitations.cancel(firm=firm, invitation_id=uuid_of(arguments["id"]), actor=member.person_id)
        return {"firm": firm_type(firm, member)}
