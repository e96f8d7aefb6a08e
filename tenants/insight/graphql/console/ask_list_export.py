"""Mutation `askListExport`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_staff, require
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from kolektor.kernel.language import reader_language
from tenants.insight import list_exports
from tenants.insight.export_permissions import permission_of_kind
from tenants.insight.graphql.console.list_exports import ListExport, list_export_type
from tenants.insight.list_exports import Narrowing


class AskListExport(Mutation):
    """Ask for a list as a workbook (XLSX), narrowed as its screen is; it is written in the background."""

    class Meta:
        kit = CONSOLE
        permission = is_staff
        while_suspended = True
        error_codes = ("BAD_INPUT", "TOO_MANY_EXPORTS", "FORBIDDEN")

    class Input:
        kind = graphene.String(
            required=True, description="members, orders, products or firms (who got what in a year)."
        )
        search = graphene.String()
        state = graphene.String(description="Of orders.")
        brand_id = graphene.ID(description="Of products.")
        without_brand = graphene.Boolean(description="Of products.")
        year = graphene.Int(description="Of firms.")

    export = graphene.Field(ListExport)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        # whoever may read a list may take it along, and nobody else
        actor = require(actor_of(info.context), permission_of_kind(arguments["kind"]))
        brand = arguments.get("brand_id")
        narrowing = Narrowing(
            search=(arguments.get("search") or "")[:200],
            state=arguments.get("state") or "",
            brand_id=str(uuid_of(brand, "brandId")) if brand else "",
            without_brand=bool(arguments.get("without_brand")),
            year=arguments.get("year") or 0,
        )
        row = list_exports.ask(
            kind=arguments["kind"],
            narrowing=narrowing,
            language=reader_language(),
            actor=actor,
        )
        return {"export": list_export_type(row)}
