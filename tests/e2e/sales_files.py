"""Sales files that a wholesaler's admin may come with: some documents good, the others wrong in known ways."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from integrations.salesfeeds.ksef_writer import Invoice, InvoiceLine, Party, write
from kolektor.demo import catalog
from kolektor.demo.network import DemoWholesaler, wholesaler
from kolektor.demo.people import members_of

_HEADER = (
    "Typ;Numer;Data;Termin;NIP;Kontrahent;Nazwa kontrahenta;E-mail;Telefon;Lp;Indeks;EAN;Nazwa;Ilość;Jm;"
    "Wartość netto;Przed korektą;Do dokumentu"
)


@dataclass(frozen=True, slots=True)
class Expected:
    """A problem as the console must list it. `line` counts from 1 with the header, `field` is the file's own name."""

    document: str
    line: str
    field: str
    value: str
    code: str


@dataclass(frozen=True, slots=True)
class MessyCsv:
    """A CSV file of five documents: two good ones and three that are refused."""

    text: str
    accepted: int
    rejected: int
    errors: tuple[Expected, ...]

    @property
    def data(self) -> bytes:
        return self.text.encode("cp1250")


def messy_csv(label: str, day: date, slug: str = "iskrownia") -> MessyCsv:
    """`label` makes the document numbers this file's own."""
    seller = wholesaler(slug)
    _, member = next(item for item in members_of(slug))
    (first, second) = catalog.sold_by(seller)[:2]

    def row(number: str, position: int, *, when: str = f"{day:%d.%m.%Y}", quantity: str = "4", net: str = "200,00",
            sku: str = first.sku, name: str = first.name) -> str:  # fmt: skip
        return f"FS;{number};{when};;;{member.code};;;;{position};{sku};;{name};{quantity};szt.;{net};;"

    numbers = [f"FS {label}{index}/{day:%m/%Y}" for index in range(1, 6)]
    rows = [
        row(numbers[0], 1),
        row(numbers[0], 2, sku=second.sku, name=second.name, net="1 050,50"),
        row(numbers[1], 1, net="dużo"),
        row(numbers[2], 1, when="31.02.2026"),
        row(numbers[3], 1, quantity="trzy"),
        row(numbers[4], 1, net="99,90"),
    ]
    return MessyCsv(
        text="\r\n".join([_HEADER, *rows, ""]),
        accepted=2,
        rejected=3,
        errors=(
            Expected(numbers[1], "4", "Wartość netto", "dużo", "BAD_NUMBER"),
            Expected(numbers[2], "5", "Data", "31.02.2026", "BAD_DATE"),
            Expected(numbers[3], "6", "Ilość", "trzy", "BAD_NUMBER"),
        ),
    )


def ksef_invoice(folder: Path, number: str, day: date, slug: str = "bystrzyk") -> Path:
    """A valid FA(3) invoice of a demo wholesaler to one of its members."""
    seller = wholesaler(slug)
    path = folder / f"{re.sub(r'[^A-Za-z0-9]+', '-', number)}.xml"
    path.write_bytes(write(_invoice(seller, number, day)))
    return path


def _invoice(seller: DemoWholesaler, number: str, day: date) -> Invoice:
    member, enrollment = next(item for item in members_of(seller.slug))
    product = catalog.sold_by(seller)[0]
    return Invoice(
        number=number,
        issue_date=day,
        seller=Party(seller.name, seller.nip, seller.address),
        buyer=Party(member.firm.name, member.firm.nip, member.firm.address, customer_code=enrollment.code),
        lines=(
            InvoiceLine(
                name=product.name, quantity=Decimal(3), net=Decimal("300.00"), unit=product.unit, sku=product.sku
            ),
        ),
    )
