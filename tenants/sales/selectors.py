"""Reads of imports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet, TextField, Value, Window
from django.db.models.functions import Cast, Coalesce, Concat

from tenants.sales.messages import Language, fill
from tenants.sales.models import ImportBatch, ImportProblem, ImportProgress

MOVING: Final = (ImportBatch.State.CHECKING, ImportBatch.State.COMMITTING, ImportBatch.State.REVERTING)
_JOBS: Final = 20


def batches() -> QuerySet[ImportBatch]:
    """All imports, youngest first."""
    return ImportBatch.objects.select_related("source").order_by("-created_at", "-id")


def batch(batch_id: UUID) -> ImportBatch | None:
    """One import."""
    return ImportBatch.objects.select_related("source").filter(pk=batch_id).first()


def moving(batch_ids: Iterable[UUID] = ()) -> list[ImportBatch]:
    """Imports that are being worked on, and those asked for by id, youngest first."""
    rows = ImportBatch.objects.select_related("source").filter(Q(state__in=MOVING) | Q(pk__in=list(batch_ids)[:_JOBS]))
    return list(rows.order_by("-created_at", "-id")[:_JOBS])


def may_be_reverted(batch: ImportBatch) -> bool:
    """Whether anything of it is entered and nothing is at work."""
    return batch.state in {ImportBatch.State.DONE, ImportBatch.State.STOPPED}


def progress_of(batch_ids: Iterable[UUID]) -> dict[UUID, ImportProgress]:
    """How far the work on imports is."""
    return ImportProgress.objects.in_bulk(list(batch_ids))


def _told(batch_ids: list[UUID]) -> QuerySet[ImportProblem]:
    """Errors, and the notices of documents without one: "accepted, but …" is said of what was accepted."""
    # one text instead of a correlated EXISTS: PostgreSQL hashes the refused documents once, however many notices there are
    document = Concat(
        Cast("batch_id", TextField()),
        Value("/"),
        "file",
        Value("/"),
        Coalesce("document", Value("")),
        output_field=TextField(),
    )
    rows = ImportProblem.objects.filter(batch_id__in=batch_ids).annotate(_document=document)
    return rows.exclude(severity="notice", _document__in=rows.filter(severity="error").values("_document"))


def problems(batch_id: UUID) -> QuerySet[ImportProblem]:
    """An import's problems: errors first, in file order, and all of a document together."""
    rows = _told([batch_id])
    # a problem without a document stands by itself
    together = Coalesce("document", Concat(Value("\x01"), Cast("id", TextField()), output_field=TextField()))
    first = Window(Min("id"), partition_by=[F("severity"), F("file"), together])
    return rows.annotate(_first=first).order_by("severity", "file", "_first", "id")


def same_problems(batch_id: UUID, rows: Sequence[ImportProblem]) -> dict[tuple[str, str | None, str | None], int]:
    """How often the code, field and value of each of some problems occur in the import."""
    values = {row.value for row in rows if row.value}
    if not values:
        return {}
    found = ImportProblem.objects.filter(batch=batch_id, value__in=values).values_list("code", "field", "value")
    return {(code, field, value): count for code, field, value, count in found.annotate(count=Count("id"))}


def problem_counts(batch_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many errors and notices each import has."""
    rows = _told(list(batch_ids)).values_list("batch_id")
    return dict(rows.annotate(count=Count("id")).values_list("batch_id", "count"))


def problem_sentence(problem: ImportProblem, language: Language) -> str:
    """What is wrong, in the reader's language; the code itself when it has no sentence."""
    known = {
        "file": problem.file,
        "document": problem.document,
        "line": problem.line,
        "field": problem.field,
        "value": problem.value,
        **problem.params,
    }
    return fill(problem.code, known, language)
