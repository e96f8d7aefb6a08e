"""Write the audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from kolektor.audit.models import AuditEntry


def record_many(
    *, action: str, object_type: str, data: Mapping[object, dict[str, Any]], actor: UUID | None = None
) -> None:
    """Append one entry for each object of `data` (id → its data), in one statement a thousand."""
    AuditEntry.objects.bulk_create(
        (
            AuditEntry(action=action, object_type=object_type, object_id=str(key), actor=actor, data=each)
            for key, each in data.items()
        ),
        batch_size=1000,
    )


def record(*, action: str, object_type: str, object_id: object, actor: UUID | None = None, **data: Any) -> None:
    """Append one entry in the schema in force, in the caller's transaction."""
    AuditEntry.objects.create(action=action, object_type=object_type, object_id=str(object_id), actor=actor, data=data)
