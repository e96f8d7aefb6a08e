"""CSV by a mapping: values, kinds, and documents that are whole or not there."""

from __future__ import annotations

import gzip
import tracemalloc
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from integrations.salesfeeds.csv import CsvFeed
from integrations.salesfeeds.csv_mapping import CsvMapping
from tenants.sales.ports import CanonicalDocument, Problem
from tests.shared_data import CHECKOUT, shared

D = Decimal
BASE: dict[str, Any] = {
    "version": 1,
    "columns": {
        "number": "Nr",
        "issue_date": "Data",
        "currency": {"constant": "PLN"},
        "sku": "Indeks",
        "name": "Nazwa",
        "net": "Netto",
    },
}
HEADER = "Nr;Data;Indeks;Nazwa;Netto"


def mapping(columns: dict[str, Any] | None = None, **keys: Any) -> CsvMapping:
    return CsvMapping.from_dict({**BASE, **keys, "columns": {**BASE["columns"], **(columns or {})}})


def read(
    tmp_path: Path, text: str | bytes, rules: CsvMapping | None = None, **limits: Any
) -> list[CanonicalDocument | Problem]:
    path = tmp_path / "in.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(CsvFeed(rules or mapping(), **limits).read(path, file="in.csv"))


def documents(items: list[CanonicalDocument | Problem]) -> list[CanonicalDocument]:
    return [item for item in items if isinstance(item, CanonicalDocument)]


def told(
    items: list[CanonicalDocument | Problem],
) -> list[tuple[str, str | None, int | None, str | None, str | None]]:
    return [
        (item.code, item.document, item.line, item.field, item.value) for item in items if isinstance(item, Problem)
    ]


def one(tmp_path: Path, text: str | bytes, rules: CsvMapping | None = None) -> CanonicalDocument:
    (found,) = read(tmp_path, text, rules)
    assert isinstance(found, CanonicalDocument), found
    return found


def test_rows_that_lie_together_are_a_document(tmp_path: Path) -> None:
    first, second = documents(
        read(
            tmp_path,
            f"{HEADER}\nFV/1;2026-03-01;A;Kabel;10,00\n\nFV/1;2026-03-01;B;Puszka;-1,5\n;;;;\nFV/2;2026-03-02;A;Kabel;3\n",
        )
    )
    assert (first.kind, first.number, first.issue_date, first.sale_date) == (
        "invoice",
        "FV/1",
        date(2026, 3, 1),
        date(2026, 3, 1),
    )
    assert [(line.position, line.sku, line.name, line.net) for line in first.lines] == [
        (1, "A", "Kabel", D("10.00")),
        (2, "B", "Puszka", D("-1.5")),
    ]
    assert (second.number, second.currency, len(second.lines)) == ("FV/2", "PLN", 1)
    assert first.file == "in.csv"


def test_every_field(tmp_path: Path) -> None:
    names = [
        "ksef_number",
        "sale_date",
        "seller_nip",
        "buyer_nip",
        "buyer_code",
        "buyer_email",
        "buyer_phone",
        "buyer_name",
        "rate",
        "corrected_number",
        "corrected_ksef_number",
        "total_gross",
        "paid",
        "due_date",
        "position",
        "ean",
        "producer_code",
        "quantity",
        "unit",
        "vat",
        "gross",
        "line_sale_date",
        "before",
    ]
    values = [
        "K-1",
        "2026-02-28",
        "PL 526-025-02-74",
        "774 000 14 54",
        "k7",
        "a@b.example",
        "600",
        "Jan",
        "4,25",
        "FV/0",
        "K-0",
        "123,00",
        "TAK",
        "2026-04-01",
        "7",
        "5901234123457",
        "P-9",
        "2,5",
        "m",
        "23",
        "123",
        "2026-02-27",
        "nie",
    ]
    document = one(
        tmp_path,
        f"{HEADER};{';'.join(names)}\nFV/1;2026-03-01;A;Kabel;100;{';'.join(values)}\n",
        mapping({name: name for name in names}),
    )
    assert (document.ksef_number, document.sale_date) == ("K-1", date(2026, 2, 28))
    assert (document.seller_nip, document.buyer_nip) == ("5260250274", "7740001454")
    assert (document.buyer_code, document.buyer_email, document.buyer_phone, document.buyer_name) == (
        "k7",
        "a@b.example",
        "600",
        "Jan",
    )
    assert (document.rate, document.total_gross, document.paid) == (D("4.25"), D("123.00"), True)
    assert (document.corrected_numbers, document.corrected_ksef_numbers) == (("FV/0",), ("K-0",))
    assert document.due_date == date(2026, 4, 1)
    (line,) = document.lines
    assert (line.position, line.ean, line.producer_code, line.quantity, line.unit) == (
        7,
        "5901234123457",
        "P-9",
        D("2.5"),
        "m",
    )
    assert (line.net, line.vat, line.gross, line.sale_date, line.before) == (
        D(100),
        D(23),
        D(123),
        date(2026, 2, 27),
        False,
    )


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8-sig", b"\xef\xbb\xbf"),
        ("utf-8-sig", b""),
        ("utf-8", b""),
        ("cp1250", b""),
        ("iso-8859-2", b""),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, bom: bytes, end: str) -> None:
    text = f"{HEADER}{end}FV/1;2026-03-01;A;Żarówka łukowa;1{end}"
    data = bom + text.encode("utf-8" if encoding.startswith("utf") else encoding)
    assert one(tmp_path, data, mapping(encoding=encoding)).lines[0].name == "Żarówka łukowa"


