"""Correct cells of a file that its dry run complained about. The file stays as it is; what was corrected is kept in rows of its
own and put in place whenever the file is staged.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from kolektor.audit import services as audit
from kolektor.kernel.errors import DomainError, NotFound
from tenants.sales.messages import field_name
from tenants.sales.models import ImportBatch, ImportFix, ImportProblem
from tenants.sales.ports import Fix

MAX_FIXES: Final = 500
MAX_TEXT: Final = 1000
# values are kept up to 200 characters: a longer one cannot be told from another
_WHOLE_VALUE: Final = 199
_BY_CELL: Final = frozenset(
    {
        "MISSING_VALUE",
        "BAD_NUMBER",
        "BAD_DATE",
        "BAD_NIP",
        "BAD_VALUE",
        "BAD_AMOUNT",
        "FIELD_TOO_LONG",
        "DUPLICATE_POSITION",
        "DOCUMENT_INCONSISTENT",
    }
)
_BY_DOCUMENT: Final = {
    "SELLER_MISMATCH": "seller_nip",
    "UNKNOWN_CURRENCY": "currency",
    "NUMBER_CONFLICT": "number",
    "CORRECTION_BEFORE_ORIGINAL": "corrected_number",
    "CORRECTION_WITHOUT_REFERENCE": "corrected_number",
}
# whose value differs from document to document
_NEVER_EVERYWHERE: Final = frozenset({"number", "position"})


@dataclass(frozen=True, slots=True)
class Wish:
    """A new text for the cell of a problem; `everywhere`: wherever that field holds the same wrong text."""

    problem_id: int
    text: str
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of the file each field is in; a constant has none."""

    names: Mapping[str, str | None]

    def target(self, problem: ImportProblem) -> str | None:
        """The field of the mapping whose cell mends the problem, or None when no cell does."""
        field: str | None = None
        if problem.code in _BY_CELL and (problem.row is not None or problem.document is not None):
            field = problem.field
        elif problem.code in _BY_DOCUMENT and problem.document is not None:
            field = _BY_DOCUMENT[problem.code]
        elif problem.code == "BUYER_UNKNOWN" and problem.document is not None:
            text = problem.value or ""
            field = "buyer_nip" if text.isdigit() and len(text) == 10 else "buyer_code"
        return field if field in self.names else None


def columns_of(mapping: str) -> Columns:
    """The columns of a mapping's JSON text; of none for a format without a mapping."""
    data: Any = json.loads(mapping) if mapping else {}
    names: dict[str, str | None] = {}
    for field, source in (data.get("columns") or {}).items():
        names[field] = source if isinstance(source, str) else source.get("column")
    kind = data.get("kind")
    if isinstance(kind, dict) and kind.get("column"):
        names["kind"] = kind["column"]
    return Columns(names)


def of_batch(batch_id: UUID) -> Sequence[Fix]:
    """All corrections of a batch, the oldest first."""
    return [
        Fix(file=row.file, field=row.field, new=row.new, row=row.row, document=row.document, old=row.old)
        for row in ImportFix.objects.filter(batch=batch_id).order_by("id")
    ]


def may_be_everywhere(problem: ImportProblem, target: str) -> bool:
    """Whether the same wrong text may be corrected wherever it stands."""
    text = problem.value or ""
    return problem.row is not None and target not in _NEVER_EVERYWHERE and 0 < len(text) <= _WHOLE_VALUE


@transaction.atomic
def record(*, batch: ImportBatch, wishes: Iterable[Wish], actor: UUID) -> int:
    """Keep corrections of a checked batch, with a timeline entry each. Returns how many. The caller has locked the batch.

    Raises NotFound for another batch's problem; DomainError NOTHING_TO_FIX, TOO_MANY_FIXES, NOT_FIXABLE, FIX_TOO_LONG.
    """
    wanted = list(wishes)
    if not wanted:
        raise DomainError("NOTHING_TO_FIX", field="fixes")
    if len(wanted) > MAX_FIXES:
        raise DomainError("TOO_MANY_FIXES", field="fixes", limit=MAX_FIXES)
    columns = columns_of(batch.mapping)
    problems = ImportProblem.objects.filter(batch=batch).in_bulk([wish.problem_id for wish in wanted])
    for wish in wanted:
        problem = problems.get(wish.problem_id)
        if problem is None:
            raise NotFound("fixes")
        _record(batch, problem, wish, columns.target(problem), actor)
    return len(wanted)


def _record(batch: ImportBatch, problem: ImportProblem, wish: Wish, target: str | None, actor: UUID) -> None:
    text = wish.text.strip()
    if target is None:
        raise DomainError("NOT_FIXABLE", field="fixes", problem=problem.code)
    if len(text) > MAX_TEXT or any(ord(letter) < 32 for letter in text):
        raise DomainError("FIX_TOO_LONG", field="fixes", limit=MAX_TEXT)
    everywhere = wish.everywhere and may_be_everywhere(problem, target)
    row = None if everywhere else problem.row
    ImportFix.objects.create(
        batch=batch,
        file=problem.file,
        row=row,
        document=None if everywhere or row is not None else problem.document,
        field=target,
        old=problem.value,
        new=text,
        actor=actor,
    )
    scope = "value" if everywhere else "document" if row is None else "row"
    audit.record(
        action=f"import.fixed_{scope}",
        object_type="import",
        object_id=batch.pk,
        actor=actor,
        row=row,
        document=problem.document,
        field=target,
        field_pl=field_name(target, "pl"),
        field_en=field_name(target, "en"),
        old=problem.value or "",
        new=text,
    )
