"""An empty file to fill in, whose columns map without a question."""

from __future__ import annotations

import csv
import io
from typing import Final

import xlsxwriter

from kolektor.kernel.errors import DomainError

# field → header and what belongs into it, Polish and English
_COLUMNS: Final[dict[str, tuple[tuple[str, str], tuple[str, str]]]] = {
    "number": (("Numer dokumentu", "Wymagany. Wiersze o tym samym numerze to jeden dokument."),
               ("Document number", "Required. Rows with the same number are one document.")),
    "kind": (("Rodzaj dokumentu", "faktura, korekta, paragon albo zwrot"),
             ("Kind of document", "invoice, correction, receipt or return")),
    "issue_date": (("Data wystawienia", "Wymagana, na przykład 2026-03-02"), ("Date of issue", "Required, as in 2026-03-02")),
    "sale_date": (("Data sprzedaży", "Pusta: taka jak data wystawienia"), ("Date of sale", "Empty: the date of issue")),
    "buyer_nip": (("NIP nabywcy", "Dziesięć cyfr"), ("Buyer NIP", "Ten digits")),
    "buyer_code": (("Kod klienta", "Numer klienta w Twoim systemie"), ("Customer code", "As in your own system")),
    "buyer_name": (("Nazwa nabywcy", ""), ("Buyer name", "")),
    "sku": (("Indeks", "Wymagany indeks, EAN albo nazwa"), ("SKU", "One of SKU, EAN or name is required")),
    "ean": (("EAN", ""), ("EAN", "")),
    "producer_code": (("Kod producenta", ""), ("Producer code", "")),
    "name": (("Nazwa towaru", ""), ("Product name", "")),
    "quantity": (("Ilość", ""), ("Quantity", "")),
    "unit": (("Jm", "szt., m, kg…"), ("Unit", "pc, m, kg…")),
    "net": (("Wartość netto", "Wymagana; wartość pozycji bez VAT"), ("Net value", "Required; value of the line without VAT")),
    "currency": (("Waluta", "Wymagana, na przykład PLN"), ("Currency", "Required, as in PLN")),
    "corrected_number": (("Dokument korygowany", "Tylko przy korekcie: numer faktury"),
                         ("Corrected document", "Only for a correction: the invoice's number")),
}  # fmt: skip
_TEXTS: Final = frozenset({"number", "buyer_nip", "buyer_code", "sku", "ean", "producer_code", "corrected_number"})
_SHEETS: Final = {"pl": ("Sprzedaż", "Objaśnienia"), "en": ("Sales", "Notes")}


def template(format: str, *, language: str) -> bytes:
    """See the port `Feeds`. Raises DomainError UNKNOWN_FORMAT."""
    rows = {name: texts[1 if language == "en" else 0] for name, texts in _COLUMNS.items()}
    if format == "csv":
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerow(header for header, _ in rows.values())
        return text.getvalue().encode("utf-8-sig")
    if format == "xlsx":
        return _xlsx(rows, _SHEETS["en" if language == "en" else "pl"])
    raise DomainError("UNKNOWN_FORMAT", field="format", value=format)


def _xlsx(rows: dict[str, tuple[str, str]], sheets: tuple[str, str]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        text = book.add_format({"num_format": "@"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        first, notes = book.add_worksheet(sheets[0]), book.add_worksheet(sheets[1])
        first.freeze_panes(1, 0)
        notes.set_column(0, 0, 24)
        notes.set_column(1, 1, 70)
        for place, (name, (header, note)) in enumerate(rows.items()):
            # a number that is a name must not lose its zeros
            form = text if name in _TEXTS else day if name.endswith("_date") else None
            first.set_column(place, place, max(12, len(header) + 2), form)
            first.write_string(0, place, header, bold)
            notes.write_string(place, 0, header, bold)
            notes.write_string(place, 1, note)
    return buffer.getvalue()
