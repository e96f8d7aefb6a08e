"""Mutation `checkOrder`."""

from __future__ import annotations

from typing import Any

import graphene

from catalog.fulfillment import webhooks
from catalog.fulfillment.graphql.console.types import Order, order_types
from catalog.orders import selectors
from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, require, serves_members
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation


class CheckOrder(Mutation):
    """Ask the partner now what became of an open order. Nothing is bought twice: the reference stays the same."""

    class Meta:
        kit = CONSOLE
        permission = serves_members
        error_codes = ("NOT_FOUND", "ORDER_CLOSED")

    class Input:
        id = graphene.ID(required=True)

    order = graphene.Field(Order)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), serves_members)
        row = webhooks.ask_for_check(order_id=uuid_of(arguments["id"]), actor=actor)
        return {"order": order_types(list(selectors.all_orders().filter(pk=row.pk)))[0]}
