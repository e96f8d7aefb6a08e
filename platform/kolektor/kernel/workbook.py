"""Workbooks (XLSX), row by row: memory does not grow with the rows, numbers stay numbers, and a text is never a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import xlsxwriter

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | Decimal | float | date | datetime | None
_WIDTH_FIRST, _WIDTH = 32, 18


class Book:
    """A workbook that is being written."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._head = book.add_format({"bold": True, "bottom": 1})
        self._decimal = book.add_format({"num_format": "#,##0.00"})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})

    def sheet(self, title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
        """Add a sheet with a heading that stays in view and filters. Returns how many rows there were.

        Times are written as they are on the clock: give them in the zone that the reader expects.
        """
        sheet = self._book.add_worksheet(title)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, _WIDTH_FIRST)
        sheet.set_column(1, max(1, len(heads) - 1), _WIDTH)
        sheet.write_row(0, 0, heads, self._head)
        number = 0
        for number, cells in enumerate(rows, start=1):
            for column, cell in enumerate(cells):
                self._write(sheet, number, column, cell)
        sheet.autofilter(0, 0, max(1, number), len(heads) - 1)
        return number

    def _write(self, sheet: Any, row: int, column: int, cell: Cell) -> None:
        if cell is None:
            return
        if isinstance(cell, str):
            sheet.write_string(row, column, cell)
        elif isinstance(cell, datetime):
            sheet.write_datetime(row, column, cell.replace(tzinfo=None), self._moment)
        elif isinstance(cell, date):
            sheet.write_datetime(row, column, datetime.combine(cell, time.min), self._day)
        elif isinstance(cell, int):
            sheet.write_number(row, column, cell)
        else:
            sheet.write_number(row, column, float(cell), self._decimal)


@contextmanager
def writing(path: Path) -> Iterator[Book]:
    """Write a workbook to a file; it is whole when the block ends."""
    # texts are written as texts: a brand called "=1+1" stays a name
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False}) as book:
        yield Book(book)
