"""Mutation `checkImport`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from kolektor.kernel.errors import NotFound
from tenants.sales import console_imports, selectors, sources
from tenants.sales.graphql.console.types import ImportBatch, MappingFault, batch_types, fault_types


class CheckImport(Mutation):
    """Read an uploaded CSV or XLSX file by a mapping: the dry run starts. `saveAs` saves the mapping under a name."""

    class Meta:
        kit = CONSOLE
        permission = is_program_admin
        error_codes = ("NOT_FOUND", "IMPORT_NOT_READY", "MAPPING_MISSING", "BAD_MAPPING", "SOURCE_NAME")

    class Input:
        id = graphene.ID(required=True)
        mapping = graphene.String(required=True, description="JSON, see docs/csv-mapping.md.")
        save_as = graphene.String()
        source_id = graphene.ID(description="The saved mapping that was chosen, if it was not changed.")

    import_batch = graphene.Field(ImportBatch)
    faults = graphene.List(
        graphene.NonNull(MappingFault),
        required=True,
        description="Why the mapping cannot be used; then nothing was done.",
    )

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), is_program_admin)
        row = selectors.batch(uuid_of(arguments["id"]))
        if row is None:
            raise NotFound("id")
        faults = sources.faults(format=row.format, mapping=arguments["mapping"])
        if faults:
            return {"faults": fault_types(faults)}
        source_id = arguments.get("source_id")
        batch = console_imports.request_check(
            batch_id=row.pk,
            mapping=arguments["mapping"],
            save_as=arguments.get("save_as") or "",
            source_id=uuid_of(source_id) if source_id else None,
            actor=actor,
        )
        return {"import_batch": batch_types([batch])[0], "faults": []}
