"""Mutation `changeClient`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.schema import Mutation
from tenants.program import outside_clients
from tenants.program.graphql.console.clients import OutsideClient, client_type


class ChangeClient(Mutation):
    """Change name and addresses of a registered shop or app."""

    class Meta:
        kit = CONSOLE
        permission = is_program_admin
        error_codes = ("NOT_FOUND", "NAME_MISSING", "NAME_TOO_LONG", "BAD_REDIRECT_URI", "BAD_LOGOUT_URI")

    class Input:
        id = graphene.ID(required=True)
        name = graphene.String(required=True)
        redirect_uris = graphene.List(graphene.NonNull(graphene.String), required=True)
        logout_uri = graphene.String(required=True)

    client = graphene.Field(OutsideClient)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), is_program_admin)
        client_id = arguments.pop("id")
        return {"client": client_type(outside_clients.change(client_id=client_id, **arguments, actor=actor))}
