"""Mutation `closeWholesaler`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import NETWORK
from kolektor.api.permissions import actor_of, is_director, require
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from kolektor.network import life_cycle
from kolektor.network.graphql.wholesalers import Wholesaler, wholesaler_type


class CloseWholesaler(Mutation):
    """Close a suspended wholesaler: its host answers nobody. Nothing is deleted."""

    class Meta:
        kit = NETWORK
        permission = is_director
        error_codes = ("NOT_FOUND", "REASON_MISSING", "TEXT_TOO_LONG", "SLUG_MISTYPED", "WRONG_STATE")

    class Input:
        id = graphene.ID(required=True)
        slug = graphene.String(required=True, description="Typed to confirm.")
        reason = graphene.String(required=True)

    wholesaler = graphene.Field(Wholesaler)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), is_director)
        row = life_cycle.close(
            network=info.context.network,
            wholesaler_id=uuid_of(arguments["id"]),
            slug=arguments["slug"],
            reason=arguments["reason"],
            actor=actor,
        )
        return {"wholesaler": wholesaler_type(row)}
