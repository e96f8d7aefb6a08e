"""Import batches and their problems."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

import graphene

from kolektor.api import timeline
from kolektor.api.kits import CONSOLE, ConsoleTimelineEvent
from kolektor.api.pagination import Page, connection_type, page_arguments, page_of
from kolektor.api.scalars import Points
from kolektor.api.schema import Type
from kolektor.api.texts import text
from kolektor.audit.selectors import timelines
from kolektor.kernel.language import reader_language
from kolektor.kernel.points import Points as PointsValue
from tenants.members.selectors import staff_names
from tenants.sales import selectors
from tenants.sales.fixes import columns_of, may_be_everywhere
from tenants.sales.messages import mapping_sentence
from tenants.sales.models import ImportBatch as BatchRow
from tenants.sales.models import ImportProblem as ProblemRow
from tenants.sales.models import ImportProgress as ProgressRow
from tenants.sales.models import ImportSource as SourceRow
from tenants.sales.selectors import problem_sentence
from tenants.sales.sources import FORMATS


class ImportProblem(Type):
    """A row error or a notice. severity: ERROR or NOTICE"""

    class Meta:
        kit = CONSOLE

    id = graphene.ID(required=True)
    severity = graphene.String(required=True)
    file = graphene.String(required=True)
    document = graphene.String()
    line = graphene.Int()
    field = graphene.String()
    value = graphene.String()
    code = graphene.String(required=True)
    message = graphene.String(required=True)
    row = graphene.Int(description="Row of the file, counted from 1 with the header (CSV and XLSX).")
    column = graphene.String(description="Name of the column in the file.")
    fix_field = graphene.String(
        description="The field whose text can be corrected here; null when that is not possible."
    )
    same = graphene.Int(required=True, description="How many problems of the import have this wrong text.")
    everywhere = graphene.Boolean(
        required=True, description="Whether the same text may be corrected wherever it stands."
    )


ImportProblemConnection = connection_type(CONSOLE, ImportProblem)


def problem_types(rows: Sequence[ProblemRow], *, batch_id: UUID, mapping: str, open: bool) -> list[ImportProblem]:
    """Problems with their sentence in the reader's language; `open`: cells can still be corrected."""
    language = reader_language()
    columns = columns_of(mapping)
    same = selectors.same_problems(batch_id, rows)
    found = []
    for row in rows:
        target = columns.target(row)
        found.append(
            ImportProblem(
                id=str(row.pk),
                severity=row.severity.upper(),
                file=row.file,
                document=row.document,
                line=row.line,
                field=row.field,
                value=row.value,
                code=row.code,
                message=problem_sentence(row, language),
                row=row.row,
                column=columns.names.get(target or row.field or ""),
                fix_field=target if open else None,
                same=same.get((row.code, row.field, row.value), 1),
                everywhere=open and target is not None and may_be_everywhere(row, target),
            )
        )
    return found


class ImportBatch(Type):
    """UPLOADED (waits for its mapping, or was stopped before its dry run ended), CHECKING, CHECKED (dry run finished),
    COMMITTING, STOPPED (part of it is entered), DONE, FAILED, DISCARDED, REVERTING, REVERTED
    """

    class Meta:
        kit = CONSOLE

    id = graphene.ID(required=True)
    file_name = graphene.String(required=True)
    format = graphene.String(required=True, description="ksef, csv or xlsx")
    state = graphene.String(required=True)
    created_at = graphene.DateTime(required=True)
    created_by = graphene.String()
    finished_at = graphene.DateTime()
    processed = graphene.Int(required=True, description="Documents handled so far.")
    total = graphene.Int(required=True, description="Documents in all (0 while unknown).")
    documents = graphene.Int(required=True)
    accepted = graphene.Int(required=True)
    duplicates = graphene.Int(required=True)
    rejected = graphene.Int(required=True)
    lines = graphene.Int(required=True)
    matched_lines = graphene.Int(required=True)
    points_awarded = graphene.Field(Points, required=True)
    points_reversed = graphene.Field(Points, required=True)
    problem_count = graphene.Int(required=True)
    failure = graphene.String(description="Why the last step was refused, as a sentence.")
    mapped = graphene.Boolean(required=True, description="Whether it is known how to read the file.")
    uploaded = graphene.Boolean(required=True, description="Whether the file is kept, so that it can be read again.")
    source_name = graphene.String(description="The saved mapping that it was read by.")
    phase = graphene.String(description="READING or CHECKING while a dry run is at work.")
    progress = graphene.Float(description="Share of the step at work that is done, 0 to 1; null while unknown.")
    problems = graphene.Field(graphene.NonNull(ImportProblemConnection), args=page_arguments())
    timeline = graphene.List(graphene.NonNull(ConsoleTimelineEvent), required=True)

    @staticmethod
    def resolve_problems(
        root: Any, _info: Any, first: int | None = None, after: str | None = None
    ) -> Page[ImportProblem]:
        rows = selectors.problems(root.batch_id)
        convert = partial(problem_types, batch_id=root.batch_id, mapping=root.mapping_text, open=root.open)
        return page_of(rows, first=first, after=after, convert=convert)


