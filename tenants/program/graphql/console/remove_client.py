"""Mutation `removeClient`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.schema import Mutation
from tenants.program import outside_clients


class RemoveClient(Mutation):
    """Remove a registered shop or app with every token and consent that it has."""

    class Meta:
        kit = CONSOLE
        permission = is_program_admin
        error_codes = ("NOT_FOUND",)

    class Input:
        id = graphene.ID(required=True)

    removed_id = graphene.ID()

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), is_program_admin)
        outside_clients.remove(client_id=arguments["id"], actor=actor)
        return {"removed_id": arguments["id"]}
