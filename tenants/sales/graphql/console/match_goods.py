"""Mutation `matchGoods`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from tenants.sales import matching


class MatchGoods(Mutation):
    """Say what goods are: a product, or (null) no goods. Sales that wait follow, and so do later ones."""

    class Meta:
        kit = CONSOLE
        permission = is_program_admin
        error_codes = ("NOT_FOUND",)

    class Input:
        key = graphene.ID(required=True)
        product_id = graphene.ID()

    key = graphene.ID()

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), is_program_admin)
        product_id = uuid_of(arguments["product_id"], "productId") if arguments.get("product_id") else None
        row = matching.match_goods(key=arguments["key"], product_id=product_id, actor=actor)
        return {"key": row.key}
