"""Reads of rewards for the people who run the shop."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from catalog.rewards import pool
from catalog.rewards.models import Reward


def all_rewards(*, search: str = "", state: str = "") -> QuerySet[Reward]:
    """Every reward; `state` is active, inactive, unavailable (the partner sells it no more) or low (pools that run out)."""
    rows = Reward.objects.select_related("connection").prefetch_related("denominations").order_by("name", "id")
    text = search.strip()
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(brand_name__icontains=text) | Q(category__icontains=text))
    if state == "active":
        return rows.filter(active=True, available=True)
    if state == "inactive":
        return rows.filter(active=False, available=True)
    if state == "unavailable":
        return rows.filter(available=False)
    if state == "low":
        return rows.filter(pk__in=_low())
    return rows


def _low() -> list[UUID]:
    pools = list(Reward.objects.filter(pooled=True).prefetch_related("denominations"))
    stock = pool.stock_of([row.pk for row in pools])
    return [row.pk for row in pools if is_low(row, stock.get(row.pk, {}))]


def is_low(reward: Reward, stock: dict[Decimal, int]) -> bool:
    """Whether some face value of a pool has less than `pool.LOW` free codes."""
    return reward.pooled and any(stock.get(item.amount, 0) < pool.LOW for item in reward.denominations.all())
