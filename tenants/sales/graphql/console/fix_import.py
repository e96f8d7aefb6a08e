"""Mutation `fixImport`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from kolektor.kernel.errors import NotFound
from tenants.sales import console_imports
from tenants.sales.fixes import Wish
from tenants.sales.graphql.console.types import ImportBatch, batch_types


class ImportFixInput(graphene.InputObjectType):
    """The right text for the cell of a problem."""

    problem_id = graphene.ID(required=True)
    value = graphene.String(required=True)
    everywhere = graphene.Boolean(description="Wherever that field holds the same wrong text.")


CONSOLE.add_type(ImportFixInput)


class FixImport(Mutation):
    """Correct cells that the dry run complained about; the file stays as it is and is checked again."""

    class Meta:
        kit = CONSOLE
        permission = is_program_admin
        error_codes = (
            "NOT_FOUND", "IMPORT_NOT_READY", "NOTHING_TO_FIX", "TOO_MANY_FIXES", "NOT_FIXABLE", "FIX_TOO_LONG",
        )  # fmt: skip

    class Input:
        id = graphene.ID(required=True)
        fixes = graphene.List(graphene.NonNull(ImportFixInput), required=True)

    import_batch = graphene.Field(ImportBatch)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), is_program_admin)
        wishes = [
            Wish(_problem_id(fix["problem_id"]), fix["value"], bool(fix.get("everywhere")))
            for fix in arguments["fixes"]
        ]
        batch = console_imports.fix(batch_id=uuid_of(arguments["id"]), wishes=wishes, actor=actor)
        return {"import_batch": batch_types([batch])[0]}


def _problem_id(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise NotFound("fixes")
    return int(text)
