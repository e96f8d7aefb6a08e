"""Mutation `changeReward`."""

from __future__ import annotations

from typing import Any

import graphene

from catalog.rewards import console, services
from catalog.rewards.graphql.console.types import Reward, reward_types
from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, makes_offer, require
from kolektor.api.scalars import Points, uuid_of
from kolektor.api.schema import Mutation


class ChangeReward(Mutation):
    """Put a reward into the shop or take it out, price it, file it. What is left out stays as it is."""

    class Meta:
        kit = CONSOLE
        permission = makes_offer
        error_codes = ("NOT_FOUND", "AMOUNT_NOT_POSITIVE", "REWARD_GONE")

    class Input:
        id = graphene.ID(required=True)
        active = graphene.Boolean()
        points_per_unit = Points(description="Points for 1.00 of face value; prices all face values anew.")
        category = graphene.String()

    reward = graphene.Field(Reward)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        rate = arguments.get("points_per_unit")
        row = services.change(
            reward_id=uuid_of(arguments["id"]),
            active=arguments.get("active"),
            units_per_currency=None if rate is None else rate.units,
            category=arguments.get("category"),
            actor=require(actor_of(info.context), makes_offer),
        )
        return {"reward": reward_types(list(console.all_rewards().filter(pk=row.pk)))[0]}
