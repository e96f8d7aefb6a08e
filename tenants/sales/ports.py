"""What sales needs from outside: a feed that reads documents, and somebody who awards points for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from dataclasses import field as with_default
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal, Protocol
from uuid import UUID

DocumentKind = Literal[
    "invoice", "correction", "receipt", "advance", "settlement", "advance_correction", "settlement_correction", "return"
]
Severity = Literal["error", "notice"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something of a file was refused (error) or what the reader should know (notice).

    `line` is the position on the document (or the row of the file, counted from 1, when no document could be
    formed), `code` is stable, `value` the offending text, cut to 200 characters. `params` fill the translated sentence.
    """

    code: str
    file: str
    severity: Severity = "error"
    document: str | None = None
    line: int | None = None
    field: str | None = None
    value: str | None = None
    params: dict[str, str] = with_default(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CanonicalLine:
    """One line. Amounts in the document's currency, signed as on the document; `before` marks a before-state line.

    `value` is the net value that points are counted from; `None` when the line states none.
    """

    position: int
    name: str
    sku: str | None
    ean: str | None
    producer_code: str | None
    quantity: Decimal | None
    unit: str | None
    net: Decimal | None
    vat: Decimal | None
    gross: Decimal | None
    rate: Decimal | None = None
    sale_date: date | None = None
    before: bool = False


@dataclass(frozen=True, slots=True)
class CanonicalDocument:
    """A sales document in the one form that the importer knows, whatever file it came from. Dates are local (Poland)."""

    file: str
    kind: DocumentKind
    number: str
    issue_date: date
    sale_date: date
    seller_nip: str | None
    currency: str
    lines: tuple[CanonicalLine, ...]
    ksef_number: str | None = None
    rate: Decimal | None = None
    buyer_nip: str | None = None
    buyer_code: str | None = None
    buyer_email: str | None = None
    buyer_phone: str | None = None
    buyer_name: str | None = None
    corrected_numbers: tuple[str, ...] = ()
    corrected_ksef_numbers: tuple[str, ...] = ()
    total_gross: Decimal | None = None
    paid: bool | None = None
    due_date: date | None = None
    notices: tuple[Problem, ...] = ()


class SalesFeed(Protocol):
    """Reads one file into documents and problems, streaming: memory does not grow with the file."""

    def read(self, path: Path, *, file: str) -> Iterator[CanonicalDocument | Problem]:
        """Yield documents and problems in file order. Never raises for bad input: that is a Problem."""
        ...


class Feeds(Protocol):
    """Opens a feed by format."""

    def open(self, format: str, mapping: str | None) -> SalesFeed:
        """The feed of a format ("ksef", "csv"); `mapping` is the JSON text of a CSV mapping.

        Raises DomainError UNKNOWN_FORMAT, MAPPING_MISSING or BAD_MAPPING.
        """
        ...

    def expand(self, paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
        """Files of paths and folders, each with the name to show, in an order that is the same everywhere."""
        ...


@dataclass(frozen=True, slots=True)
class AwardOutcome:
    """Units (hundredths of a point) of one awarded batch of documents."""

    awarded_units: int
    reversed_units: int


class Awarder(Protocol):
    """Awards points for accepted documents, by the rules in force on each sale date."""

    def award(self, document_ids: list[UUID]) -> AwardOutcome:
        """Award invoices and reverse for corrections, in the caller's transaction. Needs the bulk lane's lock."""
        ...
