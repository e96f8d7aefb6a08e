"""Products, and what waits for one: goods and buyers that nobody knew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import graphene

from kolektor.api import timeline
from kolektor.api.kits import CONSOLE, ConsoleTimelineEvent
from kolektor.api.pagination import connection_type
from kolektor.api.scalars import Money, money
from kolektor.api.schema import Type
from kolektor.audit.selectors import timelines
from kolektor.network.selectors import BrandRow
from tenants.members.selectors import names_of, staff_names
from tenants.program import selectors as program
from tenants.sales import unmatched
from tenants.sales.models import BuyerMatch as BuyerMatchRow
from tenants.sales.models import GoodsMatch as GoodsMatchRow
from tenants.sales.models import Product as ProductRow
from tenants.sales.products import brands


class Brand(Type):
    """A brand of the network, with its supplier."""

    class Meta:
        kit = CONSOLE

    id = graphene.ID(required=True)
    name = graphene.String(required=True)
    supplier_name = graphene.String(required=True)


class Product(Type):
    """What the wholesaler sells. Sales find it by EAN, SKU, the producer's code, or what was learned."""

    class Meta:
        kit = CONSOLE

    id = graphene.ID(required=True)
    sku = graphene.String(required=True)
    name = graphene.String(required=True)
    ean = graphene.String()
    producer_code = graphene.String()
    unit = graphene.String(required=True)
    category = graphene.String(required=True)
    brand = graphene.Field(Brand)
    learned = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="Keys of the goods that were said to be it."
    )
    timeline = graphene.List(graphene.NonNull(ConsoleTimelineEvent), required=True)

    @staticmethod
    def resolve_timeline(root: Any, _info: Any) -> Any:
        return root.load_timeline()


class ProductSuggestion(Type):
    """A product that goods may be."""

    class Meta:
        kit = CONSOLE

    id = graphene.ID(required=True)
    sku = graphene.String(required=True)
    name = graphene.String(required=True)
    score = graphene.Float(required=True, description="From 0 to 1.")


class UnmatchedGoods(Type):
    """Sold goods that no product list names."""

    class Meta:
        kit = CONSOLE

    key = graphene.ID(required=True)
    name = graphene.String(required=True)
    sku = graphene.String()
    ean = graphene.String()
    producer_code = graphene.String()
    lines = graphene.Int(required=True)
    documents = graphene.Int(required=True)
    value = graphene.Field(Money, required=True, description="Net.")
    last_sale = graphene.Date(required=True)
    suggestions = graphene.List(graphene.NonNull(ProductSuggestion), required=True)


class UnmatchedBuyer(Type):
    """A buyer who is no member and whose purchases would still be awarded."""

    class Meta:
        kit = CONSOLE

    key = graphene.ID(required=True)
    name = graphene.String()
    nip = graphene.String()
    customer_code = graphene.String()
    email = graphene.String()
    phone = graphene.String()
    documents = graphene.Int(required=True)
    value = graphene.Field(Money, required=True, description="Net.")
    last_sale = graphene.Date(required=True)


class LearnedMatch(Type):
    """What a person said of goods or of a buyer."""

    class Meta:
        kit = CONSOLE

    key = graphene.ID(required=True)
    target_id = graphene.ID(description="The product or the member; null: no goods, or takes no part.")
    target_name = graphene.String()
    by = graphene.String()
    at = graphene.DateTime(required=True)


ProductConnection = connection_type(CONSOLE, Product)
UnmatchedGoodsConnection = connection_type(CONSOLE, UnmatchedGoods)
UnmatchedBuyerConnection = connection_type(CONSOLE, UnmatchedBuyer)
LearnedMatchConnection = connection_type(CONSOLE, LearnedMatch)


def brand_type(row: BrandRow) -> Brand:
    """A brand."""
    return Brand(id=str(row.id), name=row.name, supplier_name=row.supplier_name)


def product_types(rows: Sequence[ProductRow]) -> list[Product]:
    """Several products with brands, learned keys and timelines, in a fixed number of queries."""
    known = {row.id: brand_type(row) for row in brands()} if rows else {}
    learned: dict[Any, list[str]] = {}
    for product_id, key in GoodsMatchRow.objects.filter(product__in=rows).order_by("key").values_list("product", "pk"):
        learned.setdefault(product_id, []).append(key)
    trail = timeline.shared(lambda: timelines("product", [row.pk for row in rows]), names=staff_names)
    found = []
    for row in rows:
        product = Product(
            id=str(row.pk),
            sku=row.sku,
            name=row.name,
            ean=row.ean,
            producer_code=row.producer_code,
            unit=row.unit,
            category=row.category,
            brand=known.get(row.brand_id) if row.brand_id else None,
            learned=learned.get(row.pk, []),
        )
        product.load_timeline = trail(row.pk)
        found.append(product)
    return found


def goods_types(rows: Sequence[Mapping[str, Any]]) -> list[UnmatchedGoods]:
    """Goods that wait, with their suggestions."""
    plain = [unmatched.plain_goods(row) for row in rows]
    near = unmatched.suggestions(plain)
    of_program = _money()
    return [
        UnmatchedGoods(
            key=row["key"],
            name=row["name"],
            sku=row["sku"],
            ean=row["ean"],
            producer_code=row["producer_code"],
            lines=row["lines"],
            documents=row["documents"],
            value=of_program(row["value"]),
            last_sale=row["last_sale"],
            suggestions=[
                ProductSuggestion(id=str(one.product_id), sku=one.sku, name=one.name, score=round(one.score, 2))
                for one in near.get(row["key"], [])
            ],
        )
        for row in plain
    ]


def buyer_types(rows: Sequence[Mapping[str, Any]]) -> list[UnmatchedBuyer]:
    """Buyers who wait."""
    of_program = _money()
    return [
        UnmatchedBuyer(
            key=row["key"],
            name=row["name"],
            nip=row["nip"],
            customer_code=row["code"],
            email=row["email"],
            phone=row["phone"],
            documents=row["documents"],
            value=of_program(row["value"] or 0),
            last_sale=row["last_sale"],
        )
        for row in rows
    ]


def learned_goods_types(rows: Sequence[GoodsMatchRow]) -> list[LearnedMatch]:
    """What was said of goods."""
    names = staff_names(row.created_by for row in rows if row.created_by)
    return [
        LearnedMatch(
            key=row.key,
            target_id=str(row.product_id) if row.product_id else None,
            target_name=row.product.name if row.product else None,
            by=names.get(str(row.created_by)),
            at=row.created_at,
        )
        for row in rows
    ]


def learned_buyer_types(rows: Sequence[BuyerMatchRow]) -> list[LearnedMatch]:
    """What was said of buyers."""
    names = staff_names(row.created_by for row in rows if row.created_by)
    members = names_of(row.member_id for row in rows if row.member_id)
    return [
        LearnedMatch(
            key=row.key,
            target_id=str(row.member_id) if row.member_id else None,
            target_name=members.get(row.member_id) if row.member_id else None,
            by=names.get(str(row.created_by)),
            at=row.created_at,
        )
        for row in rows
    ]


def _money() -> Callable[[Any], Any]:
    currency = program.settings().currency
    return lambda amount: money(amount, currency)
