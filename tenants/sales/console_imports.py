"""The console's imports: upload, mapping, dry run in the background, corrected cells, commit, stop, again, discard."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Final
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction

from kolektor.audit import services as audit
from kolektor.kernel import faultpoints
from kolektor.kernel.binding import bound
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.outbox.delivery import Delivery
from kolektor.kernel.outbox.services import emit
from kolektor.kernel.tenant import current_schema
from tenants.program import selectors as program
from tenants.sales import fixes, revert, services, sources
from tenants.sales.models import ImportBatch, ImportProgress
from tenants.sales.ports import Feeds, Inspection
from tenants.sales.progress import Stopped

log = structlog.get_logger(__name__)

State = ImportBatch.State
SUFFIXES: Final = {"ksef": {".xml"}, "csv": {".csv", ".txt"}, "xlsx": {".xlsx"}}
# what may be mapped, checked again, or given up
_OPEN: Final = frozenset({State.UPLOADED, State.CHECKED, State.FAILED})


def upload(*, file: BinaryIO, file_name: str, size: int, format: str, mapping: str, actor: UUID) -> ImportBatch:
    """Keep an uploaded file. With all that is needed to read it, its dry run is asked for; a CSV or XLSX file without a mapping
    waits for one (state UPLOADED).

    Raises DomainError UNKNOWN_FORMAT, BAD_MAPPING, UNREADABLE, UPLOAD_EMPTY, UPLOAD_TOO_LARGE.
    """
    name = PurePosixPath(file_name.replace("\\", "/")).name or "import"
    if size > settings.IMPORT_MAX_BYTES:
        raise DomainError("UPLOAD_TOO_LARGE", field="file", limit=settings.IMPORT_MAX_BYTES // (1024 * 1024))
    if size == 0:
        raise DomainError("UPLOAD_EMPTY", field="file")
    suffixes = [suffix.lower() for suffix in PurePosixPath(name).suffixes]
    packed = len(suffixes) > 1 and suffixes[-1] == ".gz" and format != "xlsx"
    kind = suffixes[-2] if packed else (suffixes or [""])[-1]
    if format not in SUFFIXES or kind not in SUFFIXES[format]:
        raise DomainError("UNKNOWN_FORMAT", field="format", value=name)
    mapped_later = format in sources.FORMATS and not mapping.strip()
    # the prefix is the schema's: one wholesaler's files never lie in another's folder
    key = default_storage.save(f"{current_schema()}/imports/{uuid4().hex}{''.join(suffixes[-2:])}", file)
    try:
        header = _header_key(format, key) if mapped_later else ""
        with transaction.atomic():
            batch = services.create_batch(
                format=format, file_name=name, storage_key=key, mapping=mapping, header_key=header,
                mapped_later=mapped_later, actor=actor,
            )  # fmt: skip
            if not mapped_later:
                _ask_check(batch)
    except DomainError:
        default_storage.delete(key)
        raise
    faultpoints.reach("import.after_upload")
    return batch


def _header_key(format: str, key: str) -> str:
    with _local(key) as path:
        seen = bound(Feeds).inspect(format, path, layout={}, currency=program.settings().currency)
    return sources.header_key(column.name for column in seen.columns)


def inspect(*, batch: ImportBatch, layout: Mapping[str, object]) -> Inspection:
    """The head of an uploaded CSV or XLSX file, read with those keys of a mapping that are given. Changes nothing.

    Raises DomainError UNKNOWN_FORMAT or UNREADABLE.
    """
    if not batch.storage_key:
        raise DomainError("UNKNOWN_FORMAT", field="id", value=batch.file_name)
    with _local(batch.storage_key) as path:
        return bound(Feeds).inspect(batch.format, path, layout=layout, currency=program.settings().currency)


def request_check(
    *, batch_id: UUID, mapping: str, actor: UUID, save_as: str = "", source_id: UUID | None = None
) -> ImportBatch:
    """Ask for the dry run of an uploaded file with a mapping, saved under a name if one is given. A checked or failed import is
    checked anew.

    Raises NotFound, DomainError IMPORT_NOT_READY, BAD_MAPPING, MAPPING_MISSING, SOURCE_NAME.
    """
    with transaction.atomic():
        batch = _locked(batch_id)
        if batch.state not in _OPEN or batch.format not in sources.FORMATS or not batch.storage_key:
            raise DomainError("IMPORT_NOT_READY", field="id")
        bound(Feeds).open(batch.format, mapping)
        if save_as.strip():
            batch.source = sources.save(
                name=save_as, format=batch.format, mapping=mapping, header_key=batch.header_key, actor=actor
            )
        elif source_id is not None:
            batch.source = sources.use(source_id=source_id, mapping=mapping, header_key=batch.header_key)
        else:
            batch.source = None
        batch.mapping = mapping
        batch.save(update_fields=["mapping", "source"])
        named = {"source": batch.source.name} if batch.source else {}
        action = "import.mapped_as" if named else "import.mapped"
        audit.record(action=action, object_type="import", object_id=batch.pk, actor=actor, **named)
        _ask_check(batch)
    return batch


def fix(*, batch_id: UUID, wishes: Iterable[fixes.Wish], actor: UUID) -> ImportBatch:
    """Correct cells and check the file again. Raises NotFound, DomainError IMPORT_NOT_READY and those of `fixes.record`."""
    with transaction.atomic():
        batch = _locked(batch_id)
        if batch.state != State.CHECKED or not batch.storage_key:
            raise DomainError("IMPORT_NOT_READY", field="id")
        fixes.record(batch=batch, wishes=wishes, actor=actor)
        _ask_check(batch)
    return batch


def _ask_check(batch: ImportBatch) -> None:
    batch.state = State.CHECKING
    batch.failure = ""
    batch.save(update_fields=["state", "failure"])
    _restart_progress(batch)
    emit("sales.import_uploaded", {"batch": str(batch.pk)})


def _restart_progress(batch: ImportBatch) -> None:
    ImportProgress.objects.filter(batch=batch).update(stop_asked=False, phase="", done=0, total=0)


def run_check(delivery: Delivery, payload: Mapping[str, Any]) -> None:
    """Stage and dry-run an uploaded file."""
    batch = ImportBatch.objects.filter(pk=payload["batch"], state=State.CHECKING).first()
    if batch is not None:
        try:
            with delivery.kept(), _local(batch.storage_key) as path:
                services.stage(batch=batch, paths=[(path, batch.file_name)])
                services.check(batch=batch)
        except Stopped:
            services.stopped(batch, State.UPLOADED)
        except DomainError as error:
            _fail(batch, error.code)
    with delivery.finish():
        pass


def request_commit(*, batch_id: UUID, actor: UUID) -> ImportBatch:
    """Ask for the commit of a checked batch; asking twice commits once. Raises NotFound, DomainError IMPORT_NOT_READY."""
    with transaction.atomic():
        batch = _locked(batch_id)
        if batch.state in {State.COMMITTING, State.DONE}:
            return batch
        if batch.state != State.CHECKED:
            raise DomainError("IMPORT_NOT_READY", field="id")
        services.restart_counts(batch)
        _restart_progress(batch)
        audit.record(action="import.commit_asked", object_type="import", object_id=batch.pk, actor=actor)
        emit("sales.import_commit_asked", {"batch": str(batch.pk)})
    faultpoints.reach("import.after_commit_asked")
    return batch


def run_commit(delivery: Delivery, payload: Mapping[str, Any]) -> None:
    """Commit what was asked for; after a crash goes on where it stopped."""
    batch = ImportBatch.objects.filter(pk=payload["batch"], state=State.COMMITTING).first()
    if batch is not None:
        with delivery.kept():
            services.commit(batch=batch, actor=batch.created_by)
    with delivery.finish():
        pass


def run_revert(delivery: Delivery, payload: Mapping[str, Any]) -> None:
    """Take back what was asked for; when other documents came to need it meanwhile, it stays."""
    batch = ImportBatch.objects.filter(pk=payload["batch"], state=State.REVERTING).first()
    if batch is not None:
        try:
            with delivery.kept():
                revert.revert(batch_id=batch.pk, actor=UUID(payload["actor"]))
        except DomainError as error:
            with transaction.atomic():
                # half a commit can be gone on with only from STOPPED
                back = State.DONE if batch.finished_at else State.STOPPED
                ImportBatch.objects.filter(pk=batch.pk).update(state=back, failure=error.code)
                audit.record(action="import.revert_refused", object_type="import", object_id=batch.pk, code=error.code)
    with delivery.finish():
        pass


def stop(*, batch_id: UUID, actor: UUID) -> ImportBatch:
    """Ask to stop a dry run, or a commit after the chunk at hand. What is not running any more is left alone.

    Raises NotFound, DomainError IMPORT_NOT_READY.
    """
    # without a lock: a dry run holds the row until its end
    batch = ImportBatch.objects.filter(pk=batch_id).first()
    if batch is None:
        raise NotFound("id")
    if batch.state not in {State.CHECKING, State.COMMITTING}:
        raise DomainError("IMPORT_NOT_READY", field="id")
    with transaction.atomic():
        asked = ImportProgress.objects.filter(batch=batch, stop_asked=False).update(stop_asked=True)
        if asked:
            audit.record(action="import.stop_asked", object_type="import", object_id=batch.pk, actor=actor)
    return batch


def retry(*, batch_id: UUID, actor: UUID) -> ImportBatch:
    """Go on: a stopped commit with the documents that are left, a stopped or failed dry run from the start.

    Raises NotFound, DomainError IMPORT_NOT_READY.
    """
    with transaction.atomic():
        batch = _locked(batch_id)
        mapped = batch.format not in sources.FORMATS or batch.mapping
        if batch.state == State.STOPPED:
            batch.state = State.COMMITTING
            batch.save(update_fields=["state"])
            _restart_progress(batch)
            emit("sales.import_commit_asked", {"batch": str(batch.pk)})
        elif batch.state in {State.UPLOADED, State.FAILED} and mapped and batch.storage_key:
            _ask_check(batch)
        else:
            raise DomainError("IMPORT_NOT_READY", field="id")
        audit.record(action="import.retried", object_type="import", object_id=batch.pk, actor=actor)
    return batch


def discard(*, batch_id: UUID, actor: UUID) -> ImportBatch:
    """Give an import up of which nothing was entered. Raises NotFound, DomainError IMPORT_NOT_READY."""
    with transaction.atomic():
        batch = _locked(batch_id)
        if batch.state == State.DISCARDED:
            return batch
        if batch.state not in _OPEN:
            raise DomainError("IMPORT_NOT_READY", field="id")
        batch.state = State.DISCARDED
        batch.save(update_fields=["state"])
        services.clear_staging(batch=batch)
        audit.record(action="import.discarded", object_type="import", object_id=batch.pk, actor=actor)
    return batch


@contextmanager
def _local(key: str) -> Iterator[Path]:
    """An uploaded file as a file of this machine."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / PurePosixPath(key).name
        with default_storage.open(key) as source, path.open("wb") as target:
            for block in iter(lambda: source.read(1024 * 1024), b""):
                target.write(block)
        yield path


def _locked(batch_id: UUID) -> ImportBatch:
    batch = ImportBatch.objects.select_for_update(of=("self",)).filter(pk=batch_id).first()
    if batch is None:
        raise NotFound("id")
    return batch


def _fail(batch: ImportBatch, code: str) -> None:
    with transaction.atomic():
        ImportBatch.objects.filter(pk=batch.pk).update(state=State.FAILED, failure=code)
        audit.record(action="import.failed", object_type="import", object_id=batch.pk, code=code)
