"""The console's imports: upload, dry run in the background, commit or discard."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction

from kolektor.audit import services as audit
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.outbox.delivery import Delivery
from kolektor.kernel.outbox.services import emit
from kolektor.kernel.tenant import current_schema
from tenants.sales import selectors, services
from tenants.sales.models import ImportBatch

log = structlog.get_logger(__name__)

SUFFIXES = {"ksef": {".xml"}, "csv": {".csv", ".txt"}}


def upload(*, file: BinaryIO, file_name: str, size: int, format: str, mapping: str, actor: UUID) -> ImportBatch:
    """Keep an uploaded file and ask for its dry run. A CSV file without a mapping takes that of the last one entered.

    Raises DomainError UNKNOWN_FORMAT, MAPPING_MISSING, BAD_MAPPING, UPLOAD_EMPTY, UPLOAD_TOO_LARGE.
    """
    name = PurePosixPath(file_name.replace("\\", "/")).name or "import"
    if size > settings.IMPORT_MAX_BYTES:
        raise DomainError("UPLOAD_TOO_LARGE", field="file", limit=settings.IMPORT_MAX_BYTES // (1024 * 1024))
    if size == 0:
        raise DomainError("UPLOAD_EMPTY", field="file")
    suffixes = [suffix.lower() for suffix in PurePosixPath(name).suffixes]
    kind = suffixes[-2] if len(suffixes) > 1 and suffixes[-1] == ".gz" else (suffixes or [""])[-1]
    if format not in SUFFIXES or kind not in SUFFIXES[format]:
        raise DomainError("UNKNOWN_FORMAT", field="format", value=name)
    if format == "csv" and not mapping.strip():
        mapping = selectors.latest_mapping()
    # the prefix is the schema's: one wholesaler's files never lie in another's folder
    key = default_storage.save(f"{current_schema()}/imports/{uuid4().hex}{''.join(suffixes[-2:])}", file)
    with transaction.atomic():
        batch = services.create_batch(format=format, file_name=name, storage_key=key, mapping=mapping, actor=actor)
        batch.state = ImportBatch.State.CHECKING
        batch.save(update_fields=["state"])
        emit("sales.import_uploaded", {"batch": str(batch.pk)})
    return batch


def run_check(delivery: Delivery, payload: Mapping[str, Any]) -> None:
    """Stage and dry-run an uploaded file."""
    batch = ImportBatch.objects.filter(pk=payload["batch"], state=ImportBatch.State.CHECKING).first()
    if batch is None:
        with delivery.finish():
            return
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / PurePosixPath(batch.storage_key).name
            with default_storage.open(batch.storage_key) as source, path.open("wb") as target:
                for block in iter(lambda: source.read(1024 * 1024), b""):
                    target.write(block)
            services.stage(batch=batch, paths=[(path, batch.file_name)])
        services.check(batch=batch)
    except DomainError as error:
        _fail(batch, error.code)
    with delivery.finish():
        pass


def request_commit(*, batch_id: UUID, actor: UUID) -> ImportBatch:
    """Ask for the commit of a checked batch; asking twice commits once. Raises NotFound, DomainError IMPORT_NOT_READY."""
    with transaction.atomic():
        batch = _locked(batch_id)
        if batch.state in {ImportBatch.State.COMMITTING, ImportBatch.State.DONE}:
            return batch
        if batch.state != ImportBatch.State.CHECKED:
            raise DomainError("IMPORT_NOT_READY", field="id")
        services.restart_counts(batch)
        audit.record(action="import.commit_asked", object_type="import", object_id=batch.pk, actor=actor)
        emit("sales.import_commit_asked", {"batch": str(batch.pk)})
    return batch


def run_commit(delivery: Delivery, payload: Mapping[str, Any]) -> None:
    """Commit what was asked for; after a crash goes on where it stopped."""
    batch = ImportBatch.objects.filter(pk=payload["batch"], state=ImportBatch.State.COMMITTING).first()
    if batch is not None:
        services.commit(batch=batch, actor=batch.created_by)
    with delivery.finish():
        pass


def discard(*, batch_id: UUID, actor: UUID) -> ImportBatch:
    """Give a checked or failed batch up. Raises NotFound, DomainError IMPORT_NOT_READY."""
    with transaction.atomic():
        batch = _locked(batch_id)
        if batch.state == ImportBatch.State.DISCARDED:
            return batch
        if batch.state not in {ImportBatch.State.CHECKED, ImportBatch.State.FAILED}:
            raise DomainError("IMPORT_NOT_READY", field="id")
        batch.state = ImportBatch.State.DISCARDED
        batch.save(update_fields=["state"])
        services.clear_staging(batch=batch)
        audit.record(action="import.discarded", object_type="import", object_id=batch.pk, actor=actor)
    return batch


def _locked(batch_id: UUID) -> ImportBatch:
    batch = ImportBatch.objects.select_for_update().filter(pk=batch_id).first()
    if batch is None:
        raise NotFound("id")
    return batch


def _fail(batch: ImportBatch, code: str) -> None:
    with transaction.atomic():
        ImportBatch.objects.filter(pk=batch.pk).update(state=ImportBatch.State.FAILED, failure=code)
        audit.record(action="import.failed", object_type="import", object_id=batch.pk, code=code)
