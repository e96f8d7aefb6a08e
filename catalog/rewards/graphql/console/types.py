"""Rewards as the wholesaler sees them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import graphene

from catalog.rewards import console, pictures, pool
from catalog.rewards.models import Reward as RewardRow
from kolektor.api import timeline
from kolektor.api.kits import CONSOLE, ConsoleTimelineEvent
from kolektor.api.pagination import connection_type
from kolektor.api.scalars import Money, Points, money
from kolektor.api.schema import Type
from kolektor.audit.selectors import timelines
from kolektor.kernel.points import Points as PointsValue
from tenants.members.selectors import staff_names


class Denomination(Type):
    """One fixed face value. `stock`: free codes that have not expired; null when a partner issues the codes."""

    class Meta:
        kit = CONSOLE

    amount = graphene.Field(Money, required=True)
    points = graphene.Field(Points, required=True)
    stock = graphene.Int()


class Reward(Type):
    """A voucher reward. `active`: people want it in the shop; `available`: the partner sells it. Shown when both."""

    class Meta:
        kit = CONSOLE

    id = graphene.ID(required=True)
    name = graphene.String(required=True)
    brand_name = graphene.String(required=True)
    category = graphene.String(required=True)
    kind = graphene.String(required=True, description="FIXED or RANGE.")
    denominations = graphene.List(graphene.NonNull(Denomination), required=True)
    min_amount = graphene.Field(Money)
    max_amount = graphene.Field(Money)
    points_per_unit = graphene.Field(Points, required=True, description="Points for 1.00 of face value.")
    active = graphene.Boolean(required=True)
    available = graphene.Boolean(required=True)
    pooled = graphene.Boolean(required=True, description="Codes come from the wholesaler's own pool.")
    stock = graphene.Int(description="Free codes of all face values; null when a partner issues the codes.")
    low_stock = graphene.Boolean(required=True)
    partner_id = graphene.ID(required=True)
    partner_name = graphene.String(required=True)
    color = graphene.String(required=True)
    picture = graphene.String(
        description='Address of its picture, to which "-160.webp", "-320.webp" or "-640.webp" is added.'
    )
    timeline = graphene.List(graphene.NonNull(ConsoleTimelineEvent), required=True)

    def resolve_timeline(self, _info: Any) -> list[dict[str, Any]]:
        """Loaded when asked for."""
        events: list[dict[str, Any]] = self.timeline()
        return events


RewardConnection = connection_type(CONSOLE, Reward)


def reward_types(rows: Sequence[RewardRow]) -> list[Reward]:
    """Several rewards; stock and timelines come in one query each."""
    stock = pool.stock_of([row.pk for row in rows if row.pooled])
    entries = timeline.shared(lambda: timelines("reward", [row.pk for row in rows]), names=staff_names)
    return [
        Reward(
            id=str(row.pk),
            name=row.name,
            brand_name=row.brand_name,
            category=row.category,
            kind=row.kind,
            denominations=[
                Denomination(
                    amount=money(item.amount, row.currency),
                    points=PointsValue(item.units),
                    stock=stock.get(row.pk, {}).get(item.amount, 0) if row.pooled else None,
                )
                for item in sorted(row.denominations.all(), key=lambda item: item.amount)
            ],
            min_amount=None if row.minimum is None else money(row.minimum, row.currency),
            max_amount=None if row.maximum is None else money(row.maximum, row.currency),
            points_per_unit=PointsValue(row.units_per_currency),
            active=row.active,
            available=row.available,
            pooled=row.pooled,
            stock=sum(stock.get(row.pk, {}).values()) if row.pooled else None,
            low_stock=console.is_low(row, stock.get(row.pk, {})),
            partner_id=str(row.connection_id),
            partner_name=row.connection.name,
            color=row.color,
            picture=pictures.address_of(row.picture),
            timeline=entries(row.pk),
        )
        for row in rows
    ]
