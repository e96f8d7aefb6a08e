"""Write the audit trail."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from kolektor.audit.models import AuditEntry


def record(*, action: str, object_type: str, object_id: object, actor: UUID | None = None, **data: Any) -> None:
    """Append one entry in the schema in force, in the caller's transaction."""
    AuditEntry.objects.create(action=action, object_type=object_type, object_id=str(object_id), actor=actor, data=data)
