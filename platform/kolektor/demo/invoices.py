"""The sales of the demo network as files: FA(3) XML, one document a file, and CSV with its mapping, by quarter."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from integrations.salesfeeds import ksef_writer
from kolektor.demo import numbers
from kolektor.demo.network import DemoWholesaler
from kolektor.demo.sales import DemoBuyer, DemoDocument, DemoLine

# invoices of this day and later go through the national system and have its number
KSEF_START: Final = date(2026, 2, 1)

CSV_COLUMNS: Final = (
    "Typ", "Numer", "Data", "Termin", "NIP", "Kontrahent", "Nazwa kontrahenta", "E-mail", "Telefon", "Lp", "Indeks",
    "EAN", "Nazwa", "Ilość", "Jm", "Wartość netto", "Przed korektą", "Do dokumentu",
)  # fmt: skip
# the same as docs/examples/demo-csv-mapping.json, which a wholesaler would write and keep
CSV_MAPPING: Final[dict[str, Any]] = {
    "version": 1,
    "encoding": "cp1250",
    "delimiter": ";",
    "decimal": ",",
    "thousands": " ",
    "dates": ["%d.%m.%Y"],
    "kind": {"column": "Typ", "values": {"FS": "invoice", "PAR": "receipt", "KFS": "correction"}},
    "columns": {
        "number": "Numer",
        "issue_date": "Data",
        "due_date": "Termin",
        "currency": {"constant": "PLN"},
        "buyer_nip": "NIP",
        "buyer_code": "Kontrahent",
        "buyer_name": "Nazwa kontrahenta",
        "buyer_email": "E-mail",
        "buyer_phone": "Telefon",
        "position": "Lp",
        "sku": "Indeks",
        "ean": "EAN",
        "name": "Nazwa",
        "quantity": "Ilość",
        "unit": "Jm",
        "net": "Wartość netto",
        "before": {"column": "Przed korektą", "true": ["tak"]},
        "corrected_number": "Do dokumentu",
    },
}
_CSV_KINDS: Final = {"invoice": "FS", "receipt": "PAR", "correction": "KFS"}


@dataclass(frozen=True, slots=True)
class SalesDrop:
    """Files that belong to one import. `mapping` is JSON text, empty for FA(3)."""

    name: str
    format: str
    mapping: str
    paths: tuple[Path, ...]


def write_drops(folder: Path, wholesaler: DemoWholesaler, documents: Iterable[DemoDocument]) -> tuple[SalesDrop, ...]:
    """Write the documents below `folder`, one drop a quarter, oldest first; what was there before is replaced."""
    quarters: dict[str, list[DemoDocument]] = {}
    for document in documents:
        quarters.setdefault(f"{document.day.year}-kw{(document.day.month + 2) // 3}", []).append(document)
    shutil.rmtree(folder, ignore_errors=True)
    write = _write_ksef if wholesaler.feed == "ksef" else _write_csv
    return tuple(write(folder, wholesaler, quarter, found) for quarter, found in quarters.items())


def _write_ksef(folder: Path, seller: DemoWholesaler, quarter: str, documents: list[DemoDocument]) -> SalesDrop:
    name = f"ksef-{quarter}"
    (folder / name).mkdir(parents=True)
    paths = []
    for document in documents:
        official = ksef_number(seller, document.number, document.day)
        path = folder / name / f"{official or document.number.replace('/', '-')}.xml"
        path.write_bytes(ksef_writer.write(_invoice(seller, document)))
        paths.append(path)
    return SalesDrop(name, "ksef", "", tuple(paths))


def ksef_number(seller: DemoWholesaler, number: str, day: date) -> str | None:
    """The number in the national system; None for an invoice that is older than the system."""
    if day < KSEF_START:
        return None
    technical = hashlib.sha256(f"{seller.nip} {number}".encode()).hexdigest()[:12].upper()
    return numbers.ksef_number(seller_nip=seller.nip, day=f"{day:%Y%m%d}", technical=technical)


def _invoice(seller: DemoWholesaler, document: DemoDocument) -> ksef_writer.Invoice:
    corrects: tuple[ksef_writer.CorrectedInvoice, ...] = ()
    if document.corrects is not None:
        number, day = document.corrects
        corrects = (ksef_writer.CorrectedInvoice(number, day, ksef_number(seller, number, day)),)
    return ksef_writer.Invoice(
        number=document.number,
        issue_date=document.day,
        sale_date=None if corrects else document.day,
        seller=ksef_writer.Party(
            seller.name, seller.nip, seller.address, email=seller.support_email, phone=seller.phone
        ),
        buyer=_party(document.buyer, seller),
        lines=tuple(_ksef_line(line) for line in document.lines),
        corrects=corrects,
        reason=document.reason or None,
        due_date=document.day + timedelta(days=document.due_days),
        place=seller.city,
    )


def _party(buyer: DemoBuyer, seller: DemoWholesaler) -> ksef_writer.Party:
    return ksef_writer.Party(
        buyer.name, buyer.nip, buyer.address or seller.address, email=buyer.email, phone=buyer.phone,
        customer_code=buyer.code,
    )  # fmt: skip


def _ksef_line(line: DemoLine) -> ksef_writer.InvoiceLine:
    return ksef_writer.InvoiceLine(
        name=line.name, quantity=line.quantity, net=line.net, unit=line.unit, sku=line.sku, ean=line.ean,
        number=line.position, before=line.before,
    )  # fmt: skip


def _write_csv(folder: Path, seller: DemoWholesaler, quarter: str, documents: list[DemoDocument]) -> SalesDrop:
    folder.mkdir(parents=True, exist_ok=True)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for document in documents:
        writer.writerows(_csv_row(document, line) for line in document.lines)
    path = folder / f"sprzedaz-{quarter}.csv"
    path.write_bytes(text.getvalue().encode("cp1250"))
    return SalesDrop(path.name, "csv", json.dumps(CSV_MAPPING, ensure_ascii=False), (path,))


def _csv_row(document: DemoDocument, line: DemoLine) -> list[str]:
    buyer = document.buyer
    return [
        _CSV_KINDS[document.kind], document.number, f"{document.day:%d.%m.%Y}",
        f"{document.day + timedelta(days=document.due_days):%d.%m.%Y}", _dashed(buyer.nip), buyer.code or "",
        buyer.name, buyer.email or "", buyer.phone or "", str(line.position), line.sku or "", line.ean or "", line.name,
        _polish(line.quantity), line.unit, _polish(line.net), "tak" if line.before else "",
        document.corrects[0] if document.corrects else "",
    ]  # fmt: skip


def _dashed(nip: str | None) -> str:
    return f"{nip[:3]}-{nip[3:6]}-{nip[6:8]}-{nip[8:]}" if nip else ""


def _polish(value: Decimal) -> str:
    return f"{value:,f}".replace(",", " ").replace(".", ",")
