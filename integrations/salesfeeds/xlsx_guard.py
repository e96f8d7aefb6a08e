"""Looks at an XLSX file as a stream before anything loads it: packed bombs, sheets as wide as the world, cells with errors.

calamine holds a whole sheet as a dense rectangle, so one cell in the farthest corner would ask for gigabytes.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree
from xml.parsers import expat

from integrations.salesfeeds.problems import SourceRefused
from integrations.salesfeeds.sources import CHUNK, megabytes

# XML is wordy: unpacked, a sheet takes several times the bytes of the same CSV
_UNPACKED: Final = 4
_MAX_PARTS: Final = 2000
_MAX_CELLS: Final = 6_000_000
_MAX_INDEX: Final = 4 * 1024 * 1024
_MAX_ERRORS: Final = 10_000
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(slots=True)
class Guarded:
    """The chosen sheet; `errors` are cells such as #N/A by row (from 1) and column (from 0), which calamine reads as empty."""

    sheet: str
    sheets: tuple[str, ...]
    last_row: int = 0
    errors: dict[int, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))


def guard(path: Path, name: str, *, max_bytes: int) -> Guarded:
    """Check a file and the sheet called `name` (empty: the first). Raises SourceRefused UNREADABLE or TOO_LARGE."""
    try:
        if not path.is_file():
            raise SourceRefused("UNREADABLE", detail="not a regular file")
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _UNPACKED * max_bytes:
                raise SourceRefused("TOO_LARGE", limit_mb=megabytes(_UNPACKED * max_bytes))
            sheets = _sheets(archive)
            found = Guarded(sheet=name or next(iter(sheets), ""), sheets=tuple(sheets))
            if found.sheet not in sheets:
                raise SourceRefused("UNREADABLE", detail=f"no sheet {name}")
            _Scan(found, max_bytes).run(archive, sheets[found.sheet])
            return found
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, KeyError, NotImplementedError, RuntimeError) as error:
        raise SourceRefused("UNREADABLE", detail="not a valid XLSX file") from error
    except (expat.ExpatError, ElementTree.ParseError, ValueError) as error:
        raise SourceRefused("UNREADABLE", detail="not a valid XLSX file") from error


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Parts of the visible sheets by the sheets' names, in order."""
    book = _tree(archive, "xl/workbook.xml")
    links = {
        str(link.get("Id")): str(link.get("Target"))
        for link in _tree(archive, "xl/_rels/workbook.xml.rels")
        if str(link.get("Type")).endswith("/worksheet")
    }
    found = {}
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = links.get(str(sheet.get(_LINK)))
        if target is not None and sheet.get("state", "visible") == "visible":
            found[str(sheet.get("name"))] = posixpath.normpath(posixpath.join("xl", target)).lstrip("/")
    if not found:
        raise SourceRefused("UNREADABLE", detail="no sheet")
    return found


def _tree(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if archive.getinfo(name).file_size > _MAX_INDEX:
        raise SourceRefused("TOO_LARGE", limit_mb=megabytes(_MAX_INDEX))
    text = archive.read(name)
    if b"<!DOCTYPE" in text:
        raise SourceRefused("UNREADABLE", detail="DTD")
    return ElementTree.fromstring(text)  # noqa: S314 (small, and without a DTD)


class _Scan:
    """One pass over a sheet's XML."""

    def __init__(self, found: Guarded, max_bytes: int) -> None:
        self._found = found
        self._limit = _UNPACKED * max_bytes
        self._row = 0
        self._column = -1
        self._left, self._right, self._top = 2**31, -1, 2**31
        self._error: list[str] | None = None
        self._errors = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._doctype

    def run(self, archive: zipfile.ZipFile, part: str) -> None:
        seen = 0
        with archive.open(part) as stream:
            while chunk := stream.read(CHUNK):
                seen += len(chunk)
                if seen > self._limit:
                    raise SourceRefused("TOO_LARGE", limit_mb=megabytes(self._limit))
                self._parser.Parse(chunk, False)
            self._parser.Parse(b"", True)

    def _doctype(self, *_: Any) -> None:
        raise SourceRefused("UNREADABLE", detail="DTD")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "row":
            self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = -1
        elif tag == "c":
            self._cell(attributes)
        elif tag == "v" and self._error is not None:
            self._parser.CharacterDataHandler = self._error.append

    def _cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        if place is None:
            self._column += 1
        else:
            letters = place.rstrip("0123456789")
            self._column = _column(letters)
            self._row = int(place[len(letters) :])
        self._left = min(self._left, self._column)
        self._right = max(self._right, self._column)
        self._top = min(self._top, self._row)
        self._found.last_row = max(self._found.last_row, self._row)
        area = (self._found.last_row - self._top + 1) * (self._right - self._left + 1)
        if area > _MAX_CELLS:
            raise SourceRefused("TOO_LARGE", limit_mb=megabytes(self._limit))
        if attributes.get("t") == "e":
            self._error = []

    def _end(self, name: str) -> None:
        if self._error is not None and name.endswith(" c"):
            self._errors += 1
            if self._errors > _MAX_ERRORS:
                raise SourceRefused("UNREADABLE", detail="too many cells with errors")
            self._found.errors[self._row][self._column] = "".join(self._error).strip()[:40] or "#"
            self._error = None
            self._parser.CharacterDataHandler = None


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    if not 0 < number <= 16384:
        raise ValueError(letters)
    return number - 1
