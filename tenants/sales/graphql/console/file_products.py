"""Mutation `fileProducts`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from tenants.sales import products
from tenants.sales.models import Product


class FileProducts(Mutation):
    """Put products under a brand or a category: those of `ids`, or without `ids` all that the list's filters match."""

    class Meta:
        kit = CONSOLE
        permission = is_program_admin
        error_codes = (
            "NOT_FOUND", "LIST_CHANGED", "TOO_MANY_AT_ONCE", "TEXT_TOO_LONG", "NOTHING_TO_CHANGE",
        )  # fmt: skip

    class Input:
        ids = graphene.List(graphene.NonNull(graphene.ID))
        search = graphene.String()
        with_brand = graphene.ID(description="Only products of that brand.")
        without_brand = graphene.Boolean()
        expected = graphene.Int(required=True, description="How many there are; when it is not so, nothing is done.")
        set_brand = graphene.Boolean(required=True)
        brand_id = graphene.ID(description="null with setBrand: no brand.")
        set_category = graphene.Boolean(required=True)
        category = graphene.String()

    changed = graphene.Int()

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), is_program_admin)
        ids = arguments.get("ids")
        if ids is not None:
            chosen = Product.objects.filter(pk__in=[uuid_of(each, "ids") for each in ids])
        else:
            brand = arguments.get("with_brand")
            chosen = products.products(
                search=arguments.get("search") or "",
                brand_id=uuid_of(brand, "withBrand") if brand else None,
                without_brand=bool(arguments.get("without_brand")),
            )
        brand = arguments.get("brand_id")
        filing = products.Filing(
            set_brand=arguments["set_brand"],
            brand_id=uuid_of(brand, "brandId") if brand else None,
            set_category=arguments["set_category"],
            category=arguments.get("category") or "",
        )
        changed = products.file_products(chosen=chosen, expected=arguments["expected"], filing=filing, actor=actor)
        return {"changed": changed}
