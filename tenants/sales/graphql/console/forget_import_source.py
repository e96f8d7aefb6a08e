"""Mutation `forgetImportSource`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from tenants.sales import sources


class ForgetImportSource(Mutation):
    """Delete a saved mapping. Imports that used it keep theirs."""

    class Meta:
        kit = CONSOLE
        permission = is_program_admin
        error_codes = ("NOT_FOUND",)

    class Input:
        id = graphene.ID(required=True)

    id = graphene.ID()

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), is_program_admin)
        sources.forget(source_id=uuid_of(arguments["id"]), actor=actor)
        return {"id": arguments["id"]}
