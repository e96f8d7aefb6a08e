"""A wholesaler's product list from a file: taken whole, or refused with every bad row named."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter

from kolektor.kernel.errors import DomainError
from kolektor.kernel.tenant import public_context
from kolektor.network.services import ensure_brand
from tenants.sales import product_files
from tenants.sales.product_files import BadRows, read_products

HEADING = "Indeks;Nazwa;EAN;Kod producenta;JM;Kategoria;Marka\n"


@pytest.fixture(autouse=True)
def brand(in_alfa: Any) -> Any:
    with public_context():
        return ensure_brand(
            network=in_alfa.network, supplier=("dostawca", "Dostawca"), brand=("zlota-rura", "Złota Rura")
        )


def test_a_csv_of_a_polish_spreadsheet(brand: Any) -> None:
    text = HEADING + "ZK-1;Zawór kulowy ½;5901234123457;ZK1;szt.;zawory;ZŁOTA rura\n\nZK-2;Kolano;;;;;\n"
    for content in (text.encode(), text.replace("½", "1/2").encode("cp1250")):
        first, second = read_products(content)
        assert (first.sku, first.ean, first.producer_code, first.unit, first.category) == (
            "ZK-1", "5901234123457", "ZK1", "szt.", "zawory",
        )  # fmt: skip
        assert (first.brand_id, first.supplier_id) == (brand.pk, brand.supplier_id)
        assert (second.sku, second.ean, second.brand_id) == ("ZK-2", None, None)


def test_an_xlsx_in_english(brand: Any) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([("Name", "SKU", "Brand", "EAN"), ("Valve", 1234, "zlota-rura", 5901234123457.0)]):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell)
    (found,) = read_products(stream.getvalue())
    assert (found.sku, found.name, found.ean, found.brand_id) == ("1234", "Valve", "5901234123457", brand.pk)


def test_every_bad_row_is_named() -> None:
    rows = [
        "A;Zawór;;;;;",
        ";Bez indeksu;;;;;",
        "B;;;;;;",
        "C;Zły EAN;5901234123450;;;;",
        "A;Znowu;;;;;",
        "D;X;;;;;Nieznana",
    ]
    with pytest.raises(BadRows) as refusal:
        read_products((HEADING + "\n".join([*rows, "E;" + "x" * 256 + ";;;;;"])).encode())
    assert refusal.value.data == {"count": 6}
    assert [(each.row, each.code, each.field, each.value[:10]) for each in refusal.value.problems] == [
        (3, "SKU_MISSING", "sku", ""),
        (4, "NAME_MISSING", "name", ""),
        (5, "BAD_EAN", "ean", "5901234123"),
        (6, "DUPLICATE_SKU", "sku", "A"),
        (7, "BRAND_UNKNOWN", "brand", "Nieznana"),
        (8, "TEXT_TOO_LONG", "name", "xxxxxxxxxx"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b" \n", "UPLOAD_EMPTY"),
        (HEADING.encode(), "UPLOAD_EMPTY"),
        (b"Nazwa;EAN\nA;B\n", "PRODUCT_COLUMNS_MISSING"),
        (b"PK\x03\x04 no archive", "PRODUCTS_UNREADABLE"),
        (b"sku;name\nA\x00;B\n", "PRODUCTS_UNREADABLE"),
    ],
)
def test_what_is_no_list(content: bytes, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        read_products(content)


def test_an_empty_sheet_is_no_list() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet()
    with pytest.raises(DomainError, match="PRODUCT_COLUMNS_MISSING"):
        read_products(stream.getvalue())


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(product_files, "MAX_PRODUCTS", 1)
    with pytest.raises(DomainError, match="TOO_MANY_PRODUCTS"):
        read_products((HEADING + "A;A;;;;;\nB;B;;;;;\n").encode())
    monkeypatch.setattr(product_files, "MAX_BYTES", 10)
    with pytest.raises(DomainError, match="UPLOAD_TOO_LARGE"):
        read_products(HEADING.encode())
