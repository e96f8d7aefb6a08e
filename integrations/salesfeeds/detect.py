"""How a CSV or XLSX file is written: encoding, delimiter, header row, decimal sign, date formats. From its first rows."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from integrations.salesfeeds.vocabulary import field_of

_DELIMITERS: Final = (";", "\t", ",", "|")
_HEADER_ROWS: Final = 20
_DATES: Final = (
    "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y.%m.%d", "%Y/%m/%d", "%Y%m%d", "%d.%m.%y",
    "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S",
    "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M:%S",
)  # fmt: skip
_SWAPPED: Final = {
    "%d/%m/%Y": "%m/%d/%Y", "%m/%d/%Y": "%d/%m/%Y", "%d/%m/%Y %H:%M": "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M": "%d/%m/%Y %H:%M",
}  # fmt: skip
_GROUPED: Final = re.compile(r"-?\d{1,3}([ \u00a0\u202f\u2009'.,])\d{3}(?:\1\d{3})*(?:[.,]\d+)?")
FRACTION: Final = re.compile(r"-?[\d \u00a0\u202f\u2009'.,]*\d([.,])\d{1,4}-?")


def encoding_of(head: bytes) -> str:
    """One of the encodings that a mapping knows."""
    try:
        head.decode("utf-8")
        return "utf-8-sig"
    except UnicodeDecodeError as error:
        # the head may end within a letter
        if error.start >= len(head) - 4:
            return "utf-8-sig"
    latin = sum(head.count(byte) for byte in (0xB1, 0xB6, 0xBC, 0xA6, 0xAC))
    windows = sum(head.count(byte) for byte in (0xB9, 0x9C, 0x9F, 0x8C, 0x8F))
    return "iso-8859-2" if latin > windows else "cp1250"


def delimiter_of(text: str) -> str:
    """The sign that cuts the most lines into the same number of cells."""
    lines = [line for line in text.splitlines() if line.strip()][:50]

    def score(sign: str) -> tuple[int, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign))
        except csv.Error:
            widths = Counter()
        if not widths:
            return 0, 0
        width, rows = max(widths.items(), key=lambda item: (item[0] > 1, item[1]))
        return (rows if width > 1 else 0, width)

    return max(_DELIMITERS, key=score)


def header_index(rows: Sequence[Sequence[str]]) -> int:
    """Which of the first rows names the columns: the one with the most known names, else the first of the usual width."""
    head = rows[:_HEADER_ROWS]
    known = [sum(1 for cell in row if field_of(cell)) for row in head]
    best = max(known, default=0)
    if best >= 2:
        return known.index(best)
    filled = [sum(1 for cell in row if cell.strip()) for row in head]
    usual = Counter(filled).most_common(1)
    return filled.index(usual[0][0]) if usual else 0


def decimal_of(texts: Iterable[str]) -> str:
    """`,` unless more numbers have a point before their last digits."""
    signs = Counter(match.group(1) for text in texts if (match := FRACTION.fullmatch(text.strip())))
    return "." if signs["."] > signs[","] else ","


def thousands_of(texts: Iterable[str], decimal: str) -> str:
    """What groups the digits: a space of any kind, `'`, `.`, `,`; empty when nothing does."""
    signs = Counter(match.group(1) for text in texts if (match := _GROUPED.fullmatch(text.strip())))
    signs.pop(decimal, None)
    if not signs:
        return ""
    sign = signs.most_common(1)[0][0]
    return " " if sign in "\u00a0\u202f\u2009" else sign


def dates_of(texts: Sequence[str]) -> list[str]:
    """Formats that between them read all of the texts, the most useful first; empty when a text is no date."""
    left = {text.strip() for text in texts if text.strip()}
    found: list[str] = []
    while left:
        counts = {layout: sum(_reads(text, layout) for text in left) for layout in _DATES}
        layout = max(_DATES, key=lambda each: counts[each])
        if counts[layout] == 0:
            break
        found.append(layout)
        if layout in _SWAPPED:  # day and month are never read both ways in one file
            left = {text for text in left if not _reads(text, _SWAPPED[layout])}
        left = {text for text in left if not _reads(text, layout)}
    return found


def _reads(text: str, layout: str) -> bool:
    try:
        datetime.strptime(text, layout)  # noqa: DTZ007 (a calendar day)
    except ValueError:
        return False
    return True
