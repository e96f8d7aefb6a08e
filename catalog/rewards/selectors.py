"""Reads of the shop."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language

from catalog.rewards.models import Reward
from kolektor.kernel.points import Points


@dataclass(frozen=True, slots=True)
class DenominationRow:
    """One fixed face value and its price."""

    amount: Decimal
    currency: str
    points: Points


@dataclass(frozen=True, slots=True)
class RewardRow:
    """One reward as the shop shows it. `from_points` is the lowest price."""

    id: UUID
    name: str
    brand_name: str
    description: str
    category: str
    kind: str
    currency: str
    denominations: tuple[DenominationRow, ...]
    minimum: Decimal | None
    maximum: Decimal | None
    points_per_unit: Points
    from_points: Points
    validity_days: int | None
    color: str


def _row(reward: Reward) -> RewardRow:
    english = (get_language() or "pl").startswith("en")
    denominations = tuple(
        DenominationRow(item.amount, reward.currency, Points(item.units))
        for item in sorted(reward.denominations.all(), key=lambda item: item.amount)
    )
    if denominations:
        lowest = min(item.points.units for item in denominations)
    else:
        lowest = int(((reward.minimum or 0) * reward.units_per_currency).__ceil__())
    return RewardRow(
        id=reward.pk,
        name=reward.name,
        brand_name=reward.brand_name,
        description=reward.description_en if english else reward.description_pl,
        category=reward.category,
        kind=reward.kind,
        currency=reward.currency,
        denominations=denominations,
        minimum=reward.minimum,
        maximum=reward.maximum,
        points_per_unit=Points(reward.units_per_currency),
        from_points=Points(lowest),
        validity_days=reward.validity_days,
        color=reward.color,
    )


def shop(*, search: str = "", affordable: Points | None = None) -> list[RewardRow]:
    """Active rewards, cheapest first; `affordable` keeps those whose lowest price is within the points."""
    rows = Reward.objects.filter(active=True).prefetch_related("denominations")
    if search.strip():
        text = search.strip()
        rows = rows.filter(Q(name__icontains=text) | Q(brand_name__icontains=text) | Q(category__icontains=text))
    found = [_row(reward) for reward in rows]
    if affordable is not None:
        found = [row for row in found if row.from_points <= affordable]
    return sorted(found, key=lambda row: (row.from_points.units, row.name))


def reward(reward_id: UUID) -> RewardRow | None:
    """One active reward."""
    row = Reward.objects.filter(pk=reward_id, active=True).prefetch_related("denominations").first()
    return None if row is None else _row(row)
