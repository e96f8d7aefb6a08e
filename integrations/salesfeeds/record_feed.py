"""A feed of rows: the header is checked against the mapping, then rows become documents."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from integrations.salesfeeds.csv_mapping import CsvMapping
from integrations.salesfeeds.csv_record import RecordReader, header_faults
from integrations.salesfeeds.csv_rows import Row
from integrations.salesfeeds.csv_split import SplitNumbers
from integrations.salesfeeds.fixes import FixBook
from integrations.salesfeeds.problems import SourceRefused
from integrations.salesfeeds.record_documents import HeaderRefused, Reading
from tenants.sales.ports import CanonicalDocument, Fix, Problem, Progress

_ROWS_PER_REPORT: Final = 1000
# the first reading looks at numbers only
_FIRST: Final = 0.25


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of an open file, and what share of it they have used up."""

    rows: Callable[[], Iterator[Row]]
    share: Callable[[], float]


class RecordFeed(ABC):
    """Reads a file of rows twice as a stream: for the numbers, then for the documents."""

    def __init__(
        self,
        mapping: CsvMapping,
        *,
        max_field: int,
        max_bytes: int,
        fixes: Sequence[Fix] = (),
        progress: Progress | None = None,
    ) -> None:
        self._mapping = mapping
        self._max_field = max_field
        self._max_bytes = max_bytes
        self._fixes = FixBook(fixes)
        self._progress = progress

    @abstractmethod
    def _open(self, path: Path) -> AbstractContextManager[Table]:
        """Raises SourceRefused."""

    def read(self, path: Path, *, file: str) -> Iterator[CanonicalDocument | Problem]:
        """Documents and problems in file order; `line` of a problem is the row, counted from 1 with the header."""
        with SplitNumbers() as split:
            self._collect(path, file, split)
            rows = self._rows(path, lambda share: _FIRST + (1 - _FIRST) * share)
            yield from Reading(file, self._max_bytes, split, self._fixes).run(rows)

    def _rows(self, path: Path, told: Callable[[float], float]) -> Iterator[tuple[RecordReader, Row]]:
        with self._open(path) as table:
            rows = table.rows()
            header = next(rows, None)
            if header is None:
                raise SourceRefused("UNREADABLE", line=1, detail="empty")
            if header.fault is not None:
                raise SourceRefused("UNREADABLE", line=header.line, detail=header.detail)
            faults = header_faults(self._mapping, header.cells)
            if faults:
                raise HeaderRefused(header.line, faults)
            reader = RecordReader(self._mapping, header.cells, max_field=self._max_field)
            for count, row in enumerate(rows):
                if self._progress is not None and count % _ROWS_PER_REPORT == 0:
                    self._progress(told(min(1.0, table.share())))
                yield reader, row

    def _collect(self, path: Path, file: str, split: SplitNumbers) -> None:
        """First reading: the numbers only. Where the file breaks off is for the second reading to say."""
        current = ""
        try:
            for reader, row in self._rows(path, lambda share: _FIRST * share):
                number = reader.number_of(row.cells)
                if self._fixes:
                    number = self._fixes.number(file, row.line, number)
                if number and number != current:
                    split.add(number)
                    current = number
        except SourceRefused:
            return