def test_quotes_newlines_and_gzip(tmp_path: Path) -> None:
    text = f'{HEADER}\nFV/1;2026-03-01;A;"Kabel; ""płaski""\ndwie linie";1\nFV/2;x;A;B;1\n'
    items = read(tmp_path, text)
    assert documents(items)[0].lines[0].name == 'Kabel; "płaski"\ndwie linie'
    # the record of FV/1 takes rows 2 and 3, as an editor shows them
    assert told(items) == [("BAD_DATE", "FV/2", 4, "issue_date", "x")]
    packed = tmp_path / "in.csv.gz"
    packed.write_bytes(gzip.compress(text.encode()))
    assert list(CsvFeed(mapping()).read(packed, file="in.csv")) == items


@pytest.mark.parametrize(
    ("decimal", "thousands", "text", "value"),
    [
        (",", "", "12,50", "12.50"),
        (".", "", "12.50", "12.50"),
        (",", " ", "1 234 567,89", "1234567.89"),
        (",", " ", "1\u00a0234,5", "1234.5"),
        (",", " ", "1\u202f234", "1234"),
        (",", "\u00a0", "-1 234,00", "-1234.00"),
        (",", ".", "1.234,5", "1234.5"),
        (".", ",", "+1,234.5", "1234.5"),
        (".", "'", "1'234", "1234"),
        (",", "", "\u22125,00", "-5.00"),
        (",", "", "5,00-", "-5.00"),
        (",", "", "0009", "9"),
    ],
)
def test_numbers(tmp_path: Path, decimal: str, thousands: str, text: str, value: str) -> None:
    rules = mapping(decimal=decimal, thousands=thousands, delimiter="|")
    data = f"{HEADER}\nFV/1;2026-03-01;A;Kabel;{text}\n".replace(";", "|")
    assert one(tmp_path, data, rules).lines[0].net == D(value)


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "1.5",
        "1 2",
        "12,",
        ",5",
        "1,2,3",
        "NaN",
        "Infinity",
        "1e9",
        "--1",
        "-1-",
        "0x10",
        "١٢",
        "12345678901234567",
        "1_000",
    ],
)
def test_not_numbers(tmp_path: Path, text: str) -> None:
    items = read(tmp_path, f"{HEADER}\nFV/1;2026-03-01;A;Kabel;{text}\n", mapping(thousands="."))
    assert told(items) == [("BAD_NUMBER", "FV/1", 2, "net", text)]
    assert documents(items) == []


@pytest.mark.parametrize(
    ("columns", "keys", "header", "cells", "expected"),
    [
        (
            {"quantity": "q", "unit_price": "p"},
            {},
            "q;p",
            "3;1,115",
            ("3.34", None, None),
        ),  # 3.345, half-even
        ({"gross": "g", "vat": "v"}, {}, "g;v", "123;22,99", ("100.01", "22.99", "123")),
        ({"gross": "g", "vat_rate": "r"}, {}, "g;r", "123;23%", ("100.00", "23.00", "123")),
        ({"gross": "g", "vat_rate": "r"}, {}, "g;r", "123;zw", ("123.00", "0.00", "123")),
        (
            {"quantity": "q", "unit_price": "p", "vat_rate": "r"},
            {"price_includes_vat": True},
            "q;p;r",
            "-2;10,80;8",
            ("-20.00", "-1.60", "-21.60"),
        ),
    ],
)
def test_value_without_a_net_column(
    tmp_path: Path,
    columns: dict[str, str],
    keys: dict[str, Any],
    header: str,
    cells: str,
    expected: tuple[str | None, ...],
) -> None:
    base = {name: column for name, column in BASE["columns"].items() if name != "net"}
    rules = CsvMapping.from_dict({**BASE, **keys, "columns": {**base, **columns}})
    (line,) = one(tmp_path, f"Nr;Data;Indeks;Nazwa;{header}\nFV/1;2026-03-01;A;Kabel;{cells}\n", rules).lines
    assert (line.net, line.vat, line.gross) == tuple(None if text is None else D(text) for text in expected)


