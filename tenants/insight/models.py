"""Lists as files."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from kolektor.kernel.fields import created_stamp, uuid_key


class ListExport(models.Model):
    """A list of the console that somebody asked for as a workbook. Written in the background, kept for a few days."""

    class Kind(models.TextChoices):
        MEMBERS = "members"
        ORDERS = "orders"
        PRODUCTS = "products"
        FIRMS = "firms"

    class State(models.TextChoices):
        WAITING = "WAITING"
        DONE = "DONE"
        # written off after some attempts
        FAILED = "FAILED"

    id = uuid_key()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    # what the list was narrowed to: keys as `list_exports.Narrowing` has them
    narrowing = models.JSONField(default=dict)
    language = models.CharField(max_length=2)
    requested_by = models.UUIDField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField(null=True)
    written = models.PositiveIntegerField(default=0)
    storage_key = models.CharField(max_length=120, blank=True, default="")
    created_at = created_stamp()
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["requested_by", "created_at"], name="list_export_of_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
