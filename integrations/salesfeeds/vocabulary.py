"""What exports of Polish and English systems call things: headers, and words for kinds of documents."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from tenants.sales.ports import DocumentKind

# the first Polish and the first English name of a field head the template file
_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "number": (
        "numer dokumentu", "document number", "numer faktury", "nr faktury", "numer", "nr", "nr dokumentu", "nr dok",
        "faktura", "dokument", "numer fv", "nr fv", "numer paragonu", "invoice number", "invoice no", "invoice",
        "invoiceno", "number", "document no", "doc no", "numer pelny",
    ),
    "kind": (
        "rodzaj dokumentu", "kind of document", "rodzaj", "typ", "typ dokumentu", "typ dok", "rodzaj dok", "kind", "type",
        "document type",
    ),
    "issue_date": (
        "data wystawienia", "date of issue", "data", "data dokumentu", "data faktury", "data wyst", "data dok",
        "wystawiono", "issue date", "invoice date", "invoicedate", "date", "document date",
    ),
    "sale_date": ("data sprzedazy", "date of sale", "data sprz", "data dostawy", "sale date", "delivery date"),
    "due_date": ("termin platnosci", "due date", "termin", "data platnosci", "payment due"),
    "buyer_nip": (
        "nip nabywcy", "buyer nip", "nip", "nip kontrahenta", "nip klienta", "nip odbiorcy", "nip platnika", "tax id",
        "vat id", "vat number", "buyer tax id", "customer tax id",
    ),
    "seller_nip": ("nip sprzedawcy", "seller nip", "seller tax id"),
    "buyer_code": (
        "kod klienta", "customer code", "kontrahent", "kod kontrahenta", "nr klienta", "numer klienta", "id klienta",
        "symbol kontrahenta", "akronim", "kod nabywcy", "customer", "customer id", "customerid", "customer no",
        "customer number", "client code",
    ),
    "buyer_name": (
        "nazwa nabywcy", "buyer name", "nazwa kontrahenta", "nazwa klienta", "nabywca", "klient", "odbiorca",
        "customer name", "buyer", "client",
    ),
    "buyer_email": ("e mail nabywcy", "buyer e mail", "e mail", "email", "mail", "adres e mail", "customer email"),
    "buyer_phone": ("telefon nabywcy", "buyer phone", "telefon", "tel", "nr telefonu", "phone", "mobile"),
    "position": ("lp", "position", "pozycja", "nr pozycji", "poz", "l p", "line", "line no", "line number"),
    "sku": (
        "indeks", "sku", "indeks towaru", "kod towaru", "symbol towaru", "symbol", "kod produktu", "kod", "indeks katalogowy",
        "nr artykulu", "artykul", "item", "item code", "item no", "product code", "stockcode", "article", "stock code",
    ),
    "ean": ("ean", "barcode", "kod ean", "kod kreskowy", "gtin", "ean13", "ean 13"),
    "producer_code": (
        "kod producenta", "producer code", "indeks producenta", "symbol producenta", "nr producenta", "manufacturer code",
        "mpn",
    ),
    "name": (
        "nazwa towaru", "product name", "nazwa", "towar", "nazwa produktu", "produkt", "opis", "nazwa towaru uslugi", "name",
        "product", "description", "item name", "asortyment",
    ),
    "quantity": ("ilosc", "quantity", "ilosc sprzedana", "liczba", "szt", "qty"),
    "unit": ("jm", "unit", "j m", "jednostka", "jedn", "jednostka miary", "uom"),
    "unit_price": (
        "cena netto", "unit price", "cena", "cena jednostkowa", "cena jedn netto", "cena jednostkowa netto", "unitprice",
        "price", "net price",
    ),
    "net": (
        "wartosc netto", "net value", "netto", "kwota netto", "suma netto", "wart netto", "razem netto", "net", "net amount",
        "wartosc netto pln", "amount net",
    ),
    "vat_rate": ("stawka vat", "vat rate", "stawka", "vat procent", "stawka podatku", "tax rate"),
    "vat": ("kwota vat", "vat amount", "wartosc vat", "vat", "podatek", "tax", "tax amount"),
    "gross": ("wartosc brutto", "gross value", "brutto", "kwota brutto", "suma brutto", "gross", "gross amount"),
    "currency": ("waluta", "currency", "kod waluty", "wal", "currency code"),
    "rate": ("kurs", "exchange rate", "kurs waluty"),
    "corrected_number": (
        "dokument korygowany", "corrected document", "do dokumentu", "do faktury", "faktura korygowana", "numer korygowanej",
        "nr faktury korygowanej", "korekta do", "corrected number", "original invoice",
    ),
    "ksef_number": ("numer ksef", "ksef number", "nr ksef"),
    "paid": ("zaplacono", "paid", "zaplacona", "rozliczono", "oplacona"),
    "before": ("przed korekta", "before correction", "stan przed"),
}  # fmt: skip

KIND_WORDS: Final[dict[DocumentKind, tuple[str, ...]]] = {
    "invoice": ("faktura", "invoice", "fv", "fs", "fvs", "fa", "faktura vat", "faktura sprzedazy", "vat"),
    "correction": (
        "korekta",
        "correction",
        "kor",
        "kfs",
        "fk",
        "kfv",
        "fvk",
        "faktura korygujaca",
        "korekta faktury",
        "fkor",
    ),
    "receipt": ("paragon", "receipt", "par", "pa", "prg", "paragon fiskalny"),
    "return": ("zwrot", "return", "zw", "zwrot towaru", "refund"),
    "advance": ("zaliczka", "advance", "faktura zaliczkowa", "fz", "fzal", "zal"),
    "settlement": ("rozliczenie", "settlement", "faktura rozliczeniowa", "faktura koncowa", "fkonc", "roz"),
}


def plain(text: str) -> str:
    """Lower case without accents, punctuation and units: how headers are compared."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", "".join(c for c in bare if not unicodedata.combining(c))).split())


_FIELDS: Final = {name: (field, rank) for field, names in _NAMES.items() for rank, name in enumerate(names)}
_KINDS: Final = {word: kind for kind, words in KIND_WORDS.items() for word in words}


def field_of(header: str) -> tuple[str, int] | None:
    """The field that a header names, and how usual that name is (0: the most), or None."""
    return _FIELDS.get(plain(header))


def kind_of(word: str) -> DocumentKind | None:
    """The kind of document that a word or an abbreviation stands for."""
    return _KINDS.get(plain(word))
