"""Saved column mappings: one per system that files come from, offered again for a file with the same columns."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from kolektor.audit import services as audit
from kolektor.kernel import clock
from kolektor.kernel.binding import bound
from kolektor.kernel.errors import DomainError, NotFound
from tenants.sales.models import ImportBatch, ImportSource
from tenants.sales.ports import Feeds

MAX_NAME: Final = 80
MAX_MAPPING: Final = 100_000
FORMATS: Final = ("csv", "xlsx")


@dataclass(frozen=True, slots=True)
class Offer:
    """A mapping that read a file with the same columns before, and the source that it is saved as, if it is."""

    mapping: str
    source: ImportSource | None


def header_key(names: Iterable[str]) -> str:
    """The same for files with the same column names, whatever their order."""
    plain = sorted({" ".join(name.casefold().split()) for name in names if name.strip()})
    return hashlib.sha256("\n".join(plain).encode("utf-8")).hexdigest()


def faults(*, format: str, mapping: str) -> list[dict[str, str]]:
    """Everything that is wrong with a mapping: `path`, `code`, `detail` each; empty when it can be used."""
    if len(mapping) > MAX_MAPPING:
        return [{"path": "", "code": "MAPPING_NOT_JSON", "detail": f"> {MAX_MAPPING}"}]
    try:
        bound(Feeds).open(format, mapping)
    except DomainError as error:
        if error.code != "BAD_MAPPING":
            raise
        found: list[dict[str, str]] = error.data["errors"]
        return found
    return []


def all_sources() -> list[ImportSource]:
    """All saved mappings, the last used first."""
    rows = list(ImportSource.objects.all())
    return sorted(rows, key=lambda row: row.used_at or row.created_at, reverse=True)


def offer(*, batch: ImportBatch) -> Offer | None:
    """The mapping last used for a file with the same columns: a saved one, else that of an earlier import."""
    if not batch.header_key:
        return None
    saved = ImportSource.objects.filter(header_key=batch.header_key, format=batch.format)
    source = saved.order_by("-used_at", "-created_at").first()
    if source is not None:
        return Offer(source.mapping, source)
    earlier = ImportBatch.objects.filter(header_key=batch.header_key, format=batch.format).exclude(pk=batch.pk)
    mapping = earlier.exclude(mapping="").order_by("-created_at", "-id").values_list("mapping", flat=True).first()
    return None if mapping is None else Offer(mapping, None)


@transaction.atomic
def save(*, name: str, format: str, mapping: str, header_key: str, actor: UUID) -> ImportSource:
    """Save a mapping under a name; a known name (case ignored) is brought up to date.

    Raises DomainError SOURCE_NAME, UNKNOWN_FORMAT, BAD_MAPPING, MAPPING_MISSING.
    """
    label = " ".join(name.split())
    if not 0 < len(label) <= MAX_NAME:
        raise DomainError("SOURCE_NAME", field="saveAs", limit=MAX_NAME)
    if format not in FORMATS:
        raise DomainError("UNKNOWN_FORMAT", field="format", value=format)
    bound(Feeds).open(format, mapping)
    row = ImportSource.objects.select_for_update().filter(name__iexact=label).first()
    known = row is not None
    if row is None:
        row = ImportSource(name=label, created_by=actor)
    changed = row.mapping != mapping
    row.format, row.mapping, row.header_key, row.used_at = format, mapping, header_key, clock.now()
    row.save()
    row.refresh_from_db()
    if changed:
        action = "import_source.changed" if known else "import_source.saved"
        audit.record(action=action, object_type="import_source", object_id=row.pk, actor=actor, name=label)
    return row


@transaction.atomic
def use(*, source_id: UUID, mapping: str, header_key: str) -> ImportSource | None:
    """Note that a saved mapping read these columns; None when the mapping at hand is no longer the saved one. Raises NotFound."""
    row = ImportSource.objects.select_for_update().filter(pk=source_id).first()
    if row is None:
        raise NotFound("sourceId")
    if _parsed(row.mapping) != _parsed(mapping):
        return None
    row.header_key, row.used_at = header_key or row.header_key, clock.now()
    row.save(update_fields=["header_key", "used_at"])
    return row


@transaction.atomic
def forget(*, source_id: UUID, actor: UUID) -> None:
    """Delete a saved mapping; imports that used it keep theirs. Raises NotFound."""
    row = ImportSource.objects.select_for_update().filter(pk=source_id).first()
    if row is None:
        raise NotFound("id")
    audit.record(
        action="import_source.forgotten", object_type="import_source", object_id=row.pk, actor=actor, name=row.name
    )
    row.delete()


def _parsed(mapping: str) -> Any:
    return json.loads(mapping)
