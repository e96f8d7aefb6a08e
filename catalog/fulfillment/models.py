"""Vouchers: asking a partner for them, and the codes that came."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from catalog.orders.models import Order
from kolektor.kernel.fields import created_stamp, uuid_key
from tenants.members.models import Member
from tenants.partners.models import Connection


class VoucherIssue(models.Model):
    """One order at one partner. `reference` is ours and the idempotency key there; it never changes."""

    id = uuid_key()
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="issue")
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="issues")
    reference = models.CharField(max_length=64, unique=True)
    partner_id = models.CharField(max_length=80, blank=True, default="")
    asked = models.PositiveIntegerField(default=0)
    last_state = models.CharField(max_length=10, blank=True, default="")
    last_reason = models.CharField(max_length=40, blank=True, default="")
    created_at = created_stamp()

    def __str__(self) -> str:
        return self.reference


class Voucher(models.Model):
    """A code in a member's wallet. Encrypted at rest; `fingerprint` (keyed hash) finds a code that a partner gives twice."""

    id = uuid_key()
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="voucher")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="vouchers")
    code_encrypted = models.BinaryField()
    pin_encrypted = models.BinaryField(null=True)
    fingerprint = models.BinaryField(max_length=32)
    expires_on = models.DateField(null=True)
    issued_at = created_stamp()
    revealed_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fingerprint"], name="one_owner_per_code"),
        ]
        indexes: ClassVar = [models.Index(fields=["member", "-issued_at"], name="wallet")]

    def __str__(self) -> str:
        return str(self.pk)
