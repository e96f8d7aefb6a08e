"""Imports at the console."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.pagination import Page, page_arguments, page_of
from kolektor.api.permissions import is_program_admin
from kolektor.api.scalars import uuid_of
from tenants.sales import selectors
from tenants.sales.graphql.console.types import ImportBatch, ImportBatchConnection, batch_types


@CONSOLE.query(graphene.NonNull(ImportBatchConnection), permission=is_program_admin, **page_arguments())
def imports(_info: Any, first: int | None = None, after: str | None = None) -> Page[ImportBatch]:
    """All imports, youngest first."""
    return page_of(selectors.batches(), first=first, after=after, convert=batch_types)


@CONSOLE.query(ImportBatch, permission=is_program_admin, id=graphene.ID(required=True))
def import_batch(_info: Any, id: str) -> ImportBatch | None:
    """One import, or null."""
    row = selectors.batch(uuid_of(id))
    return None if row is None else batch_types([row])[0]
