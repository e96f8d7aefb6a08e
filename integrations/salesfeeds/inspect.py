"""The head of a file: its columns with samples, and the mapping that fits what was recognized."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, Final

from stdnum import ean as ean_number
from stdnum.pl import nip as nip_number

from integrations.salesfeeds import detect
from integrations.salesfeeds.csv_mapping import ENCODINGS, CsvMapping
from integrations.salesfeeds.csv_rows import Row, read_rows
from integrations.salesfeeds.problems import SourceRefused
from integrations.salesfeeds.sources import READ_ERRORS, open_source
from integrations.salesfeeds.vocabulary import field_of, kind_of
from integrations.salesfeeds.xlsx import open_sheet, sheet_rows
from kolektor.kernel.errors import DomainError
from tenants.sales.ports import DocumentKind, FileColumn, Inspection

_HEAD_BYTES: Final = 256 * 1024
_ROWS: Final = 500
_SAMPLES: Final = 5
_MAX_SAMPLE: Final = 80
_MAX_CHOICES: Final = 12
_MAX_COLUMNS: Final = 200
_NUMBERS: Final = ("net", "gross", "vat", "unit_price", "quantity", "rate")
_DATES: Final = ("issue_date", "sale_date", "due_date")
_ALWAYS_KNOWN: Final[dict[str, DocumentKind]] = {
    "faktura": "invoice",
    "korekta": "correction",
    "paragon": "receipt",
    "zwrot": "return",
    "invoice": "invoice",
    "correction": "correction",
    "receipt": "receipt",
    "return": "return",
}


@dataclass(frozen=True, slots=True)
class _Head:
    rows: list[Row]
    layout: dict[str, object]
    sheets: tuple[str, ...] = ()


def inspect(format: str, path: Path, *, layout: Mapping[str, object], currency: str, max_bytes: int) -> Inspection:
    """See the port `Feeds`. Raises DomainError UNREADABLE."""
    try:
        head = _xlsx_head(path, layout, max_bytes) if format == "xlsx" else _csv_head(path, layout)
    except (SourceRefused, *READ_ERRORS) as error:
        raise DomainError("UNREADABLE", field="file") from error
    if not head.rows:
        raise DomainError("UNREADABLE", field="file")
    skip = head.layout.get("skip_rows")
    index = 0 if isinstance(skip, int) and "skip_rows" in layout else detect.header_index([r.cells for r in head.rows])
    header, body = head.rows[index], [row.cells for row in head.rows[index + 1 :]]
    names = [name.strip() for name in header.cells[:_MAX_COLUMNS]]
    columns = [[row[place].strip() if place < len(row) else "" for row in body] for place in range(len(names))]
    fields = _fields(names, columns)
    known: dict[str, object] = {"version": 1, **head.layout}
    if header.line > 1 and "skip_rows" not in layout:
        known["skip_rows"] = header.line - 1
    known |= _notation(fields, columns, typed=format == "xlsx")
    mapping = known | _mapped(names, fields, columns, currency)
    shown = [
        FileColumn(
            name,
            tuple(text[:_MAX_SAMPLE] for text in islice((text for text in texts if text), _SAMPLES)),
            _choices(texts),
        )
        for name, texts in zip(names, columns, strict=True)
        if name
    ]
    return Inspection(tuple(shown), head.sheets, mapping)


def _csv_head(path: Path, layout: Mapping[str, object]) -> _Head:
    with open_source(path) as stream:
        head = stream.read(_HEAD_BYTES)
    whole = head if len(head) < _HEAD_BYTES else head[: head.rfind(b"\n") + 1] or head
    wish = layout.get("encoding")
    encoding = wish if isinstance(wish, str) and wish in ENCODINGS else detect.encoding_of(whole)
    text = whole.decode("utf-8-sig" if encoding.startswith("utf") else encoding, errors="replace")
    wish = layout.get("delimiter")
    delimiter = wish if isinstance(wish, str) and len(wish) == 1 else detect.delimiter_of(text)
    skip = layout.get("skip_rows")
    found: dict[str, object] = {"encoding": encoding, "delimiter": delimiter}
    if isinstance(skip, int) and skip:
        found["skip_rows"] = skip
    # a mapping of nothing: only how rows are cut
    cut = CsvMapping(columns={}, encoding=encoding, delimiter=delimiter, skip_rows=skip if isinstance(skip, int) else 0)
    with open_source(path) as stream:
        rows = []
        try:
            rows = [row for row in islice(read_rows(stream, cut), _ROWS) if row.fault is None]
        except SourceRefused:
            # a stray quotation mark swallowed rows: the head is still worth looking at without quoting
            found["quote"] = ""
    if "quote" in found:
        with open_source(path) as stream:
            rows = [row for row in islice(read_rows(stream, replace(cut, quote="")), _ROWS) if row.fault is None]
    return _Head(rows, found)


def _xlsx_head(path: Path, layout: Mapping[str, object], max_bytes: int) -> _Head:
    name, skip = layout.get("sheet"), layout.get("skip_rows")
    cut = CsvMapping(columns={}, skip_rows=skip if isinstance(skip, int) else 0)
    with open_sheet(path, name if isinstance(name, str) else "", max_bytes=max_bytes) as (sheet, guarded, sheets):
        rows = list(islice(sheet_rows(sheet, guarded, cut), _ROWS))
    # the first sheet is not named: next month it may be called otherwise
    found: dict[str, object] = {"sheet": guarded.sheet} if guarded.sheet != sheets[0] else {}
    if cut.skip_rows:
        found["skip_rows"] = cut.skip_rows
    return _Head(rows, found, sheets)


def _fields(names: list[str], columns: list[list[str]]) -> dict[str, int]:
    """Which column each field is in: by its name, the most usual name first; else by what it holds."""
    found: dict[str, tuple[int, int]] = {}
    for place, name in enumerate(names):
        hit = field_of(name)
        if hit is not None and names.count(name) == 1 and (hit[0] not in found or hit[1] < found[hit[0]][0]):
            found[hit[0]] = (hit[1], place)
    fields = {name: place for name, (_, place) in found.items()}
    taken = set(fields.values())
    for name, valid in (("buyer_nip", nip_number.is_valid), ("ean", ean_number.is_valid)):
        for place, texts in enumerate(columns):
            filled = [text for text in texts if text]
            free = name not in fields and place not in taken and names[place] and names.count(names[place]) == 1
            # ten digits are a NIP when their check digit is right, and nobody else's
            if free and len(filled) >= 3 and all(len(text) >= 10 and valid(text) for text in filled):
                fields[name] = place
                taken.add(place)
    return fields


def _notation(fields: dict[str, int], columns: list[list[str]], *, typed: bool) -> dict[str, object]:
    if typed:
        # typed cells need no notation; dates that were typed as texts may have another
        dates = detect.dates_of([text for name in _DATES if name in fields for text in columns[fields[name]]])
        return {"decimal": ",", "dates": list(dict.fromkeys(["%Y-%m-%d", *dates]))}
    numbers = [text for name in _NUMBERS if name in fields for text in columns[fields[name]]]
    decimal = detect.decimal_of(numbers or (text for column in columns for text in column))
    # amounts in a column that nobody recognized yet are written in the same way
    amounts = [text for column in columns for text in column if detect.FRACTION.fullmatch(text)]
    thousands = detect.thousands_of([*numbers, *amounts], decimal)
    dates = detect.dates_of([text for name in _DATES if name in fields for text in columns[fields[name]]])
    found: dict[str, object] = {"decimal": decimal, "dates": dates or ["%Y-%m-%d"]}
    if thousands:
        found["thousands"] = thousands
    return found


def _mapped(names: list[str], fields: dict[str, int], columns: list[list[str]], currency: str) -> dict[str, object]:
    mapped: dict[str, Any] = {name: names[place] for name, place in fields.items() if name != "kind"}
    if "currency" not in mapped:
        mapped["currency"] = {"constant": currency}
    kind: object = "invoice"
    if "kind" in fields:
        choices = dict.fromkeys(text for text in columns[fields["kind"]] if text)
        values = {text: kind_of(text) for text in list(choices)[:50]}
        named = {text: value for text, value in values.items() if value is not None}
        kind = {"column": names[fields["kind"]], "values": named or dict(_ALWAYS_KNOWN)}
    return {"columns": mapped, "kind": kind}


def _choices(texts: list[str]) -> tuple[str, ...]:
    different = list(dict.fromkeys(text for text in texts if text))
    return tuple(text[:_MAX_SAMPLE] for text in different) if len(different) <= _MAX_CHOICES else ()
