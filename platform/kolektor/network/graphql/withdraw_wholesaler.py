"""Mutation `withdrawWholesaler`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import NETWORK
from kolektor.api.permissions import actor_of, is_director, require
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from kolektor.network import life_cycle
from kolektor.network.graphql.wholesalers import Wholesaler, wholesaler_type


class WithdrawWholesaler(Mutation):
    """Take back what was asked for and is not live yet."""

    class Meta:
        kit = NETWORK
        permission = is_director
        error_codes = ("NOT_FOUND", "WRONG_STATE", "PROVISIONER_BUSY")

    class Input:
        id = graphene.ID(required=True)

    wholesaler = graphene.Field(Wholesaler)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), is_director)
        row = life_cycle.withdraw(network=info.context.network, wholesaler_id=uuid_of(arguments["id"]), actor=actor)
        return {"wholesaler": wholesaler_type(row)}