ImportBatchConnection = connection_type(CONSOLE, ImportBatch)


def batch_types(rows: Sequence[BatchRow]) -> list[ImportBatch]:
    """Several batches with problem counts, timelines and who did what, in five more queries."""
    ids = [row.pk for row in rows]
    counts = selectors.problem_counts(ids)
    at_work = selectors.progress_of(ids)
    entries = timelines("import", ids)
    people = [row.created_by for row in rows] + [entry.actor for trail in entries.values() for entry in trail]
    names = staff_names(person_id for person_id in people if person_id is not None)
    found = []
    for row in rows:
        batch = ImportBatch(
            id=str(row.pk),
            file_name=row.file_name,
            format=row.format,
            state=row.state,
            created_at=row.created_at,
            created_by=names.get(str(row.created_by)),
            finished_at=row.finished_at,
            processed=row.processed,
            total=row.total,
            documents=row.documents,
            accepted=row.accepted,
            duplicates=row.duplicates,
            rejected=row.rejected,
            lines=row.lines,
            matched_lines=row.matched_lines,
            points_awarded=PointsValue(row.units_awarded),
            points_reversed=PointsValue(row.units_reversed),
            problem_count=counts.get(row.pk, 0),
            failure=text(row.failure) if row.failure else None,
            mapped=row.format not in FORMATS or bool(row.mapping),
            uploaded=bool(row.storage_key),
            source_name=row.source.name if row.source else None,
            phase=(at_work[row.pk].phase or None)
            if row.pk in at_work and row.state == BatchRow.State.CHECKING
            else None,
            progress=_share(row, at_work.get(row.pk)),
            timeline=timeline.events(entries[str(row.pk)], names=names),
        )
        batch.batch_id = row.pk
        batch.mapping_text = row.mapping
        batch.open = row.state == BatchRow.State.CHECKED and bool(row.storage_key)
        found.append(batch)
    return found


def _share(row: BatchRow, at_work: ProgressRow | None) -> float | None:
    if row.state == BatchRow.State.COMMITTING:
        return row.processed / row.total if row.total else None
    if row.state != BatchRow.State.CHECKING or at_work is None or not at_work.total:
        return None
    return min(1.0, at_work.done / at_work.total)


class ImportColumn(Type):
    """A column of a file's head."""

    class Meta:
        kit = CONSOLE

    name = graphene.String(required=True)
    samples = graphene.List(graphene.NonNull(graphene.String), required=True)
    choices = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="The different texts, when they are few."
    )


class ImportSource(Type):
    """A saved mapping."""

    class Meta:
        kit = CONSOLE

    id = graphene.ID(required=True)
    name = graphene.String(required=True)
    format = graphene.String(required=True)
    mapping = graphene.String(required=True, description="JSON, see docs/csv-mapping.md.")
    used_at = graphene.DateTime()


class ImportInspection(Type):
    """What the head of a file shows, and how to read it."""

    class Meta:
        kit = CONSOLE

    columns = graphene.List(graphene.NonNull(ImportColumn), required=True)
    sheets = graphene.List(graphene.NonNull(graphene.String), required=True)
    proposal = graphene.String(required=True, description="A mapping of what was recognized, JSON.")
    offered = graphene.String(description="The mapping last used for a file with these columns, JSON.")
    offered_source = graphene.Field(ImportSource)


class MappingFault(Type):
    """What makes a mapping useless."""

    class Meta:
        kit = CONSOLE

    field = graphene.String(required=True, description="The field or setting; empty for the mapping as a whole.")
    message = graphene.String(required=True)


class ImportRevertPreview(Type):
    """What taking an import back would do."""

    class Meta:
        kit = CONSOLE

    documents = graphene.Int(required=True)
    members = graphene.Int(required=True)
    points_taken = graphene.Field(Points, required=True, description="What members lose.")
    points_given = graphene.Field(Points, required=True, description="What its corrections and returns had taken.")
    debtors = graphene.Int(required=True, description="Members who fall (deeper) into debt.")
    debt = graphene.Field(Points, required=True)
    used_by = graphene.List(
        graphene.NonNull(graphene.String),
        required=True,
        description="Numbers of later documents that need it, the first few: while there are any it stays.",
    )
    used_by_more = graphene.Boolean(required=True)


def source_type(row: SourceRow) -> ImportSource:
    """A saved mapping."""
    return ImportSource(id=str(row.pk), name=row.name, format=row.format, mapping=row.mapping, used_at=row.used_at)


def fault_types(faults: Sequence[dict[str, str]]) -> list[MappingFault]:
    """What is wrong with a mapping, in the reader's language."""
    language = reader_language()
    found = []
    for fault in faults:
        head, _, rest = fault["path"].partition(".")
        field = rest.split(".")[0] if head == "columns" else head
        found.append(MappingFault(field=field, message=mapping_sentence(fault, language)))
    return found