def test_kind_by_column_and_by_number(tmp_path: Path) -> None:
    text = f"{HEADER};Typ\nFV/1;2026-03-01;A;K;1;FV\nFK/1;2026-03-01;A;K;-1;KOR\nX/1;2026-03-01;A;K;1;?\n"
    by_column = {"column": "Typ", "values": {"FV": "invoice", "KOR": "correction"}}
    items = read(tmp_path, text, mapping(kind=by_column))
    assert [(item.number, item.kind) for item in documents(items)] == [
        ("FV/1", "invoice"),
        ("FK/1", "correction"),
    ]
    assert told(items) == [("BAD_VALUE", "X/1", 4, "kind", "?")]
    by_number = {"number": {"FK*": "correction", "X?1": "receipt"}, "default": "invoice"}
    items = read(tmp_path, text, mapping(kind=by_number))
    assert [item.kind for item in documents(items)] == ["invoice", "correction", "receipt"]
    assert {item.kind for item in documents(read(tmp_path, text, mapping(kind="advance")))} == {"advance"}


def test_a_tax_number_of_another_country_is_no_nip(tmp_path: Path) -> None:
    text = f"{HEADER};NIP\nFV/1;2026-03-01;A;K;1;DE123456789\nFV/2;2026-03-01;A;K;1;123\n"
    items = read(tmp_path, text, mapping({"buyer_nip": "NIP"}))
    assert [item.buyer_nip for item in documents(items)] == [None]
    assert told(items) == [("BAD_NIP", "FV/2", 3, "buyer_nip", "123")]


def test_empty_cells_below_the_first_row_say_nothing_new(tmp_path: Path) -> None:
    text = f"{HEADER};Kod\nFV/1;2026-03-01;A;K;1;k7\nFV/1;;B;K;2;\n"
    document = one(tmp_path, text, mapping({"buyer_code": "Kod"}))
    assert (document.buyer_code, document.issue_date, len(document.lines)) == ("k7", date(2026, 3, 1), 2)


def test_online_retail() -> None:
    """The first 2,000 lines of a real wholesaler's web shop; C before a number is a cancellation."""
    path = shared("transactions", "online_retail_2010-12_2011-05.csv.gz")
    rules = CsvMapping.from_json((CHECKOUT / "docs" / "examples" / "online-retail-mapping.json").read_bytes())
    found: list[CanonicalDocument] = []
    lines = 0
    for item in CsvFeed(rules).read(path, file=path.name):
        assert isinstance(item, CanonicalDocument), item
        found.append(item)
        lines += len(item.lines)
        if lines >= 2000:
            break
    by_number = {document.number: document for document in found}
    first = by_number["536365"]
    assert (first.kind, first.currency, first.buyer_code, first.issue_date) == (
        "invoice",
        "GBP",
        "17850",
        date(2010, 12, 1),
    )
    assert sum(line.net or 0 for line in first.lines) == D("139.12")
    returns = [document for document in found if document.kind == "return"]
    assert {document.number[0] for document in returns} == {"C"}
    assert all(document.corrected_numbers == () for document in returns)
    assert all((line.net or 0) <= 0 and (line.quantity or 0) < 0 for document in returns for line in document.lines)
    assert by_number["C536379"].lines[0].net == D("-27.50")
    # a correction of stock, without description, buyer or price
    assert (by_number["536414"].lines[0].name, by_number["536414"].lines[0].sku) == ("", "22139")
    assert by_number["536414"].buyer_code is None
    assert all(document.kind == "invoice" for document in found if document.number.isdigit())


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    peaks: list[int] = []
    for count in (1_000, 10_000):
        with path.open("w") as stream:
            stream.write(f"{HEADER}\n")
            stream.writelines(f"FV/{number};2026-03-01;A;Kabel;1\n" for number in range(count))
        tracemalloc.start()
        assert sum(1 for _ in CsvFeed(mapping()).read(path, file="in.csv")) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 2 * peaks[0], peaks
