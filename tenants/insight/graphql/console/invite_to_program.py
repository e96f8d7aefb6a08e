"""Mutation `inviteToProgram`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, recruits_members, require
from kolektor.api.schema import Mutation
from tenants.insight.graphql.console.recruiting import ProgramInvitation, invitation_type
from tenants.members import recruiting
from tenants.members import selectors as members


class InviteToProgram(Mutation):
    """Invite who stands for a firm. The answer never tells whether the address is known elsewhere."""

    class Meta:
        kit = CONSOLE
        permission = recruits_members
        error_codes = (
            "BAD_EMAIL", "NAME_MISSING", "NAME_TOO_LONG", "BAD_NIP", "ALREADY_MEMBER", "FIRM_HAS_OWNER", "INVITED_BY_COLLEAGUE",
            "TOO_MANY_A_DAY",
        )  # fmt: skip

    class Input:
        email = graphene.String(required=True)
        name = graphene.String(required=True)
        nip = graphene.String(required=True)
        firm_name = graphene.String(required=True)
        decision_maker = graphene.String(
            required=True, description="Who decides there what is bought; empty: the invited person."
        )

    invitation = graphene.Field(ProgramInvitation)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), recruits_members)
        row = recruiting.invite(actor=actor, **arguments)
        return {"invitation": invitation_type(row, members.staff_names([actor]), actor_of(info.context))}
