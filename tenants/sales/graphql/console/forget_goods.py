"""Mutation `forgetGoods`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.schema import Mutation
from tenants.sales import matching


class ForgetGoods(Mutation):
    """Take back what was said of goods. Sales that were matched keep their product."""

    class Meta:
        kit = CONSOLE
        permission = is_program_admin
        error_codes = ("NOT_FOUND",)

    class Input:
        key = graphene.ID(required=True)

    key = graphene.ID()

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), is_program_admin)
        matching.forget_goods(key=arguments["key"], actor=actor)
        return {"key": arguments["key"]}
