"""Orders and their states."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from catalog.rewards.models import Reward
from kolektor.kernel.fields import created_stamp, units_field, uuid_key
from tenants.members.models import Member


class NextOrder(models.Func):
    """The next order number of this schema."""

    function = "orders_next_number"
    arity = 0
    output_field = models.BigIntegerField()


class Order(models.Model):
    """One voucher bought with points. Points are held from the start and settled or released at the end."""

    class State(models.TextChoices):
        AWAITING = "AWAITING"
        PLACED = "PLACED"
        ISSUING = "ISSUING"
        UNKNOWN = "UNKNOWN"
        FULFILLED = "FULFILLED"
        DECLINED = "DECLINED"
        FAILED = "FAILED"

    id = uuid_key()
    sequence = models.BigIntegerField(unique=True, db_default=NextOrder())
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="orders")
    reward = models.ForeignKey(Reward, on_delete=models.PROTECT, related_name="orders")
    face_value = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3)
    units = units_field()
    state = models.CharField(max_length=9, choices=State.choices, default=State.PLACED)
    hold_id = models.UUIDField(null=True)
    idempotency_key = models.CharField(max_length=80)
    failure = models.CharField(max_length=40, blank=True, default="")
    created_at = created_stamp()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "idempotency_key"], name="one_order_per_key"),
            models.CheckConstraint(condition=models.Q(units__gt=0), name="order_priced"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["member", "-sequence"], name="orders_of_member"),
            models.Index(fields=["state", "-sequence"], name="orders_by_state"),
            models.Index(fields=["created_at"], name="orders_awaiting", condition=models.Q(state="AWAITING")),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What people call the order."""
        return f"Z-{self.sequence:06d}"
