"""Imports at the console."""

from __future__ import annotations

import json
from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.pagination import Page, page_arguments, page_of
from kolektor.api.permissions import reads_program
from kolektor.api.scalars import uuid_of
from kolektor.kernel.errors import DomainError
from tenants.sales import console_imports, revert, selectors, sources
from tenants.sales.graphql.console.types import (
    ImportBatch,
    ImportBatchConnection,
    ImportColumn,
    ImportInspection,
    ImportRevertPreview,
    ImportSource,
    batch_types,
    source_type,
)

_LAYOUT = 2000


@CONSOLE.query(graphene.NonNull(ImportBatchConnection), permission=reads_program, **page_arguments())
def imports(_info: Any, first: int | None = None, after: str | None = None) -> Page[ImportBatch]:
    """All imports, youngest first."""
    return page_of(selectors.batches(), first=first, after=after, convert=batch_types)


@CONSOLE.query(ImportBatch, permission=reads_program, id=graphene.ID(required=True))
def import_batch(_info: Any, id: str) -> ImportBatch | None:
    """One import, or null."""
    row = selectors.batch(uuid_of(id))
    return None if row is None else batch_types([row])[0]


@CONSOLE.query(
    graphene.NonNull(graphene.List(graphene.NonNull(ImportBatch))),
    permission=reads_program,
    ids=graphene.List(graphene.NonNull(graphene.ID)),
)
def import_jobs(_info: Any, ids: list[str] | None = None) -> list[ImportBatch]:
    """Imports that are being worked on, and those asked for by id; at most 20."""
    return batch_types(selectors.moving(uuid_of(key) for key in ids or ()))


@CONSOLE.query(graphene.NonNull(graphene.List(graphene.NonNull(ImportSource))), permission=reads_program)
def import_sources(_info: Any) -> list[ImportSource]:
    """Saved mappings, the last used first."""
    return [source_type(row) for row in sources.all_sources()]


@CONSOLE.query(ImportInspection, permission=reads_program, id=graphene.ID(required=True), layout=graphene.String())
def import_inspection(_info: Any, id: str, layout: str | None = None) -> ImportInspection | None:
    """The head of an uploaded CSV or XLSX file; `layout` (JSON) holds keys of a mapping that are given and not guessed."""
    row = selectors.batch(uuid_of(id))
    if row is None:
        return None
    seen = console_imports.inspect(batch=row, layout=_given(layout))
    offer = sources.offer(batch=row)
    return ImportInspection(
        columns=[ImportColumn(name=each.name, samples=each.samples, choices=each.choices) for each in seen.columns],
        sheets=seen.sheets,
        proposal=json.dumps(seen.mapping, ensure_ascii=False),
        offered=(row.mapping or (offer.mapping if offer else "")) or None,
        offered_source=source_type(offer.source) if offer and offer.source and not row.mapping else None,
    )


def _given(layout: str | None) -> dict[str, object]:
    if not layout:
        return {}
    try:
        data = json.loads(layout[:_LAYOUT])
    except ValueError as error:
        raise DomainError("BAD_INPUT", field="layout") from error
    if not isinstance(data, dict):
        raise DomainError("BAD_INPUT", field="layout")
    return data


@CONSOLE.query(ImportRevertPreview, permission=reads_program, id=graphene.ID(required=True))
def import_revert_preview(_info: Any, id: str) -> ImportRevertPreview | None:
    """What taking an import back would do; null for what cannot be taken back."""
    row = selectors.batch(uuid_of(id))
    if row is None or not selectors.may_be_reverted(row):
        return None
    found = revert.preview(batch_id=row.pk)
    return ImportRevertPreview(
        documents=found.documents,
        members=found.members,
        points_taken=found.taken,
        points_given=found.given,
        debtors=found.debtors,
        debt=found.debt,
        used_by=found.used_by,
        used_by_more=found.used_by_more,
    )
