"""Small files of rows that people upload: CSV in the usual encodings, or the first sheet of an XLSX. Held in memory."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import datetime
from typing import Final

from python_calamine import CalamineError, load_workbook

from kolektor.kernel.errors import DomainError

MEGABYTE: Final = 1024 * 1024
# how many times its size an XLSX may unpack to
_UNPACKED: Final = 12


def read_table(content: bytes, *, max_bytes: int, unreadable: str) -> list[list[str]]:
    """Rows of cells as text, the heading among them. Raises DomainError UPLOAD_EMPTY, UPLOAD_TOO_LARGE or `unreadable`."""
    if not content.strip():
        raise DomainError("UPLOAD_EMPTY", field="file")
    if len(content) > max_bytes:
        raise too_large(max_bytes)
    if content.startswith(b"PK\x03\x04"):
        return _xlsx_rows(content, max_bytes, unreadable)
    return _text_rows(content, unreadable)


def too_large(max_bytes: int) -> DomainError:
    """The refusal of a file above the limit."""
    return DomainError("UPLOAD_TOO_LARGE", field="file", limit=max_bytes // MEGABYTE)


def _text_rows(content: bytes, unreadable: str) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1250", "replace")
    if "\x00" in text:
        raise DomainError(unreadable, field="file")
    head = text.split("\n", 1)[0]
    delimiter = next((sign for sign in (";", "\t", ",") if sign in head), ";")
    try:
        return list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise DomainError(unreadable, field="file") from error


def _xlsx_rows(content: bytes, max_bytes: int, unreadable: str) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(item.file_size for item in archive.infolist()) > max_bytes * _UNPACKED:
                raise too_large(max_bytes)
        sheet = load_workbook(io.BytesIO(content)).get_sheet_by_index(0)
        return [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    except (zipfile.BadZipFile, CalamineError, IndexError, ValueError, OSError) as error:
        raise DomainError(unreadable, field="file") from error


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a spreadsheet keeps 1234567 as 1234567.0
    return "" if value is None else str(value)
