"""The outbox: in every schema, so that work is durable where its cause is."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from kolektor.kernel.fields import created_stamp


class OutboxEvent(models.Model):
    """Something that happened, in this schema. The payload holds ids and figures, no personal data."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=80)
    payload = models.JSONField()
    created_at = created_stamp()

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class OutboxDelivery(models.Model):
    """One handler's share of one event. Claimed by lease; effect and done-mark in one transaction."""

    class State(models.TextChoices):
        PENDING = "pending"
        DONE = "done"
        DEAD = "dead"

    id = models.BigAutoField(primary_key=True)
    # written by `outbox_emit` beside its event and never moved: no key in the database, no index of its own
    event = models.ForeignKey(
        OutboxEvent, on_delete=models.PROTECT, related_name="deliveries", db_constraint=False, db_index=False
    )
    handler = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=State.choices, db_default=State.PENDING)
    attempts = models.SmallIntegerField(db_default=0)
    available_at = models.DateTimeField(db_default=Now())
    claimed_until = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=500, db_default="")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "handler"], name="one_delivery_per_handler"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["available_at"], name="outbox_pending", condition=models.Q(state="pending")),
        ]

    def __str__(self) -> str:
        return f"{self.handler} of {self.event_id}: {self.state}"
