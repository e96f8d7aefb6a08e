"""XLSX by the same mapping as CSV: typed cells, limits, and what a spreadsheet may hide."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from integrations.salesfeeds.csv_mapping import CsvMapping
from integrations.salesfeeds.xlsx import XlsxFeed
from tenants.sales.ports import CanonicalDocument, Fix, Problem

D = Decimal
HEADER = ["Nr", "Data", "NIP", "EAN", "Nazwa", "Ilość", "Netto"]
MAPPING: dict[str, Any] = {
    "version": 1,
    "dates": ["%d.%m.%Y"],
    "columns": {
        "number": "Nr", "issue_date": "Data", "buyer_nip": "NIP", "ean": "EAN", "name": "Nazwa", "quantity": "Ilość",
        "net": "Netto", "currency": {"constant": "PLN"},
    },
}  # fmt: skip


def book(path: Path, rows: list[list[Any]], *, above: int = 0, sheets: tuple[str, ...] = ("Dane",)) -> Path:
    """The rows on the last sheet, below as many other rows."""
    with xlsxwriter.Workbook(path) as workbook:
        day = workbook.add_format({"num_format": "dd.mm.yyyy"})
        for name in sheets:
            sheet = workbook.add_worksheet(name)
        for line, row in enumerate(rows, start=above):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(line, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
                elif isinstance(value, tuple):
                    sheet.write_formula(line, column, value[0], value=value[1])
                elif value is not None:
                    sheet.write(line, column, value)
    return path


def read(path: Path, *, limit: int = 50 * 1024 * 1024, fixes: tuple[Fix, ...] = (), **keys: Any) -> list[Any]:
    feed = XlsxFeed(CsvMapping.from_dict({**MAPPING, **keys}), max_bytes=limit, fixes=fixes)
    return list(feed.read(path, file=path.name))


def told(items: list[CanonicalDocument | Problem]) -> list[tuple[Any, ...]]:
    return [(item.code, item.document, item.row, item.field, item.value) for item in items if isinstance(item, Problem)]


def test_typed_cells_are_exact(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        HEADER,
        ["FV/1", date(2026, 3, 2), 7740001454, 5901234123457, "Kabel", 0.1 + 0.2, ("=3*0.1", 0.30000000000000004)],
        [None, None, None, None, None, None, None],
        ["FV/1", date(2026, 3, 2), "774-000-14-54", None, "Puszka", 12, "1234,5"],
    ]
    (document,) = read(book(tmp_path / "a.xlsx", rows))
    assert (document.number, document.issue_date, document.buyer_nip) == ("FV/1", date(2026, 3, 2), "7740001454")
    assert [(line.ean, line.quantity, line.net, line.row) for line in document.lines] == [
        ("5901234123457", D("0.3"), D("0.3"), 2),
        (None, D("12"), D("1234.5"), 4),
    ]


def test_rows_are_counted_as_the_spreadsheet_does_and_errors_are_not_empty(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        HEADER,
        ["FV/1", date(2026, 3, 2), None, None, "Kabel", 1, ("=1/0", "#DIV/0!")],
        ["FV/2", "jutro", None, None, "Kabel", 1, 5],
        ["FV/3", date(2026, 3, 2), None, None, "Kabel", 1, 5],
    ]
    items = read(book(tmp_path / "a.xlsx", rows, above=3), skip_rows=3)
    assert told(items) == [
        ("BAD_NUMBER", "FV/1", 5, "net", "#DIV/0!"),
        ("BAD_DATE", "FV/2", 6, "issue_date", "jutro"),
    ]
    assert [item.number for item in items if isinstance(item, CanonicalDocument)] == ["FV/3"]


def test_a_cell_can_be_corrected(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [HEADER, ["FV/1", "jutro", None, None, "Kabel", 1, 5]])
    (document,) = read(path, fixes=(Fix("a.xlsx", "issue_date", "02.03.2026", row=2),))
    assert document.issue_date == date(2026, 3, 2)


def test_the_sheet_of_the_mapping_is_read(tmp_path: Path) -> None:
    row = ["FV/1", date(2026, 3, 2), None, None, "Kabel", 1, 5]
    path = book(tmp_path / "a.xlsx", [HEADER, row], sheets=("Uwagi", "Dane"))
    assert told(read(path)) == [("UNREADABLE", None, None, None, None)]
    assert [item.number for item in read(path, sheet="Dane")] == ["FV/1"]
    assert told(read(path, sheet="Nie ma")) == [("UNREADABLE", None, None, None, None)]


def rewritten(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """The file with a piece of one part replaced."""
    data = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                assert old in text
                text = text.replace(old, new)
            target.writestr(name, text)
    path.write_bytes(data.getvalue())
    return path


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"<sheetData>", b'<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "TOO_LARGE"),
        (b"<sheetData>", b"<sheetData>" + b" " * 5_000_000, "TOO_LARGE"),
        (b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', "UNREADABLE"),
        (b"</sheetData>", b"", "UNREADABLE"),
    ],
    ids=["the farthest corner", "a bomb", "entities", "broken XML"],
)
def test_a_hostile_file_is_refused_before_it_is_loaded(tmp_path: Path, old: bytes, new: bytes, code: str) -> None:
    path = book(tmp_path / "a.xlsx", [HEADER, ["FV/1", date(2026, 3, 2), None, None, "Kabel", 1, 5]])
    path = rewritten(path, "xl/worksheets/sheet1.xml", old, new)
    assert [item.code for item in read(path, limit=1_000_000)] == [code]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"Nr;Data\n"], ids=["empty", "cut", "a CSV in disguise"])
def test_what_is_no_workbook_is_said(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    assert [item.code for item in read(path)] == ["UNREADABLE"]
