"""Mutation `inviteFitter`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import MEMBER
from kolektor.api.permissions import is_member
from kolektor.api.schema import Mutation
from tenants.members import invitations
from tenants.members.graphql.member.firm import Firm, firm_type, own_firm
from tenants.members.graphql.viewer import member_of


class InviteFitter(Mutation):
    """Invite a fitter into the firm by e-mail. The answer never tells whether the address is known."""

    class Meta:
        kit = MEMBER
        permission = is_member
        error_codes = (
            "FORBIDDEN",
            "BAD_EMAIL",
            "NAME_TOO_LONG",
            "UNKNOWN_SPENDING",
            "ALREADY_IN_FIRM",
            "TOO_MANY_INVITATIONS",
            "TOO_MANY_A_DAY",
        )

    class Input:
        email = graphene.String(required=True)
        name = graphene.String(required=True, description="What the firm calls the person; may be empty.")
        spending = graphene.String(required=True, description="free, approval or none.")

    firm = graphene.Field(Firm)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        member = member_of(info)
        firm = own_firm(info)
        invitations.invite(firm=firm, actor=member.person_id, **arguments)
        return {"firm": firm_type(firm, member)}
