"""Products and what waits for one, at the console."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.pagination import Page, page_arguments, page_of
from kolektor.api.permissions import reads_offer, reads_program
from kolektor.api.scalars import uuid_of
from tenants.sales import matching, unmatched
from tenants.sales import products as products_
from tenants.sales.graphql.console.product_types import (
    Brand,
    LearnedMatch,
    LearnedMatchConnection,
    Product,
    ProductConnection,
    UnmatchedBuyer,
    UnmatchedBuyerConnection,
    UnmatchedGoods,
    UnmatchedGoodsConnection,
    brand_type,
    buyer_types,
    goods_types,
    learned_buyer_types,
    learned_goods_types,
    product_types,
)


@CONSOLE.query(graphene.NonNull(graphene.List(graphene.NonNull(Brand))), permission=reads_offer)
def brands(_info: Any) -> list[Brand]:
    """The brands of the network, by name."""
    return [brand_type(row) for row in products_.brands()]


@CONSOLE.query(
    graphene.NonNull(ProductConnection),
    permission=reads_offer,
    search=graphene.String(),
    brand_id=graphene.ID(),
    without_brand=graphene.Boolean(),
    **page_arguments(),
)
def products(
    _info: Any,
    first: int | None = None,
    after: str | None = None,
    search: str | None = None,
    brand_id: str | None = None,
    without_brand: bool | None = None,
) -> Page[Product]:
    """The product list, by name."""
    rows = products_.products(
        search=search or "",
        brand_id=uuid_of(brand_id, "brandId") if brand_id else None,
        without_brand=bool(without_brand),
    )
    return page_of(rows, first=first, after=after, convert=product_types)


@CONSOLE.query(Product, permission=reads_offer, id=graphene.ID(required=True))
def product(_info: Any, id: str) -> Product | None:
    """One product, or null."""
    row = products_.product(uuid_of(id))
    return None if row is None else product_types([row])[0]


@CONSOLE.query(
    graphene.NonNull(UnmatchedGoodsConnection),
    permission=reads_program,
    search=graphene.String(),
    **page_arguments(),
)
def unmatched_goods(
    _info: Any, first: int | None = None, after: str | None = None, search: str | None = None
) -> Page[UnmatchedGoods]:
    """Sold goods that no product list names, the most valuable first."""
    return page_of(unmatched.goods(search or ""), first=first, after=after, convert=goods_types)


@CONSOLE.query(
    graphene.NonNull(UnmatchedBuyerConnection),
    permission=reads_program,
    search=graphene.String(),
    **page_arguments(),
)
def unmatched_buyers(
    _info: Any, first: int | None = None, after: str | None = None, search: str | None = None
) -> Page[UnmatchedBuyer]:
    """Buyers who are no members and whose purchases would still be awarded, the most valuable first."""
    return page_of(unmatched.buyers(search or ""), first=first, after=after, convert=buyer_types)


@CONSOLE.query(graphene.NonNull(LearnedMatchConnection), permission=reads_program, **page_arguments())
def learned_goods(_info: Any, first: int | None = None, after: str | None = None) -> Page[LearnedMatch]:
    """What was said of goods, the latest first."""
    return page_of(matching.learned_goods(), first=first, after=after, convert=learned_goods_types)


@CONSOLE.query(graphene.NonNull(LearnedMatchConnection), permission=reads_program, **page_arguments())
def learned_buyers(_info: Any, first: int | None = None, after: str | None = None) -> Page[LearnedMatch]:
    """What was said of buyers, the latest first."""
    return page_of(matching.learned_buyers(), first=first, after=after, convert=learned_buyer_types)
