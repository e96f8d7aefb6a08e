"""Read a wholesaler's product list: CSV or XLSX with a heading (docs/products.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kolektor.kernel.errors import DomainError
from kolektor.kernel.tables import MEGABYTE, read_table
from kolektor.network.selectors import BrandRow
from tenants.sales.products import ProductRow, brands, check_row

MAX_BYTES: Final = 10 * MEGABYTE
MAX_PRODUCTS: Final = 100_000
SHOWN_PROBLEMS: Final = 20
_NAMES: Final = {
    "sku": ("sku", "indeks", "symbol", "kod", "index"),
    "name": ("name", "nazwa", "nazwa towaru"),
    "ean": ("ean", "gtin", "kod kreskowy", "barcode"),
    "producer_code": ("producer_code", "kod producenta", "symbol producenta", "producer code"),
    "unit": ("unit", "jednostka", "jm", "j.m."),
    "category": ("category", "kategoria", "grupa"),
    "brand": ("brand", "marka", "producent"),
}


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that cannot be used: its number in the file (from 1, the heading included), and what is wrong with what."""

    row: int
    code: str
    field: str
    value: str
    data: dict[str, object]


class BadRows(DomainError):
    """The list was refused; `problems` are the first of them."""

    def __init__(self, problems: list[RowProblem]) -> None:
        super().__init__("BAD_PRODUCT_ROWS", field="file", count=len(problems))
        self.problems = problems[:SHOWN_PROBLEMS]


def read_products(content: bytes) -> list[ProductRow]:
    """All products of a file; brands are known by their name or short name in the network. Takes nothing from a file with one
    bad row.

    Raises DomainError UPLOAD_EMPTY, UPLOAD_TOO_LARGE, PRODUCTS_UNREADABLE, PRODUCT_COLUMNS_MISSING, TOO_MANY_PRODUCTS or
    BadRows.
    """
    rows = read_table(content, max_bytes=MAX_BYTES, unreadable="PRODUCTS_UNREADABLE")
    heading = [" ".join(cell.casefold().split()) for cell in (rows[0] if rows else [])]
    columns = {name: heading.index(word) for name, words in _NAMES.items() for word in words if word in heading}
    if missing := [name for name in ("sku", "name") if name not in columns]:
        raise DomainError("PRODUCT_COLUMNS_MISSING", field="file", columns=", ".join(missing))
    if len(rows) - 1 > MAX_PRODUCTS:
        raise DomainError("TOO_MANY_PRODUCTS", field="file", limit=MAX_PRODUCTS)
    known = {key.casefold(): row for row in brands() for key in (row.slug, row.name)}
    found: list[ProductRow] = []
    problems: list[RowProblem] = []
    seen: set[str] = set()
    for number, cells in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        texts = {name: cells[place].strip() for name, place in columns.items() if place < len(cells)}
        try:
            row = _row(texts, known)
            check_row(row, seen)
        except DomainError as error:
            field = error.field or ""
            problems.append(RowProblem(number, error.code, field, texts.get(field, ""), dict(error.data)))
            continue
        seen.add(row.sku)
        found.append(row)
    if problems:
        raise BadRows(problems)
    if not found:
        raise DomainError("UPLOAD_EMPTY", field="file")
    return found


def _row(texts: dict[str, str], known: dict[str, BrandRow]) -> ProductRow:
    said = texts.get("brand", "")
    brand = known.get(said.casefold()) if said else None
    if said and brand is None:
        raise DomainError("BRAND_UNKNOWN", field="brand", value=said)
    return ProductRow(
        sku=texts.get("sku", ""),
        name=texts.get("name", ""),
        ean=texts.get("ean") or None,
        producer_code=texts.get("producer_code") or None,
        unit=texts.get("unit", ""),
        category=texts.get("category", ""),
        brand_id=brand.id if brand else None,
        supplier_id=brand.supplier_id if brand else None,
    )
