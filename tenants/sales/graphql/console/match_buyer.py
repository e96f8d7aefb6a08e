"""Mutation `matchBuyer`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from tenants.sales import matching


class MatchBuyer(Mutation):
    """Say who a buyer is: a member, or (null) nobody who takes part. Purchases that wait follow, and so do later ones."""

    class Meta:
        kit = CONSOLE
        permission = is_program_admin
        error_codes = ("NOT_FOUND",)

    class Input:
        key = graphene.ID(required=True)
        member_id = graphene.ID()

    key = graphene.ID()

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), is_program_admin)
        member_id = uuid_of(arguments["member_id"], "memberId") if arguments.get("member_id") else None
        row = matching.match_buyer(key=arguments["key"], member_id=member_id, actor=actor)
        return {"key": row.key}
