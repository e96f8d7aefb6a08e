"""Rows into documents: what the CSV and the XLSX feed have in common.

Rows with the same document number are one document; those that lie apart are gathered, and that is said. A document with any
bad row gives only problems, never a part of itself; the other documents of the file are unharmed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from integrations.salesfeeds.csv_record import COLLECTED, Fault, RecordReader
from integrations.salesfeeds.csv_rows import Row
from integrations.salesfeeds.csv_split import SplitNumbers
from integrations.salesfeeds.fixes import FixBook
from integrations.salesfeeds.problems import SourceRefused, problem
from integrations.salesfeeds.sources import megabytes
from tenants.sales.ports import CanonicalDocument, CanonicalLine, Problem


class HeaderRefused(SourceRefused):
    """The columns are not those of the mapping; every one of them is named."""

    def __init__(self, row: int, faults: list[Fault]) -> None:
        super().__init__(faults[0].code, line=row)
        self.faults = faults


@dataclass(slots=True)
class _Draft:
    """The document whose rows are being read."""

    number: str
    row: int
    bad: bool = False
    size: int = 0
    # runs of rows still to come, when other documents lie between them
    awaited: int = 0
    parts: int = 1
    # a row without a number came after these rows; whose it is shows when the next row comes
    gap: bool = False
    texts: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    corrected: dict[str, dict[str, None]] = field(default_factory=lambda: {name: {} for name in COLLECTED})
    lines: list[CanonicalLine] = field(default_factory=list)
    positions: set[tuple[int, bool]] = field(default_factory=set)

    def forget_lines(self) -> None:
        """Nothing of a refused document takes room."""
        self.lines.clear()
        self.positions.clear()


class Reading:
    """One pass over the rows, holding the document at hand and those whose rows lie apart, together up to `max_bytes`."""

    def __init__(self, file: str, max_bytes: int, split: SplitNumbers, fixes: FixBook) -> None:
        self._file = file
        self._fixes = fixes
        self._max_bytes = max_bytes
        self._split = split
        self._draft: _Draft | None = None
        self._aside: dict[str, _Draft] = {}
        self._waiting = 0  # bytes of the rows put aside

    def run(self, rows: Iterator[tuple[RecordReader, Row]]) -> Iterator[CanonicalDocument | Problem]:
        try:
            for reader, row in rows:
                number = reader.number_of(row.cells)
                if self._fixes:
                    number = self._fixes.number(self._file, row.line, number)
                if not number:
                    if self._draft is not None:
                        self._draft.gap = True
                    yield self._without_number(row)
                    continue
                if self._draft is None or self._draft.number != number:
                    yield from self._finish()
                    self._start(number, row.line)
                yield from self._add(reader, row)
        except HeaderRefused as refused:
            for fault in refused.faults:
                yield self._problem(fault, refused.line)
        except SourceRefused as refused:
            # the file breaks off here: the document being read may lack rows, so it is not formed
            if self._draft is not None:
                self._draft.bad = True
                self._draft.awaited = 0
            yield refused.as_problem(self._file, document=None if self._draft is None else self._draft.number)
        yield from self._finish()
        for draft in self._aside.values():
            if not draft.bad:
                yield self._split_too_far(draft)

    def _problem(self, fault: Fault, row: int | None) -> Problem:
        return problem(
            fault.code,
            self._file,
            document=None if self._draft is None else self._draft.number,
            line=row,
            field=fault.field or None,
            value=fault.value,
            params=fault.params,
            row=row,
        )

    def _without_number(self, row: Row) -> Problem:
        if row.fault is not None:
            return problem(row.fault, self._file, line=row.line, params={"detail": row.detail})
        return problem("MISSING_VALUE", self._file, line=row.line, field="number", row=row.line)

    def _start(self, number: str, row: int) -> None:
        draft = self._aside.pop(number, None)
        if draft is None:
            draft = _Draft(number=number, row=row, awaited=self._split.runs(number) - 1)
        else:
            self._waiting -= draft.size
            draft.awaited -= 1
            draft.parts += 1
        self._draft = draft

    def _put_aside(self, draft: _Draft) -> Iterator[Problem]:
        """Wait for the rest of a document's rows, unless too much waits already."""
        draft.gap = False
        if not draft.bad and self._waiting + draft.size > self._max_bytes:
            draft.bad = True
            yield self._split_too_far(draft)
        if draft.bad:  # its other rows are read for their faults only
            draft.size = 0
            draft.forget_lines()
        self._waiting += draft.size
        self._aside[draft.number] = draft

    def _split_too_far(self, draft: _Draft) -> Problem:
        return problem(
            "DOCUMENT_SPLIT", self._file, document=draft.number, line=draft.row, field="number", value=draft.number
        )

    def _add(self, reader: RecordReader, row: Row) -> Iterator[Problem]:
        draft = self._draft
        assert draft is not None
        # a row without a number between two rows of this document was most likely its own
        draft.bad = draft.bad or draft.gap
        draft.gap = False
        too_large = draft.size > self._max_bytes
        draft.size += row.size
        if draft.size > self._max_bytes:
            # said once; from here its rows are only counted, so that memory stays bounded
            draft.bad = True
            draft.forget_lines()
            if not too_large:
                yield self._problem(Fault("TOO_LARGE", "", None, {"limit_mb": megabytes(self._max_bytes)}), row.line)
            return
        for fault in self._row_faults(reader, row, draft):
            draft.bad = True
            yield self._problem(fault, row.line)

    def _row_faults(self, reader: RecordReader, row: Row, draft: _Draft) -> list[Fault]:
        if row.fault is not None:
            return [Fault(row.fault, "", None, {"detail": row.detail})]
        if len(row.cells) < reader.width or any(cell.strip() for cell in row.cells[reader.width :]):
            return [Fault("BAD_ROW", "", None, {"detail": f"{len(row.cells)} / {reader.width}"})]
        texts = reader.texts(row.cells)
        if self._fixes:
            self._fixes.apply(self._file, row.line, texts)
        faults = reader.too_long(texts)
        faults += self._document_faults(reader, texts, draft)
        line, line_faults = reader.line(texts, ordinal=len(draft.lines) + 1, row=row.line)
        faults += line_faults
        if line is not None:
            place = (line.position, line.before)
            if place in draft.positions:
                faults.append(Fault("DUPLICATE_POSITION", "position", str(line.position)))
            draft.positions.add(place)
            draft.lines.append(line)
        return faults

    @staticmethod
    def _document_faults(reader: RecordReader, texts: dict[str, str], draft: _Draft) -> list[Fault]:
        faults: list[Fault] = []
        for name in reader.collected:
            if texts[name]:
                draft.corrected[name][texts[name]] = None
        first = not draft.texts
        known_texts = draft.texts
        for name in reader.document_fields:
            text = texts[name]
            # nearly always the same text as on the row above; an empty cell further down says nothing new
            if not first and (not text or text == known_texts.get(name)):
                continue
            value, fault = reader.document_value(name, text)
            if fault is not None:
                faults.append(fault)
            elif value is not None:
                known = draft.values.setdefault(name, value)
                if known != value:
                    faults.append(Fault("DOCUMENT_INCONSISTENT", name, text, {"first": str(known)}))
            if first or text:
                draft.texts[name] = text
        if first and "kind" not in texts:
            draft.values["kind"] = reader.kind_of(draft.number)
        return faults

    def _finish(self) -> Iterator[CanonicalDocument | Problem]:
        draft, self._draft = self._draft, None
        if draft is None:
            return
        if draft.awaited:
            yield from self._put_aside(draft)
            return
        if draft.bad or not draft.lines:
            return
        get = draft.values.get
        notices: tuple[Problem, ...] = ()
        if draft.parts > 1:
            parts = {"parts": str(draft.parts)}
            notice = problem(
                "DOCUMENT_GATHERED", self._file, severity="notice", document=draft.number, line=draft.row, params=parts
            )
            notices = (notice,)
        yield CanonicalDocument(
            file=self._file,
            kind=draft.values["kind"],
            number=draft.number,
            issue_date=draft.values["issue_date"],
            sale_date=get("sale_date") or draft.values["issue_date"],
            seller_nip=get("seller_nip"),
            currency=draft.values["currency"],
            lines=tuple(draft.lines),
            ksef_number=get("ksef_number"),
            rate=get("rate"),
            buyer_nip=get("buyer_nip"),
            buyer_code=get("buyer_code"),
            buyer_email=get("buyer_email"),
            buyer_phone=get("buyer_phone"),
            buyer_name=get("buyer_name"),
            corrected_numbers=tuple(draft.corrected["corrected_number"]),
            corrected_ksef_numbers=tuple(draft.corrected["corrected_ksef_number"]),
            total_gross=get("total_gross"),
            paid=get("paid"),
            due_date=get("due_date"),
            notices=notices,
        )
