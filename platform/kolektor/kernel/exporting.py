"""Files that somebody asked for and the worker writes: tried some times, kept in the storage, gone when they expire.

The model of such a file has `state` (WAITING, DONE, FAILED), `storage_key`, `finished_at` and `expires_at`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import structlog
from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models import Model, QuerySet

from kolektor.kernel import clock
from kolektor.kernel.outbox.delivery import Delivery

log = structlog.get_logger(__name__)

MAX_ATTEMPTS: Final = 5


def carry_out(
    delivery: Delivery,
    waiting: QuerySet[Any],
    *,
    key: Callable[[Any], str],
    write: Callable[[Path, Any], dict[str, Any]],
) -> None:
    """One attempt at the file that `waiting` holds, or nothing if it waits no more; the last one that fails says so.

    `key` says where the file of a row lies; `write` writes it and gives what else the row is to say.
    """
    row = waiting.first()
    if row is None:
        with delivery.finish():
            pass
        return
    try:
        with delivery.kept(), tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "file"
            also = write(path, row)
            kept = _keep(path, key(row))
    except Exception as error:
        log.exception("export.not_written", export=str(row.pk), attempt=delivery.attempt)
        if delivery.attempt < MAX_ATTEMPTS:
            delivery.postpone(2**delivery.attempt, type(error).__name__)
            return
        with delivery.finish():
            _close(row, state="FAILED")
        return
    with delivery.finish():
        _close(row, state="DONE", storage_key=kept, **also)


def _keep(path: Path, key: str) -> str:
    if default_storage.exists(key):  # of an attempt that was lost
        default_storage.delete(key)
    with path.open("rb") as stream:
        return default_storage.save(key, File(stream))


def _close(row: Any, **columns: Any) -> None:
    type(row).objects.filter(pk=row.pk).update(finished_at=clock.now(), **columns)


def waiting_for(model: type[Model], payload_id: str) -> QuerySet[Any]:
    """The row that an event names, while it waits."""
    found: QuerySet[Any] = model.objects.filter(pk=UUID(payload_id), state="WAITING")  # type: ignore[attr-defined]
    return found


def tidy(rows: QuerySet[Any]) -> int:
    """Delete those of the rows that have expired, file and row. Returns how many."""
    gone = 0
    for row in rows.filter(expires_at__lte=clock.now()):
        if row.storage_key:
            default_storage.delete(row.storage_key)
        row.delete()
        gone += 1
    return gone
