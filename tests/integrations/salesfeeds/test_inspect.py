"""What is recognized in the head of a file, and that the templates need no question."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from integrations.salesfeeds.csv import CsvFeed
from integrations.salesfeeds.csv_mapping import CsvMapping
from integrations.salesfeeds.inspect import inspect
from integrations.salesfeeds.template import template
from kolektor.kernel.errors import DomainError
from tenants.sales.ports import Inspection
from tests.integrations.salesfeeds.test_xlsx import HEADER, book
from tests.shared_data import shared


def seen(tmp_path: Path, data: bytes | str, name: str = "a.csv", **layout: Any) -> Inspection:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return inspect(name.rpartition(".")[2], path, layout=layout, currency="PLN", max_bytes=10**7)


POLISH = (
    "Raport sprzedaży za marzec\r\n\r\nNr faktury;Typ;Data wystawienia;Nabywca;Ktoś;Indeks;Ilość;Netto\r\n"
    "FV/1;FS;02.03.2026;Żółw;7740001454;A1;2;1 200,50\r\n"
    "FV/2;KFS;13.03.2026;Jaś;5260250274;A1;2;20,50\r\n"
    "FV/3;FS;14.03.2026;Ewa;1111111111;A1;2;20,50\r\n"
)


@pytest.mark.parametrize(
    ("encoding", "named"), [("cp1250", "cp1250"), ("iso-8859-2", "iso-8859-2"), ("utf-8", "utf-8-sig")]
)
def test_a_polish_export_is_recognized(tmp_path: Path, encoding: str, named: str) -> None:
    found = seen(tmp_path, POLISH.encode(encoding))
    assert found.mapping == {
        "version": 1,
        "encoding": named,
        "delimiter": ";",
        "skip_rows": 2,
        "decimal": ",",
        "thousands": " ",
        "dates": ["%d.%m.%Y"],
        "kind": {"column": "Typ", "values": {"FS": "invoice", "KFS": "correction"}},
        "columns": {
            "number": "Nr faktury",
            "issue_date": "Data wystawienia",
            "buyer_name": "Nabywca",
            "buyer_nip": "Ktoś",
            "sku": "Indeks",
            "quantity": "Ilość",
            "net": "Netto",
            "currency": {"constant": "PLN"},
        },
    }
    assert found.columns[1].choices == ("FS", "KFS")
    assert found.columns[3].samples == ("Żółw", "Jaś", "Ewa")


def test_an_english_export_is_recognized(tmp_path: Path) -> None:
    text = (
        "Invoice No,Invoice Date,Customer ID,StockCode,Description,Quantity,UnitPrice\n"
        '536365,12/25/2025 8:26,17850,85123A,"HEART, WHITE",6,2.55\n536366,01/02/2026 8:28,17850,22633,WARMER,6,"1,851.85"\n'
    )
    mapping = seen(tmp_path, text).mapping
    assert (mapping["delimiter"], mapping["decimal"], mapping["thousands"]) == (",", ".", ",")
    assert mapping["dates"] == ["%m/%d/%Y %H:%M"]
    columns = mapping["columns"]
    assert isinstance(columns, dict)
    assert set(columns) == {
        "number", "issue_date", "buyer_code", "sku", "name", "quantity", "unit_price", "currency",
    }  # fmt: skip


def test_day_and_month_are_never_read_both_ways(tmp_path: Path) -> None:
    text = "numer;data;nazwa;netto\n1;25/12/2025;a;1\n2;01/02/2026;a;1\n3;02/28/2026;a;1\n"
    assert seen(tmp_path, text).mapping["dates"] == ["%d/%m/%Y"]


def test_a_given_delimiter_is_not_guessed(tmp_path: Path) -> None:
    found = seen(tmp_path, "a|b;c\n1|2;3\n", delimiter="|")
    assert [column.name for column in found.columns] == ["a", "b;c"]


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_a_template_maps_without_a_question(tmp_path: Path, format: str, language: str) -> None:
    found = seen(tmp_path, template(format, language=language), f"a.{format}")
    mapping = CsvMapping.from_dict(found.mapping)
    assert {source.column for source in mapping.columns.values()} | {mapping.kind.column} == {
        column.name for column in found.columns
    }
    words = {"pl": "korekta", "en": "correction"}
    assert dict(mapping.kind.values)[words[language]] == "correction"


def test_a_filled_template_is_read(tmp_path: Path) -> None:
    data = template("csv", language="pl") + (b"FV/1;faktura;2026-03-02;;7740001454;;;A1;;;Kabel;2;szt.;10,50;PLN;\r\n")
    found = seen(tmp_path, data)
    (document,) = CsvFeed(CsvMapping.from_dict(found.mapping)).read(tmp_path / "a.csv", file="a.csv")
    assert getattr(document, "number", None) == "FV/1"


def test_a_workbook_names_its_sheets(tmp_path: Path) -> None:
    path = book(
        tmp_path / "b.xlsx", [HEADER, ["FV/1", "2026-03-02", 7740001454, None, "Kabel", 1, 5]], sheets=("A", "B")
    )
    first = inspect("xlsx", path, layout={"sheet": "B"}, currency="PLN", max_bytes=10**7)
    assert first.sheets == ("A", "B")
    assert first.mapping["sheet"] == "B"
    assert [column.name for column in first.columns] == HEADER


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_what_has_no_head_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(DomainError, match="UNREADABLE"):
        seen(tmp_path, b"\x00\x01\x02" if name == "a.xlsx" else b"\n\n", name)


def test_a_real_public_file_needs_only_its_currency(tmp_path: Path) -> None:
    path = shared("transactions/online_retail_2010-12_2011-05.csv.gz")
    found = inspect("csv", path, layout={}, currency="GBP", max_bytes=10**9)
    columns = found.mapping["columns"]
    assert isinstance(columns, dict)
    assert {"number", "issue_date", "buyer_code", "sku", "name", "quantity", "unit_price"} <= set(columns)
    CsvMapping.from_dict(found.mapping)
