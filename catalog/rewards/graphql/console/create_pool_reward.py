"""Mutation `createPoolReward`."""

from __future__ import annotations

from typing import Any

import graphene

from catalog.rewards import console, services
from catalog.rewards.graphql.console.types import Reward, reward_types
from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.scalars import Points, amount_of
from kolektor.api.schema import Mutation


class CreatePoolReward(Mutation):
    """A reward whose codes the wholesaler uploads. It is inactive at first."""

    class Meta:
        kit = CONSOLE
        permission = is_program_admin
        error_codes = ("NAME_MISSING", "BAD_AMOUNTS", "BAD_INPUT", "AMOUNT_NOT_POSITIVE")

    class Input:
        name = graphene.String(required=True)
        brand_name = graphene.String(required=True)
        category = graphene.String()
        amounts = graphene.List(graphene.NonNull(graphene.String), required=True, description="Face values in PLN.")
        points_per_unit = Points(required=True, description="Points for 1.00 of face value.")

    reward = graphene.Field(Reward)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        row = services.offer_pool(
            name=arguments["name"],
            brand_name=arguments["brand_name"],
            category=arguments.get("category") or "",
            amounts=[amount_of(text, "amounts") for text in arguments["amounts"]],
            units_per_currency=arguments["points_per_unit"].units,
            actor=require(actor_of(info.context), is_program_admin),
        )
        return {"reward": reward_types(list(console.all_rewards().filter(pk=row.pk)))[0]}
