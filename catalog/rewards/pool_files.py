"""Read a file of codes: one code a line, or CSV or XLSX with columns code, pin, expires_on (docs/partners/code-pool.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from kolektor.kernel.errors import DomainError
from kolektor.kernel.tables import MEGABYTE, read_table

MAX_BYTES: Final = 5 * MEGABYTE
MAX_CODES: Final = 50_000
_SHOWN_PROBLEMS: Final = 10
_NAMES: Final = {
    "code": {"code", "kod", "kod vouchera", "voucher", "numer"},
    "pin": {"pin"},
    "expires_on": {"expires_on", "expires", "expiry", "valid until", "ważny do", "wazny do", "data ważności"},
}
_SPACES: Final = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class UploadedCode:
    """One row of the file. `expires_on` is the last good day, in Poland."""

    code: str
    pin: str | None = None
    expires_on: date | None = None

    def __repr__(self) -> str:
        return "UploadedCode(***)"


def read_codes(content: bytes, *, today: date) -> list[UploadedCode]:
    """All codes of a file, each once. Nothing is taken from a file with a single bad row.

    Raises DomainError UPLOAD_EMPTY, UPLOAD_TOO_LARGE, CODES_UNREADABLE, TOO_MANY_CODES, BAD_CODES (with the lines).
    """
    rows = read_table(content, max_bytes=MAX_BYTES, unreadable="CODES_UNREADABLE")
    columns, start = _columns(rows)
    found: dict[str, UploadedCode] = {}
    bad: list[int] = []
    for line, row in enumerate(rows[start:], start=start + 1):
        if not any(cell.strip() for cell in row):
            continue
        read = _row(row, columns, today)
        if read is None:
            bad.append(line)
        else:
            found.setdefault(read.code, read)
    if bad:
        lines = ", ".join(str(line) for line in bad[:_SHOWN_PROBLEMS]) + (" …" if len(bad) > _SHOWN_PROBLEMS else "")
        raise DomainError("BAD_CODES", field="file", count=len(bad), lines=lines)
    if not found:
        raise DomainError("UPLOAD_EMPTY", field="file")
    if len(found) > MAX_CODES:
        raise DomainError("TOO_MANY_CODES", field="file", limit=MAX_CODES)
    return list(found.values())


def _columns(rows: list[list[str]]) -> tuple[dict[str, int], int]:
    """Which column holds what, and where the codes start: after a heading, if there is one."""
    heading = [cell.strip().lower() for cell in rows[0]] if rows else []
    named = {name: heading.index(word) for name, words in _NAMES.items() for word in words if word in heading}
    if "code" in named:
        return named, 1
    return {"code": 0, "pin": 1, "expires_on": 2}, 0


def _row(row: list[str], columns: dict[str, int], today: date) -> UploadedCode | None:
    """None when the row cannot be used: no code, one with blanks or too long, a date that is none or is past."""

    def cell(name: str) -> str:
        place = columns.get(name)
        return row[place].strip() if place is not None and place < len(row) else ""

    code, pin, expires = cell("code"), cell("pin"), cell("expires_on")
    if not 4 <= len(code) <= 200 or _SPACES.search(code) or not code.isprintable() or len(pin) > 40:
        return None
    day = _day(expires) if expires else None
    if expires and (day is None or day < today):
        return None
    return UploadedCode(code, pin or None, day)


def _day(text: str) -> date | None:
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 — a day, no moment
        except ValueError:
            continue
    return None
