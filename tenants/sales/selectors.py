"""Reads of imports."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from tenants.sales.messages import Language, fill
from tenants.sales.models import ImportBatch, ImportProblem


def batches() -> QuerySet[ImportBatch]:
    """All imports, youngest first."""
    return ImportBatch.objects.order_by("-created_at", "-id")


def batch(batch_id: UUID) -> ImportBatch | None:
    """One import."""
    return ImportBatch.objects.filter(pk=batch_id).first()


def latest_mapping() -> str:
    """The CSV mapping of the youngest import that was entered; empty if there was none."""
    rows = ImportBatch.objects.filter(format="csv", state=ImportBatch.State.DONE).exclude(mapping="")
    return rows.order_by("-created_at", "-id").values_list("mapping", flat=True).first() or ""


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
    """An import's problems: errors first, in file order."""
    return _told([batch_id]).order_by("severity", "file", "id")


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
