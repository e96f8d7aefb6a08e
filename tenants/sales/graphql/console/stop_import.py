"""Mutation `stopImport`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from tenants.sales import console_imports
from tenants.sales.graphql.console.types import ImportBatch, batch_types


class StopImport(Mutation):
    """Stop a dry run, or a commit after the documents at hand; what is entered stays."""

    class Meta:
        kit = CONSOLE
        permission = is_program_admin
        error_codes = ("NOT_FOUND", "IMPORT_NOT_READY")

    class Input:
        id = graphene.ID(required=True)

    import_batch = graphene.Field(ImportBatch)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), is_program_admin)
        batch = console_imports.stop(batch_id=uuid_of(arguments["id"]), actor=actor)
        return {"import_batch": batch_types([batch])[0]}
