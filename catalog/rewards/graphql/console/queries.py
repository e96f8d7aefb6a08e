"""Rewards at the console."""

from __future__ import annotations

from typing import Any

import graphene

from catalog.rewards import console
from catalog.rewards.graphql.console.types import Reward, RewardConnection, reward_types
from kolektor.api.kits import CONSOLE
from kolektor.api.pagination import Page, page_arguments, page_of
from kolektor.api.permissions import reads_offer
from kolektor.api.scalars import uuid_of


@CONSOLE.query(
    graphene.NonNull(RewardConnection),
    permission=reads_offer,
    **page_arguments(),
    state=graphene.String(description="active, inactive, unavailable or low."),
    search=graphene.String(),
)
def rewards(
    _info: Any, first: int | None = None, after: str | None = None, state: str = "", search: str = ""
) -> Page[Reward]:
    """Every reward, by name."""
    rows = console.all_rewards(state=state or "", search=search or "")
    return page_of(rows, first=first, after=after, convert=reward_types)


@CONSOLE.query(Reward, permission=reads_offer, id=graphene.ID(required=True))
def reward(_info: Any, id: str) -> Reward | None:
    """One reward, or null."""
    rows = list(console.all_rewards().filter(pk=uuid_of(id)))
    return reward_types(rows)[0] if rows else None
