"""Rows of a CSV file, streaming, with the line on which each starts, as an editor shows it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, Literal

from integrations.salesfeeds.csv_mapping import CsvMapping
from integrations.salesfeeds.problems import SourceRefused
from integrations.salesfeeds.sources import READ_ERRORS, reason

# longer than any sane row; a file without line ends must not be read into memory
_MAX_LINE: Final = 1024 * 1024
_UTF8_BOM: Final = b"\xef\xbb\xbf"
_UTF16_BOMS: Final = (b"\xff\xfe", b"\xfe\xff")


@dataclass(slots=True)
class Row:
    """`line` counts from 1 and includes the header. `fault` is set when the row could not be read as it
    stands.
    """

    line: int
    cells: list[str]
    size: int
    fault: str | None = None
    detail: str = ""


class _Lines:
    """Decoded lines for the csv reader; remembers whether a line held bytes that are not text."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._encoding = "utf-8" if encoding == "utf-8-sig" else encoding
        self._bom = encoding == "utf-8-sig"
        self.count = 0
        self.size = 0
        self.last = ""
        self.damage = ""

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        try:
            raw = self._stream.readline(_MAX_LINE + 1)
        except READ_ERRORS as error:
            raise SourceRefused("UNREADABLE", line=self.count + 1, detail=reason(error)) from error
        if not raw:
            raise StopIteration
        self.count += 1
        self.size += len(raw)
        if len(raw) > _MAX_LINE:
            raise SourceRefused("UNREADABLE", line=self.count, detail=f"a line of more than {_MAX_LINE} bytes")
        if self.count == 1:
            if raw.startswith(_UTF16_BOMS):
                raise SourceRefused("UNREADABLE", line=1, detail="UTF-16")
            if self._bom:
                raw = raw.removeprefix(_UTF8_BOM)
        if b"\0" in raw:
            self.damage = "NUL"
        try:
            self.last = raw.decode(self._encoding)
        except UnicodeDecodeError as error:
            # the row is refused, but it must be read to know which document it belongs to
            self.damage = f"{self._encoding}: 0x{raw[error.start]:02X}"
            self.last = raw.decode(self._encoding, errors="replace")
        return self.last


def read_rows(stream: BinaryIO, mapping: CsvMapping) -> Iterator[Row]:
    """Every row, blank ones left out.

    A row that breaks the quoting is marked BAD_ROW, one that is not text UNREADABLE. Raises SourceRefused
    UNREADABLE when nothing after that point can be trusted: the file breaks off, or a quotation mark
    swallows further rows.
    """
    lines = _Lines(stream, mapping.encoding)
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if mapping.quote else csv.QUOTE_NONE
    # strict, or a stray quotation mark would silently join rows
    reader = csv.reader(
        lines, delimiter=mapping.delimiter, quotechar=mapping.quote or None, quoting=quoting, strict=True
    )
    while True:
        start = lines.count + 1
        lines.size = 0
        lines.damage = ""
        fault, detail = None, ""
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if lines.count > start:
                raise SourceRefused("UNREADABLE", line=start, detail=str(error)) from error
            # this row only; read it leniently to learn its document
            fault, detail = "BAD_ROW", str(error)
            cells = lines.last.rstrip("\r\n").split(mapping.delimiter)
        if lines.damage:
            fault, detail = "UNREADABLE", lines.damage
        if start > mapping.skip_rows and any(cell.strip() for cell in cells):
            yield Row(start, cells, lines.size, fault, detail)
