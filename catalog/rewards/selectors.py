"""Reads of the shop."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from catalog.rewards import pictures, pool
from catalog.rewards.models import Reward
from kolektor.kernel.points import Points


@dataclass(frozen=True, slots=True)
class DenominationRow:
    """One fixed face value and its price."""

    amount: Decimal
    currency: str
    points: Points
    in_stock: bool = True


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
    picture: str | None = None
    sold_out: bool = False


def _row(reward: Reward, stock: Mapping[Decimal, int]) -> RewardRow:
    english = (get_language() or "pl").startswith("en")
    denominations = tuple(
        DenominationRow(
            item.amount, reward.currency, Points(item.units), not reward.pooled or stock.get(item.amount, 0) > 0
        )
        for item in sorted(reward.denominations.all(), key=lambda item: item.amount)
    )
    if denominations:
        # what can be had counts; of a reward that is sold out, what it would cost
        can_be_had = [item for item in denominations if item.in_stock] or denominations
        lowest = min(item.points.units for item in can_be_had)
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
        picture=pictures.address_of(reward.picture),
        sold_out=bool(denominations) and not any(item.in_stock for item in denominations),
    )


def _rows(found: Iterable[Reward]) -> list[RewardRow]:
    rewards = list(found)
    stock = pool.stock_of([row.pk for row in rewards if row.pooled])
    return [_row(row, stock.get(row.pk, {})) for row in rewards]


def _shelf() -> QuerySet[Reward]:
    return Reward.objects.filter(active=True, available=True).prefetch_related("denominations")


def shop(
    *, search: str = "", affordable: Points | None = None, category: str = "", sort: str = "price"
) -> list[RewardRow]:
    """What is on the shelf; `affordable` keeps what can be had for the points.

    `sort`: price (cheapest first), -price, name, new. What is sold out comes last in every order.
    """
    rows = _shelf()
    if search.strip():
        text = search.strip()
        rows = rows.filter(Q(name__icontains=text) | Q(brand_name__icontains=text) | Q(category__icontains=text))
    if category:
        rows = rows.filter(category=category)
    found = _rows(rows.order_by("-created_at", "id"))
    if affordable is not None:
        found = [row for row in found if row.from_points <= affordable and not row.sold_out]
    if sort == "name":
        found.sort(key=lambda row: (row.name.casefold(), row.id))
    elif sort == "-price":
        found.sort(key=lambda row: (-row.from_points.units, row.name))
    elif sort != "new":
        found.sort(key=lambda row: (row.from_points.units, row.name))
    return sorted(found, key=lambda row: row.sold_out)


def categories() -> list[str]:
    """The categories that something on the shelf is in, by name."""
    return sorted(set(_shelf().exclude(category="").values_list("category", flat=True)), key=str.casefold)


def reward(reward_id: UUID) -> RewardRow | None:
    """One reward of the shelf."""
    row = _shelf().filter(pk=reward_id).first()
    return None if row is None else _rows([row])[0]
