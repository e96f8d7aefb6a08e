"""Import batches and their problems."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import graphene
from django.utils.translation import get_language

from kolektor.api import timeline
from kolektor.api.kits import CONSOLE, ConsoleTimelineEvent
from kolektor.api.pagination import Page, connection_type, page_arguments, page_of
from kolektor.api.scalars import Points
from kolektor.api.schema import Type
from kolektor.audit.selectors import timelines
from kolektor.kernel.points import Points as PointsValue
from tenants.members.selectors import staff_names
from tenants.sales import selectors
from tenants.sales.messages import Language
from tenants.sales.models import ImportBatch as BatchRow
from tenants.sales.models import ImportProblem as ProblemRow
from tenants.sales.selectors import problem_sentence


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


ImportProblemConnection = connection_type(CONSOLE, ImportProblem)


def problem_types(rows: Sequence[ProblemRow]) -> list[ImportProblem]:
    """Problems with their sentence in the reader's language."""
    language: Language = "en" if (get_language() or "pl").startswith("en") else "pl"
    return [
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
        )
        for row in rows
    ]


class ImportBatch(Type):
    """UPLOADED, CHECKING, CHECKED (dry run finished), COMMITTING, DONE, FAILED, DISCARDED"""

    class Meta:
        kit = CONSOLE

    id = graphene.ID(required=True)
    file_name = graphene.String(required=True)
    format = graphene.String(required=True, description="ksef or csv")
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
    problems = graphene.Field(graphene.NonNull(ImportProblemConnection), args=page_arguments())
    timeline = graphene.List(graphene.NonNull(ConsoleTimelineEvent), required=True)

    @staticmethod
    def resolve_problems(
        root: Any, _info: Any, first: int | None = None, after: str | None = None
    ) -> Page[ImportProblem]:
        rows = selectors.problems(root.batch_id)
        return page_of(rows, first=first, after=after, convert=problem_types)


ImportBatchConnection = connection_type(CONSOLE, ImportBatch)


def batch_types(rows: Sequence[BatchRow]) -> list[ImportBatch]:
    """Several batches with problem counts, timelines and who did what, in four more queries."""
    ids = [row.pk for row in rows]
    counts = selectors.problem_counts(ids)
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
            timeline=timeline.events(entries[str(row.pk)], names=names),
        )
        batch.batch_id = row.pk
        found.append(batch)
    return found
