"""XLSX of any wholesaler, read by the same mapping as CSV.

A cell's value becomes the text that a CSV file with this mapping would hold: numbers with the mapping's decimal separator and
at most the 15 digits that a spreadsheet keeps, dates in the mapping's first format, the result of a formula. So one code reads
both. What calamine holds in memory is bounded before it sees the file (`xlsx_guard`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from integrations.salesfeeds.csv_mapping import CsvMapping
from integrations.salesfeeds.csv_rows import Row
from integrations.salesfeeds.problems import SourceRefused
from integrations.salesfeeds.record_feed import RecordFeed, Table
from integrations.salesfeeds.xlsx_guard import Guarded, guard
from tenants.sales.ports import Fix, Progress

DEFAULT_MAX_BYTES: Final = 50 * 1024 * 1024


class XlsxFeed(RecordFeed):
    """Reads one sheet (the mapping's, else the first). `max_bytes` bounds the file and the rows of one document."""

    def __init__(
        self,
        mapping: CsvMapping,
        max_field: int = 1000,
        max_bytes: int = DEFAULT_MAX_BYTES,
        *,
        fixes: Sequence[Fix] = (),
        progress: Progress | None = None,
    ) -> None:
        super().__init__(mapping, max_field=max_field, max_bytes=max_bytes, fixes=fixes, progress=progress)

    @contextmanager
    def _open(self, path: Path) -> Iterator[Table]:
        with open_sheet(path, self._mapping.sheet, max_bytes=self._max_bytes) as (sheet, guarded, _):
            place = [0]

            def rows() -> Iterator[Row]:
                for row in sheet_rows(sheet, guarded, self._mapping):
                    place[0] = row.line
                    yield row

            yield Table(rows, lambda: place[0] / max(1, guarded.last_row))


@contextmanager
def open_sheet(path: Path, name: str, *, max_bytes: int) -> Iterator[tuple[CalamineSheet, Guarded, tuple[str, ...]]]:
    """A sheet, what the guard saw, and the names of all sheets. Raises SourceRefused UNREADABLE or TOO_LARGE."""
    guarded = guard(path, name, max_bytes=max_bytes)
    try:
        with CalamineWorkbook.from_path(path) as book:
            yield book.get_sheet_by_name(guarded.sheet), guarded, guarded.sheets
    except (CalamineError, OSError) as error:
        raise SourceRefused("UNREADABLE", detail="not a valid XLSX file") from error


def sheet_rows(sheet: CalamineSheet, guarded: Guarded, mapping: CsvMapping) -> Iterator[Row]:
    """Every row, empty ones left out, with the number that the spreadsheet shows."""
    left = sheet.start[1] if sheet.start else 0
    for line, values in enumerate(sheet.iter_rows(), start=1):
        if line <= mapping.skip_rows:
            continue
        cells = [cell_text(value, mapping) for value in values]
        for column, text in guarded.errors.get(line, {}).items():
            if 0 <= column - left < len(cells):
                cells[column - left] = text
        if any(cell.strip() for cell in cells):
            yield Row(line, cells, sum(map(len, cells)))


def cell_text(value: Any, mapping: CsvMapping) -> str:
    """The text of a cell as a CSV file with this mapping would hold it."""
    if isinstance(value, str):
        # NUL cannot be kept, and no spreadsheet shows it
        return value.replace("\0", "")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        # binary noise ends at the 15 digits that a spreadsheet keeps
        number = format(Decimal(format(value, ".15g")), "f")
        return number.replace(".", mapping.decimal)
    if isinstance(value, datetime | date):
        return value.strftime(mapping.dates[0])
    if isinstance(value, time | timedelta):
        return str(value)
    return ""
