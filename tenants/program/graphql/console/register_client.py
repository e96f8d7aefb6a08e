"""Mutation `registerClient`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.schema import Mutation
from tenants.program import outside_clients
from tenants.program.graphql.console.clients import OutsideClient, client_type


class RegisterClient(Mutation):
    """Register a shop or an app of the wholesaler. The secret is shown this one time."""

    class Meta:
        kit = CONSOLE
        permission = is_program_admin
        error_codes = (
            "NAME_MISSING", "NAME_TOO_LONG", "UNKNOWN_KIND", "BAD_REDIRECT_URI", "BAD_LOGOUT_URI", "TOO_MANY_CLIENTS",
        )  # fmt: skip

    class Input:
        name = graphene.String(required=True)
        kind = graphene.String(
            required=True, description="web: a server that keeps a secret; native: an app, which cannot."
        )
        redirect_uris = graphene.List(graphene.NonNull(graphene.String), required=True)
        logout_uri = graphene.String(required=True, description="Back-channel logout of a web client; may be empty.")

    client = graphene.Field(OutsideClient)
    secret = graphene.String(description="Empty for a native app.")

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), is_program_admin)
        made = outside_clients.register(**arguments, actor=actor)
        return {"client": client_type(made.client), "secret": made.secret}
