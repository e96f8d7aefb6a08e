"""Who did what: append-only, a table in every schema. Timelines are read from here."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from kolektor.kernel.fields import created_stamp


class AuditEntry(models.Model):
    """One deed. `actor` is a person's id, or null for the system; `data` holds ids and figures, no personal data."""

    append_only = True

    id = models.BigAutoField(primary_key=True)
    at = created_stamp()
    actor = models.UUIDField(null=True)
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=60)
    data = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["object_type", "object_id", "id"], name="audit_of_object")]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"
