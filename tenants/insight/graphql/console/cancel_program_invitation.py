"""Mutation `cancelProgramInvitation`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, recruits_members, require
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from tenants.insight.graphql.console.recruiting import ProgramInvitation, invitation_type
from tenants.members import recruiting
from tenants.members import selectors as members


class CancelProgramInvitation(Mutation):
    """Take an invitation back that waits: one's own; an administrator anybody's."""

    class Meta:
        kit = CONSOLE
        permission = recruits_members
        error_codes = ("NOT_FOUND",)

    class Input:
        id = graphene.ID(required=True)

    invitation = graphene.Field(ProgramInvitation)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = actor_of(info.context)
        row = recruiting.cancel(
            invitation_id=uuid_of(arguments["id"]),
            actor=require(actor, recruits_members),
            any_of=is_program_admin(actor),
        )
        return {"invitation": invitation_type(row, members.staff_names([row.invited_by]), actor)}
