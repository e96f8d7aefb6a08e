"""Mutation `setPartnerEnabled`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from tenants.partners import selectors, services
from tenants.partners.graphql.console.types import Partner, partner_types


class SetPartnerEnabled(Mutation):
    """Pause or resume a partner. Orders of a paused one wait, with their points held."""

    class Meta:
        kit = CONSOLE
        permission = is_program_admin
        error_codes = ("NOT_FOUND",)

    class Input:
        id = graphene.ID(required=True)
        enabled = graphene.Boolean(required=True)

    partner = graphene.Field(Partner)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), is_program_admin)
        row = services.set_enabled(connection_id=uuid_of(arguments["id"]), enabled=arguments["enabled"], actor=actor)
        return {"partner": partner_types(list(selectors.connections().filter(pk=row.pk)))[0]}
