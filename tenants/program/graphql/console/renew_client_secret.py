"""Mutation `renewClientSecret`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.schema import Mutation
from tenants.program import outside_clients
from tenants.program.graphql.console.clients import OutsideClient, client_type


class RenewClientSecret(Mutation):
    """A new secret for a registered shop, shown this one time; the old one is void at once."""

    class Meta:
        kit = CONSOLE
        permission = is_program_admin
        error_codes = ("NOT_FOUND", "NO_SECRET")

    class Input:
        id = graphene.ID(required=True)

    client = graphene.Field(OutsideClient)
    secret = graphene.String()

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), is_program_admin)
        renewed = outside_clients.renew_secret(client_id=arguments["id"], actor=actor)
        return {"client": client_type(renewed.client), "secret": renewed.secret}
