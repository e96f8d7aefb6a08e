"""Mutation `inviteToFirm`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, require, serves_members
from kolektor.api.schema import Mutation
from tenants.insight.graphql.console.firm_queries import Firm, firm_of, firm_type
from tenants.members import invitations


class InviteToFirm(Mutation):
    """Invite a fitter into a firm by e-mail. The answer never tells whether the address is known elsewhere."""

    class Meta:
        kit = CONSOLE
        permission = serves_members
        error_codes = (
            "NOT_FOUND",
            "BAD_EMAIL",
            "NAME_TOO_LONG",
            "UNKNOWN_SPENDING",
            "ALREADY_IN_FIRM",
            "TOO_MANY_INVITATIONS",
            "TOO_MANY_A_DAY",
        )

    class Input:
        firm_id = graphene.ID(required=True)
        email = graphene.String(required=True)
        name = graphene.String(required=True, description="What the firm calls the person; may be empty.")
        spending = graphene.String(required=True, description="free, approval or none.")

    firm = graphene.Field(Firm)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        firm = firm_of(arguments.pop("firm_id"))
        actor = require(actor_of(info.context), serves_members)
        invitations.invite(firm=firm, actor=actor, **arguments)
        return {"firm": firm_type(firm)}
