"""Mutation `setLowBalance`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.scalars import amount_of, uuid_of
from kolektor.api.schema import Mutation
from tenants.partners import selectors, services
from tenants.partners.graphql.console.types import Partner, partner_types


class SetLowBalance(Mutation):
    """Warn when a partner's balance is below a limit; without a limit, never."""

    class Meta:
        kit = CONSOLE
        permission = is_program_admin
        error_codes = ("NOT_FOUND", "BAD_INPUT", "AMOUNT_NOT_POSITIVE")

    class Input:
        id = graphene.ID(required=True)
        limit = graphene.String(description='Decimal string in the currency of the balance, e.g. "500.00".')

    partner = graphene.Field(Partner)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        limit = arguments.get("limit")
        row = services.set_low_balance(
            connection_id=uuid_of(arguments["id"]),
            limit=amount_of(limit, "limit") if limit else None,
            actor=require(actor_of(info.context), is_program_admin),
        )
        return {"partner": partner_types(list(selectors.connections().filter(pk=row.pk)))[0]}
