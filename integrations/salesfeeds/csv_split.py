"""Document numbers that come back later in the same file.

Rows of a document mostly lie together, but not always, and a streaming reader would take the first part for the whole.
So the file is read twice: first for its numbers only. They are kept in SQLite's private temporary file, not in memory,
which therefore does not grow with the file.
"""

from __future__ import annotations

import sqlite3
from types import TracebackType
from typing import Final, Self

_BATCH: Final = 1000


class SplitNumbers:
    """How many runs of rows each number has."""

    def __init__(self) -> None:
        # an empty name is a temporary database on disk that vanishes with the connection
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("CREATE TABLE run (number TEXT PRIMARY KEY, runs INTEGER) WITHOUT ROWID")
        self._pending: list[tuple[str]] = []
        self._any: bool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def add(self, number: str) -> None:
        """A run of this number starts here."""
        self._pending.append((number,))
        if len(self._pending) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        self._db.executemany(
            "INSERT INTO run VALUES (?, 1) ON CONFLICT (number) DO UPDATE SET runs = runs + 1",
            self._pending,
        )
        self._pending.clear()

    def runs(self, number: str) -> int:
        """How many runs a document has: 1 when its rows lie together."""
        if self._any is None:
            self._flush()
            self._any = self._db.execute("SELECT 1 FROM run WHERE runs > 1 LIMIT 1").fetchone() is not None
        if not self._any:
            return 1
        found = self._db.execute("SELECT runs FROM run WHERE number = ? AND runs > 1", (number,)).fetchone()
        return 1 if found is None else int(found[0])
