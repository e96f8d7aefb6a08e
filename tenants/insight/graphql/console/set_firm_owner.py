"""Mutation `setFirmOwner`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, require, serves_members
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from tenants.insight.graphql.console.firm_queries import Firm, firm_of, firm_type
from tenants.members import firms


class SetFirmOwner(Mutation):
    """Make a fitter the owner of the firm; the owner becomes a fitter."""

    class Meta:
        kit = CONSOLE
        permission = serves_members
        error_codes = ("NOT_FOUND", "ALREADY_OWNER")

    class Input:
        firm_id = graphene.ID(required=True)
        member_id = graphene.ID(required=True)

    firm = graphene.Field(Firm)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        firm = firm_of(arguments.pop("firm_id"))
        actor = require(actor_of(info.context), serves_members)
        firms.hand_over(firm=firm, member_id=uuid_of(arguments["member_id"], "memberId"), actor=actor)
        return {"firm": firm_type(firm)}
