"""Mutation `enrollBuyer`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.schema import Mutation
from tenants.sales import matching


class EnrollBuyer(Mutation):
    """Make a buyer whose purchases wait a member; the purchases follow."""

    class Meta:
        kit = CONSOLE
        permission = is_program_admin
        error_codes = ("NOT_FOUND", "BAD_NIP", "BAD_EMAIL")

    class Input:
        key = graphene.ID(required=True)

    member_id = graphene.ID()

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), is_program_admin)
        member = matching.enroll_buyer(key=arguments["key"], actor=actor)
        return {"member_id": str(member.pk)}
