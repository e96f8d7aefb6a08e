"""What sales needs from outside: a feed that reads documents, and somebody who awards points for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
# hears what share of a file has been read, from 0 to 1
Progress = Callable[[float], None]


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
    # the row of a CSV or XLSX file, counted from 1 with the header: where a person can correct the cell
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Fix:
    """A cell corrected by a person: of one row of a file, of all rows of a document, or (with neither) wherever the field
    holds the text `old`. The new text is read as the file's own would be.
    """

    file: str
    field: str
    new: str
    row: int | None = None
    document: str | None = None
    old: str | None = None


@dataclass(frozen=True, slots=True)
class FileColumn:
    """One column of a file's head: its name, texts of the first rows, and the different texts when they are few."""

    name: str
    samples: tuple[str, ...]
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the head of a CSV or XLSX file shows, and the mapping (as its JSON holds it) that fits what was recognized."""

    columns: tuple[FileColumn, ...]
    sheets: tuple[str, ...]
    mapping: dict[str, object]


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
    # the row of the file; no part of what the document says
    row: int | None = None


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
    # what a correction without valued lines changes of the whole, signed; gross only where no net is stated
    change_net: Decimal | None = None
    change_gross: Decimal | None = None
    notices: tuple[Problem, ...] = ()


class SalesFeed(Protocol):
    """Reads one file into documents and problems, streaming: memory does not grow with the file."""

    def read(self, path: Path, *, file: str) -> Iterator[CanonicalDocument | Problem]:
        """Yield documents and problems in file order. Never raises for bad input: that is a Problem."""
        ...


class Feeds(Protocol):
    """Opens a feed by format."""

    def open(
        self, format: str, mapping: str | None, *, fixes: Sequence[Fix] = (), progress: Progress | None = None
    ) -> SalesFeed:
        """The feed of a format ("ksef", "csv", "xlsx"); `mapping` is the JSON text of a column mapping, `fixes` are a
        person's corrections in order of age, `progress` hears what share of a file is read.

        Raises DomainError UNKNOWN_FORMAT, MAPPING_MISSING or BAD_MAPPING.
        """
        ...

    def inspect(self, format: str, path: Path, *, layout: Mapping[str, object], currency: str) -> Inspection:
        """Read the head of a CSV or XLSX file and propose a mapping. `layout` holds keys of a mapping that are given and
        not to be guessed (`encoding`, `delimiter`, `skip_rows`, `sheet`, …); `currency` is that of a file that names none.

        Raises DomainError UNKNOWN_FORMAT or UNREADABLE.
        """
        ...

    def template(self, format: str, *, language: str) -> bytes:
        """An empty CSV or XLSX file ("pl", "en") whose columns map without a question. Raises DomainError UNKNOWN_FORMAT."""
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

    def award_lines(self, line_ids: list[int]) -> AwardOutcome:
        """Award lines whose product became known after their document was awarded: what now fits and gave nothing yet.
        In the caller's transaction. Needs the bulk lane's lock.
        """
        ...

    def revert(self, document_ids: list[UUID]) -> AwardOutcome:
        """Take back all that documents gave, and give back all that they took (corrections, returns). The documents carry
        `reverted_at` already; no document outside them may speak of them. Needs the bulk lane's lock.
        """
        ...
