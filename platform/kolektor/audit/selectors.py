"""Read the audit trail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kolektor.audit.models import AuditEntry


def timelines(object_type: str, object_ids: Iterable[object]) -> dict[str, Sequence[AuditEntry]]:
    """Entries of several objects, oldest first, in one query."""
    found: dict[str, list[AuditEntry]] = {str(key): [] for key in object_ids}
    rows = AuditEntry.objects.filter(object_type=object_type, object_id__in=list(found)).order_by("id")
    for row in rows:
        found[row.object_id].append(row)
    return dict(found)
