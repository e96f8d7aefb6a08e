"""Stage parsed documents by COPY. Streaming: at most one buffer of documents is in memory."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection

from tenants.sales.limits import misfits
from tenants.sales.models import ImportProblem
from tenants.sales.ports import CanonicalDocument, CanonicalLine, Problem

BUFFER_DOCUMENTS = 500

_DOCUMENT_COLUMNS = [
    "batch_id",
    "seq",
    "file",
    "kind",
    "number",
    "ksef_number",
    "issue_date",
    "sale_date",
    "seller_nip",
    "currency",
    "rate",
    "buyer_nip",
    "buyer_code",
    "buyer_email",
    "buyer_phone",
    "buyer_name",
    "corrected_numbers",
    "total_gross",
    "line_count",
    "valued_line_count",
    "change_net",
    "change_gross",
    "content_hash",
]
_LINE_COLUMNS = [
    "batch_id",
    "seq",
    "position",
    "before",
    "name",
    "sku",
    "ean",
    "producer_code",
    "quantity",
    "unit",
    "net",
    "vat",
    "gross",
    "rate",
    "sale_date",
]
_NULL = "\\N"
_SAID_APART = {"file", "lines", "notices", "change_net", "change_gross"}
_SAID_BY_LINE = tuple(name for name in CanonicalLine.__slots__ if name != "row")


def content_hash(document: CanonicalDocument) -> bytes:
    """SHA-256 over everything the document says, whatever file it came in."""
    parts = [getattr(document, name) for name in document.__slots__ if name not in _SAID_APART]
    # only where there is one, so that a document without it keeps the hash it was accepted under
    if document.change_net is not None or document.change_gross is not None:
        parts.append((document.change_net, document.change_gross))
    lines = [tuple(getattr(line, name) for name in _SAID_BY_LINE) for line in document.lines]
    return hashlib.sha256(repr((parts, lines)).encode("utf-8")).digest()


class Stager:
    """Writes documents and problems of one batch. Call `flush` at the end; runs in the caller's transaction."""

    def __init__(self, batch_id: UUID, *, first_seq: int = 1) -> None:
        self.batch_id = batch_id
        self.seq = first_seq
        self.documents = 0
        self.unreadable: set[tuple[str, str | None]] = set()
        self._documents: list[list[Any]] = []
        self._lines: list[list[Any]] = []
        self._problems: list[ImportProblem] = []

    def add(self, item: CanonicalDocument | Problem) -> None:
        """Take one thing that a feed yielded."""
        if isinstance(item, Problem):
            self._problem(item)
            if item.severity == "error":
                self.unreadable.add((item.file, item.document))
            return
        faults = misfits(item)
        if faults:
            self.add_all(faults)
            return
        for notice in item.notices:
            self._problem(notice)
        self.documents += 1
        seq = self.seq
        self.seq += 1
        self._documents.append(self._document_row(seq, item))
        self._lines.extend(self._line_row(seq, line) for line in item.lines)
        if len(self._documents) >= BUFFER_DOCUMENTS:
            self.flush()

    def add_all(self, items: Iterable[CanonicalDocument | Problem]) -> None:
        """Take everything that a feed yields."""
        for item in items:
            self.add(item)

    def flush(self) -> None:
        """Write what is buffered."""
        _copy("sales_stageddocument", _DOCUMENT_COLUMNS, self._documents)
        _copy("sales_stagedline", _LINE_COLUMNS, self._lines)
        ImportProblem.objects.bulk_create(self._problems)
        self._documents, self._lines, self._problems = [], [], []

    def _problem(self, problem: Problem) -> None:
        self._problems.append(
            ImportProblem(
                batch_id=self.batch_id,
                stage=ImportProblem.Stage.PARSE,
                severity=problem.severity,
                file=problem.file[:255],
                document=problem.document and problem.document[:256],
                line=problem.line,
                field=problem.field and problem.field[:80],
                value=problem.value and problem.value[:200],
                code=problem.code,
                params=dict(problem.params),
                row=problem.row,
            )
        )

    def _document_row(self, seq: int, doc: CanonicalDocument) -> list[Any]:
        numbers = (
            "{" + ",".join('"' + n.replace("\\", "\\\\").replace('"', '\\"') + '"' for n in doc.corrected_numbers) + "}"
        )
        valued = sum(1 for line in doc.lines if line.net is not None)
        return [
            self.batch_id, seq, doc.file[:255], doc.kind, doc.number, doc.ksef_number, doc.issue_date, doc.sale_date,
            doc.seller_nip, doc.currency, doc.rate, doc.buyer_nip, doc.buyer_code, doc.buyer_email, doc.buyer_phone,
            doc.buyer_name, numbers, doc.total_gross, len(doc.lines), valued,
            doc.change_net, doc.change_gross, "\\x" + content_hash(doc).hex(),
        ]  # fmt: skip

    def _line_row(self, seq: int, line: CanonicalLine) -> list[Any]:
        return [
            self.batch_id, seq, line.position, "t" if line.before else "f", line.name, line.sku, line.ean,
            line.producer_code, line.quantity, line.unit, line.net, line.vat, line.gross, line.rate, line.sale_date,
        ]  # fmt: skip


def _copy(table: str, columns: list[str], rows: list[list[Any]]) -> None:
    if not rows:
        return
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_MINIMAL)
    for row in rows:
        writer.writerow([_NULL if value is None else value for value in row])
    buffer.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN WITH (FORMAT csv, NULL '{_NULL}')", buffer)
