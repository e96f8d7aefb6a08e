"""How far an import is, told outside its transaction: otherwise nobody could see it, or stop it, before the end."""

from __future__ import annotations

import time
from contextlib import suppress
from types import TracebackType
from typing import Final, Self
from uuid import UUID

from django.db import OperationalError, connection

from kolektor.kernel.tenant import current_schema

_SECONDS_APART: Final = 0.5
_SCALE: Final = 1000
# never the batch's own row: a dry run holds it locked
_TELL: Final = """
SET lock_timeout = '500ms';
UPDATE "{schema}".sales_importprogress SET phase = %s, done = %s, total = %s WHERE batch_id = %s RETURNING stop_asked
"""


class Stopped(Exception):
    """Somebody asked to stop the work on this import."""


class Reporter:
    """Call it with what is done of `total`; at most twice a second that is written down, on a connection of its own.

    Raises Stopped from such a call when somebody asked for it. `done` and `total` may be fractions; thousandths are kept.
    """

    def __init__(self, batch_id: UUID, phase: str, *, total: float) -> None:
        self._batch_id = batch_id
        self._phase = phase
        self._total = total
        self._text = _TELL.format(schema=current_schema())
        self._connection = connection.copy()
        self._told = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def __call__(self, done: float) -> None:
        now = time.monotonic()
        if self._told and now - self._told < _SECONDS_APART:
            return
        self._told = now
        row = None
        figures = (self._phase, int(done * _SCALE), int(self._total * _SCALE), str(self._batch_id))
        # a figure that somebody else holds locked is left out: the import goes on
        with suppress(OperationalError), self._connection.cursor() as cursor:
            cursor.execute(self._text, figures)
            row = cursor.fetchone()
        # a batch that is not committed yet (in a test, say) has no row that others could see
        if row is not None and row[0]:
            raise Stopped
