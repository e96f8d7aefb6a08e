"""Mutation `syncCatalog`."""

from __future__ import annotations

from typing import Any

import graphene

from catalog.rewards import sync
from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from tenants.partners import selectors
from tenants.partners.graphql.console.types import Partner, partner_types


class SyncCatalog(Mutation):
    """Fetch what a partner sells, and its balance, in the background."""

    class Meta:
        kit = CONSOLE
        permission = is_program_admin
        error_codes = ("NOT_FOUND", "PARTNER_PAUSED")

    class Input:
        id = graphene.ID(required=True)

    partner = graphene.Field(Partner)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), is_program_admin)
        row = sync.ask(connection_id=uuid_of(arguments["id"]), actor=actor)
        return {"partner": partner_types(list(selectors.connections().filter(pk=row.pk)))[0]}
