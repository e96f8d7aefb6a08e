"""Bad rows and bad files: a problem with its row, no part of that document, every other document whole."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from integrations.salesfeeds.csv import CsvFeed
from integrations.salesfeeds.csv_mapping import CsvMapping
from kolektor.kernel.errors import DomainError
from tests.integrations.salesfeeds.test_csv import BASE, HEADER, documents, mapping, read, told

GOOD = "FV/0;2026-03-01;A;Kabel;1"
LAST = "FV/9;2026-03-01;A;Kabel;1"


def around(
    tmp_path: Path, *rows: str, **options: Any
) -> list[tuple[str, str | None, int | None, str | None, str | None]]:
    """The rows between two good documents, which must come out whole; returns the problems."""
    items = read(tmp_path, "\n".join([HEADER, GOOD, *rows, LAST, ""]), **options)
    assert [item.number for item in documents(items)] == ["FV/0", "FV/9"]
    return told(items)


@pytest.mark.parametrize(
    ("row", "code", "field", "value"),
    [
        ("FV/1;;A;Kabel;1", "MISSING_VALUE", "issue_date", None),
        ("FV/1;2026-03-01;A;Kabel;", "MISSING_VALUE", "net", None),
        ("FV/1;2026-03-01;;;1", "MISSING_VALUE", "name", None),
        ("FV/1;2026-02-30;A;Kabel;1", "BAD_DATE", "issue_date", "2026-02-30"),
        ("FV/1;01.03.2026;A;Kabel;1", "BAD_DATE", "issue_date", "01.03.2026"),
        ("FV/1;2026-03-01;A;Kabel;x", "BAD_NUMBER", "net", "x"),
        ("FV/1;2026-03-01;A;Kabel", "BAD_ROW", None, None),
        ("FV/1;2026-03-01;A;Kabel;1;2", "BAD_ROW", None, None),
        ('FV/1;2026-03-01;A;"Kabel" 3x;1', "BAD_ROW", None, None),
        ("FV/1;2026-03-01;A;Ka\0bel;1", "UNREADABLE", None, None),
    ],
)
def test_one_bad_row(tmp_path: Path, row: str, code: str, field: str | None, value: str | None) -> None:
    assert around(tmp_path, row) == [(code, "FV/1", 3, field, value)]


def test_a_bad_row_takes_its_document_and_no_other(tmp_path: Path) -> None:
    good = "FV/1;2026-03-01;A;Kabel;1"
    for rows in ([good, good, "FV/1;2026-03-01;A;Kabel;x"], ["FV/1;2026-03-01;A;Kabel;x", good, good]):
        problems = around(tmp_path, *rows)
        assert [(code, document) for code, document, *_ in problems] == [("BAD_NUMBER", "FV/1")]


def test_all_faults_of_a_row_are_told(tmp_path: Path) -> None:
    assert around(tmp_path, "FV/1;x;A;Kabel;y") == [
        ("BAD_DATE", "FV/1", 3, "issue_date", "x"),
        ("BAD_NUMBER", "FV/1", 3, "net", "y"),
    ]


def test_trailing_delimiters_are_harmless(tmp_path: Path) -> None:
    items = read(tmp_path, f"{HEADER}\n{GOOD};;;\n")
    assert len(documents(items)) == 1


def test_a_number_that_comes_back_is_gathered(tmp_path: Path) -> None:
    rows = [f"FV/1;2026-03-01;A;Kabel {n};{n}" for n in range(1, 5)]
    items = read(tmp_path, "\n".join([HEADER, rows[0], rows[1], GOOD, rows[2], LAST, rows[3], ""]))
    assert [item.number for item in documents(items)] == ["FV/0", "FV/9", "FV/1"]
    gathered = documents(items)[-1]
    assert [(line.position, line.name) for line in gathered.lines] == [(n, f"Kabel {n}") for n in range(1, 5)]
    (notice,) = gathered.notices
    assert (notice.code, notice.severity, notice.line, notice.params) == (
        "DOCUMENT_GATHERED",
        "notice",
        2,
        {"parts": "3"},
    )
    assert told(items) == []


def test_parts_that_disagree(tmp_path: Path) -> None:
    items = read(tmp_path, f"{HEADER}\nFV/1;2026-03-01;A;Kabel;1\n{GOOD}\nFV/1;2026-03-02;A;Kabel;1\n")
    assert [item.number for item in documents(items)] == ["FV/0"]
    assert told(items) == [("DOCUMENT_INCONSISTENT", "FV/1", 4, "issue_date", "2026-03-02")]


def test_a_bad_row_in_the_first_part(tmp_path: Path) -> None:
    items = read(tmp_path, f"{HEADER}\nFV/1;2026-03-01;A;Kabel;x\n{GOOD}\nFV/1;2026-03-01;A;Kabel;1\n")
    assert [item.number for item in documents(items)] == ["FV/0"]
    assert told(items) == [("BAD_NUMBER", "FV/1", 2, "net", "x")]


def test_what_waits_for_its_other_parts_is_bounded(tmp_path: Path) -> None:
    def part(number: int, name: str) -> str:
        return f"FV/{number};2026-03-01;A;{name};1"

    long = "K" * 300
    first = [part(number, long) for number in range(1, 9)]
    rows = [HEADER, *first, *[part(number, "Kabel") for number in range(1, 9)], ""]
    items = read(tmp_path, "\n".join(rows), max_bytes=1500)
    kept = [item.number for item in documents(items)]
    lost = [str(document) for code, document, *_ in told(items) if code == "DOCUMENT_SPLIT"]
    assert kept and lost and sorted([*kept, *lost]) == [f"FV/{number}" for number in range(1, 9)]
    assert all(len(item.lines) == 2 for item in documents(items))


def test_a_file_that_breaks_off_inside_the_second_part(tmp_path: Path) -> None:
    row = b"FV/1;2026-03-01;A;Kabel;1"
    items = read(tmp_path, b"\n".join([HEADER.encode(), row, GOOD.encode(), row, row.replace(b"K", b"\xff"), row, b""]))
    assert [item.number for item in documents(items)] == ["FV/0"]
    assert [(code, document, line) for code, document, line, *_ in told(items)] == [("UNREADABLE", "FV/1", 5)]


def test_rows_of_a_document_that_disagree(tmp_path: Path) -> None:
    problems = around(tmp_path, "FV/1;2026-03-01;A;Kabel;1", "FV/1;2026-03-02;A;Kabel;1")
    assert problems == [("DOCUMENT_INCONSISTENT", "FV/1", 4, "issue_date", "2026-03-02")]


def test_the_same_position_twice(tmp_path: Path) -> None:
    rules = mapping({"position": "Lp"})
    text = f"{HEADER};Lp\nFV/1;2026-03-01;A;K;1;1\nFV/1;2026-03-01;A;K;1;1\nFV/2;2026-03-01;A;K;1;0\n"
    items = read(tmp_path, text, rules)
    assert documents(items) == []
    assert told(items) == [
        ("DUPLICATE_POSITION", "FV/1", 3, "position", "1"),
        ("BAD_NUMBER", "FV/2", 4, "position", "0"),
    ]


def test_a_row_without_a_number(tmp_path: Path) -> None:
    bare = ";2026-03-01;A;Kabel;1"
    assert around(tmp_path, bare) == [("MISSING_VALUE", None, 3, "number", None)]
    # between two rows of one document it was most likely that document's own
    row = "FV/1;2026-03-01;A;Kabel;1"
    assert around(tmp_path, row, bare, row) == [("MISSING_VALUE", None, 4, "number", None)]


def test_bytes_that_are_not_text(tmp_path: Path) -> None:
    data = "\n".join([HEADER, GOOD, "FV/1;2026-03-01;A;Kab@el;1", LAST, ""]).encode().replace(b"@", b"\xb3")
    items = read(tmp_path, data)
    assert [item.number for item in documents(items)] == ["FV/0", "FV/9"]
    assert told(items) == [("UNREADABLE", "FV/1", 3, None, None)]


def test_a_number_that_is_not_text(tmp_path: Path) -> None:
    data = "\n".join([HEADER, GOOD, "FV/@;2026-03-01;A;Kabel;1", LAST, ""]).encode().replace(b"@", b"\xb3")
    items = read(tmp_path, data)
    assert [item.number for item in documents(items)] == ["FV/0", "FV/9"]
    assert told(items) == [("UNREADABLE", None, 3, None, None)]


def test_a_quotation_mark_that_is_never_closed(tmp_path: Path) -> None:
    """Nothing after it can be trusted: the document before is whole, the one being read is not formed."""
    rows = ["FV/1;2026-03-01;A;Kabel;1", 'FV/1;2026-03-01;A;"Kabel;1', LAST, ""]
    items = read(tmp_path, "\n".join([HEADER, GOOD, *rows]))
    assert [item.number for item in documents(items)] == ["FV/0"]
    assert [(code, document, row) for code, document, row, *_ in told(items)] == [("UNREADABLE", "FV/1", 4)]


def test_a_file_that_breaks_off(tmp_path: Path) -> None:
    path = tmp_path / "in.csv.gz"
    text = "\n".join([HEADER] + [f"FV/{n};2026-03-01;A;Kabel{n * n};{n}" for n in range(20_000)])
    path.write_bytes(gzip.compress(text.encode())[:-5000])
    items = list(CsvFeed(mapping()).read(path, file="in.csv"))
    (problem,) = told(items)
    whole = documents(items)
    assert problem[0] == "UNREADABLE"
    assert 0 < len(whole) < 20_000
    # the document being read when the file broke off is not among them
    assert problem[1] not in {item.number for item in whole}


@pytest.mark.parametrize(
    "data",
    [b"", b"\n\n", b"\xff\xfeN\0r\0", b"\x00\x01\x02", gzip.compress(b"x"), b"a" * (2 * 1024 * 1024)],
    ids=["empty", "blank", "utf-16", "binary", "gzip-unnamed", "one-long-line"],
)
def test_not_a_csv_file(tmp_path: Path, data: bytes) -> None:
    items = read(tmp_path, data)
    assert [(code, row) for code, _, row, *_ in told(items)] == [("UNREADABLE", 1)]


def test_missing_file(tmp_path: Path) -> None:
    (problem,) = CsvFeed(mapping()).read(tmp_path / "none.csv", file="none.csv")
    assert told([problem]) == [("UNREADABLE", None, None, None, None)]
    assert str(tmp_path) not in str(problem)


def test_missing_columns_are_all_named(tmp_path: Path) -> None:
    items = read(tmp_path, "Nr;Data;Data;Opis\n1;2;3;4\n")
    assert told(items) == [
        ("DUPLICATE_COLUMN", None, 1, "issue_date", "Data"),
        ("MISSING_COLUMN", None, 1, "sku", "Indeks"),
        ("MISSING_COLUMN", None, 1, "name", "Nazwa"),
        ("MISSING_COLUMN", None, 1, "net", "Netto"),
    ]


def test_long_cells(tmp_path: Path) -> None:
    problems = around(tmp_path, f"FV/1;2026-03-01;A;{'x' * 60};1", max_field=50)
    assert problems == [("FIELD_TOO_LONG", "FV/1", 3, "name", "x" * 60)]


def test_a_document_over_the_limit_is_said_once(tmp_path: Path) -> None:
    rows = ["FV/1;2026-03-01;A;Kabel;1"] * 50
    assert around(tmp_path, *rows, max_bytes=500) == [("TOO_LARGE", "FV/1", 22, None, None)]


def test_gzip_bomb_of_one_line(tmp_path: Path) -> None:
    path = tmp_path / "in.csv.gz"
    path.write_bytes(gzip.compress(f"{HEADER}\n".encode() + b"x" * (100 * 1024 * 1024)))
    items = list(CsvFeed(mapping()).read(path, file="in.csv"))
    assert [(code, row) for code, _, row, *_ in told(items)] == [("UNREADABLE", 2)]


def faults(data: Any) -> list[tuple[str, str]]:
    with pytest.raises(DomainError) as refused:
        CsvMapping.from_dict(data)
    assert refused.value.code == "BAD_MAPPING"
    return [(fault["path"], fault["code"]) for fault in refused.value.data["errors"]]


def test_mapping_faults_are_all_named() -> None:
    columns = {**BASE["columns"], "price": "Cena", "sku": {"column": "a", "constant": "b"}, "name": 5}
    assert faults(
        {
            "version": 2,
            "encoding": "ebcdic",
            "delimiter": ";;",
            "dates": ["%d %B %Y"],
            "thousands": ",",
            "kind": {"number": {"C*": "credit"}},
            "colums": {},
            "columns": columns,
        }
    ) == [
        ("colums", "MAPPING_UNKNOWN_KEY"),
        ("version", "MAPPING_BAD_VALUE"),
        ("columns.price", "MAPPING_UNKNOWN_KEY"),
        ("columns.sku", "MAPPING_BAD_VALUE"),
        ("columns.name", "MAPPING_BAD_VALUE"),
        ("kind.number.C*", "MAPPING_BAD_VALUE"),
        ("encoding", "MAPPING_BAD_VALUE"),
        ("delimiter", "MAPPING_BAD_VALUE"),
        ("dates.0", "MAPPING_BAD_VALUE"),
        ("thousands", "MAPPING_BAD_VALUE"),
    ]


@pytest.mark.parametrize(
    ("columns", "path"),
    [
        ({"number": None}, "columns.number"),
        ({"issue_date": None}, "columns.issue_date"),
        ({"currency": None}, "columns.currency"),
        ({"sku": None, "name": None}, "columns"),
        ({"net": None}, "columns"),
        ({"net": None, "gross": "g"}, "columns"),
        ({"number": {"constant": "1"}}, "columns.number"),
    ],
)
def test_mapping_that_lacks_something(columns: dict[str, Any], path: str) -> None:
    merged = {name: source for name, source in {**BASE["columns"], **columns}.items() if source is not None}
    assert [found for found, _ in faults({**BASE, "columns": merged})] == [path]


@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b"[" * 100_000])
def test_mapping_that_is_not_json(text: bytes) -> None:
    with pytest.raises(DomainError) as refused:
        CsvMapping.from_json(text)
    assert [fault["code"] for fault in refused.value.data["errors"]] == ["MAPPING_NOT_JSON"]


@pytest.mark.parametrize("data", [None, [], "x", 5, {"version": 1}, {"version": True, "columns": []}])
def test_mapping_of_the_wrong_shape(data: Any) -> None:
    assert faults(data)
