"""Mutation `saveProduct`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from tenants.sales import products
from tenants.sales.graphql.console.product_types import Product, product_types
from tenants.sales.products import ProductRow


class SaveProduct(Mutation):
    """Add a product (no id) or change one. Waiting sales that it fits follow; sales that were matched keep what they had."""

    class Meta:
        kit = CONSOLE
        permission = is_program_admin
        error_codes = ("NOT_FOUND", "SKU_MISSING", "NAME_MISSING", "TEXT_TOO_LONG", "DUPLICATE_SKU", "BAD_EAN")

    class Input:
        id = graphene.ID()
        sku = graphene.String(required=True)
        name = graphene.String(required=True)
        ean = graphene.String()
        producer_code = graphene.String()
        unit = graphene.String()
        category = graphene.String()
        brand_id = graphene.ID()

    product = graphene.Field(Product)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), is_program_admin)
        wanted = arguments.get("brand_id")
        brand = products.brand(uuid_of(wanted, "brandId")) if wanted else None
        texts = {name: (arguments.get(name) or "").strip() for name in ("sku", "name", "unit", "category")}
        row = ProductRow(
            **texts,
            ean=(arguments.get("ean") or "").strip() or None,
            producer_code=(arguments.get("producer_code") or "").strip() or None,
            brand_id=brand.id if brand else None,
            supplier_id=brand.supplier_id if brand else None,
        )
        product_id = uuid_of(arguments["id"]) if arguments.get("id") else None
        saved = products.save_product(product_id=product_id, row=row, actor=actor)
        return {"product": product_types([saved])[0]}
