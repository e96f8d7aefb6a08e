"""Connections to partners with their encrypted credentials, and the log of calls."""

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
