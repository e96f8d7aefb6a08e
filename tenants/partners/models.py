"""Connections to partners with their encrypted credentials, how they do, the log of calls, and the inbox of webhooks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from kolektor.kernel.fields import created_stamp, uuid_key


class Connection(models.Model):
    """One partner of this wholesaler. `credentials` is a JSON object encrypted by the vault."""

    id = uuid_key()
    kind = models.CharField(max_length=30)
    adapter = models.CharField(max_length=40)
    name = models.CharField(max_length=80, unique=True)
    base_url = models.URLField(max_length=300)
    credentials = models.BinaryField()
    enabled = models.BooleanField(default=True)
    created_at = created_stamp()

    def __str__(self) -> str:
        return self.name


class PartnerCall(models.Model):
    """One call to a partner: no bodies, no secrets."""

    id = models.BigAutoField(primary_key=True)
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="calls")
    at = created_stamp()
    operation = models.CharField(max_length=40)
    request_id = models.CharField(max_length=80)
    status = models.PositiveSmallIntegerField(null=True)
    milliseconds = models.PositiveIntegerField()
    note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["connection", "-id"], name="partner_calls")]

    def __str__(self) -> str:
        return f"{self.operation} {self.status}"


class Health(models.Model):
    """How a connection does: the circuit breaker's count, the last balance, the last catalog sync, refused webhooks."""

    class Sync(models.TextChoices):
        NEVER = ""
        ASKED = "ASKED"
        DONE = "DONE"
        FAILED = "FAILED"

    connection = models.OneToOneField(Connection, on_delete=models.PROTECT, related_name="health", primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    open_until = models.DateTimeField(null=True)
    balance = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    balance_currency = models.CharField(max_length=3, blank=True, default="")
    balance_at = models.DateTimeField(null=True)
    low_balance = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    sync_state = models.CharField(max_length=6, choices=Sync.choices, blank=True, default="")
    sync_at = models.DateTimeField(null=True)
    sync_counts = models.JSONField(default=dict)
    refused_webhooks = models.PositiveIntegerField(default=0)
    refused_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.connection_id} {self.failures}"


class Webhook(models.Model):
    """A genuine message of a partner, kept once. The body is encrypted and at most `inbox.MAX_BYTES` long."""

    id = models.BigAutoField(primary_key=True)
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="webhooks")
    message_id = models.CharField(max_length=120)
    about = models.CharField(max_length=100, blank=True, default="")
    body_encrypted = models.BinaryField()
    sent_at = models.DateTimeField()
    received_at = created_stamp()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["connection", "message_id"], name="one_webhook_per_message"),
        ]

    def __str__(self) -> str:
        return self.message_id
