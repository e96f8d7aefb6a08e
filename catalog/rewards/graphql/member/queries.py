"""The shop."""

from __future__ import annotations

from typing import Any

import graphene

from catalog.rewards import selectors
from catalog.rewards.selectors import RewardRow
from kolektor.api.kits import MEMBER
from kolektor.api.pagination import Page, connection_type, page_arguments, page_of
from kolektor.api.permissions import is_member
from kolektor.api.scalars import Money, Points, money, uuid_of
from kolektor.api.schema import Type
from kolektor.kernel.points import Points as PointsValue
from tenants.ledger import selectors as ledger
from tenants.ledger.services import Owner
from tenants.members.graphql.viewer import member_of


class Denomination(Type):
    """One fixed face value."""

    class Meta:
        kit = MEMBER

    amount = graphene.Field(Money, required=True)
    points = graphene.Field(Points, required=True)
    affordable = graphene.Boolean(required=True)
    in_stock = graphene.Boolean(required=True)


class Reward(Type):
    """A voucher that points buy."""

    class Meta:
        kit = MEMBER

    id = graphene.ID(required=True)
    name = graphene.String(required=True)
    brand_name = graphene.String(required=True)
    description = graphene.String(required=True)
    category = graphene.String(required=True)
    kind = graphene.String(
        required=True,
        description="FIXED (choose one of denominations) or RANGE (any amount between minAmount and maxAmount).",
    )
    denominations = graphene.List(graphene.NonNull(Denomination), required=True)
    min_amount = graphene.Field(Money)
    max_amount = graphene.Field(Money)
    points_per_unit = graphene.Field(
        Points, required=True, description="Points per one unit of currency of face value, for RANGE."
    )
    from_points = graphene.Field(Points, required=True, description="Lowest points price.")
    affordable = graphene.Boolean(required=True)
    validity_days = graphene.Int()
    color = graphene.String(required=True)
    picture = graphene.String(
        description='Address of its picture, to which "-160.webp", "-320.webp" or "-640.webp" is added.'
    )
    sold_out = graphene.Boolean(required=True)


RewardConnection = connection_type(MEMBER, Reward)


def _reward(row: RewardRow, available: PointsValue) -> Reward:
    return Reward(
        id=str(row.id),
        name=row.name,
        brand_name=row.brand_name,
        description=row.description,
        category=row.category,
        kind=row.kind,
        denominations=[
            Denomination(
                amount=money(item.amount, item.currency),
                points=item.points,
                affordable=item.points <= available,
                in_stock=item.in_stock,
            )
            for item in row.denominations
        ],
        min_amount=None if row.minimum is None else money(row.minimum, row.currency),
        max_amount=None if row.maximum is None else money(row.maximum, row.currency),
        points_per_unit=row.points_per_unit,
        from_points=row.from_points,
        affordable=row.from_points <= available,
        validity_days=row.validity_days,
        color=row.color,
        picture=row.picture,
        sold_out=row.sold_out,
    )


def _available(info: Any) -> PointsValue:
    owner = Owner("member", member_of(info).pk)
    return ledger.balances([owner])[owner].available


@MEMBER.query(
    graphene.NonNull(RewardConnection),
    permission=is_member,
    **page_arguments(),
    search=graphene.String(),
    affordable=graphene.Boolean(),
    category=graphene.String(),
    sort=graphene.String(description="price (default), -price, name or new; what is sold out comes last."),
)
def rewards(
    info: Any,
    first: int | None = None,
    after: str | None = None,
    search: str = "",
    affordable: bool = False,
    category: str = "",
    sort: str = "",
) -> Page[Reward]:
    """The shelf; `affordable` keeps what the available points reach."""
    available = _available(info)
    rows = selectors.shop(
        search=search or "",
        affordable=available if affordable else None,
        category=category or "",
        sort=sort or "price",
    )
    return page_of(rows, first=first, after=after, convert=lambda page: [_reward(row, available) for row in page])


@MEMBER.query(Reward, permission=is_member, id=graphene.ID(required=True))
def reward(info: Any, id: str) -> Reward | None:
    """One reward, or null."""
    row = selectors.reward(uuid_of(id))
    return None if row is None else _reward(row, _available(info))


@MEMBER.query(graphene.NonNull(graphene.List(graphene.NonNull(graphene.String))), permission=is_member)
def reward_categories(_info: Any) -> list[str]:
    """The categories of the shelf, by name."""
    return selectors.categories()
