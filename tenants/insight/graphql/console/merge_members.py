"""Mutation `mergeMembers`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, require, serves_members
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from tenants.insight import merging
from tenants.insight.graphql.console.queries import Member, member_types


class MergeMembers(Mutation):
    """Make one member of two who are one person: points, orders and place in the firm go to the one that is kept."""

    class Meta:
        kit = CONSOLE
        permission = serves_members
        error_codes = (
            "NOT_FOUND", "SAME_MEMBER", "REASON_MISSING", "TEXT_TOO_LONG", "MERGE_OPEN_ORDERS", "MERGE_TWO_FIRMS",
        )  # fmt: skip

    class Input:
        kept_id = graphene.ID(required=True)
        gone_id = graphene.ID(required=True)
        reason = graphene.String(required=True)

    member = graphene.Field(Member)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        kept = merging.merge(
            gone_id=uuid_of(arguments["gone_id"], "goneId"),
            kept_id=uuid_of(arguments["kept_id"], "keptId"),
            reason=arguments["reason"],
            actor=require(actor_of(info.context), serves_members),
        )
        return {"member": member_types([kept])[0]}
