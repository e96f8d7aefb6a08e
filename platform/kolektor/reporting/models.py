"""Headquarters' read models, in `public`: fed by the tenants, read by the role `hq`. Never opens a tenant schema."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from kolektor.kernel.fields import created_stamp, units_field, uuid_key


class DayFact(models.Model):
    """One wholesaler's sales of one brand on one day. Units are hundredths of a point, sales in the program's currency."""

    id = models.BigAutoField(primary_key=True)
    wholesaler_id = models.UUIDField()
    day = models.DateField()
    brand_id = models.UUIDField(null=True)
    supplier_id = models.UUIDField(null=True)
    lines = models.PositiveIntegerField()
    sales = models.DecimalField(max_digits=18, decimal_places=2)
    units_awarded = units_field()
    units_reversed = units_field()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["wholesaler_id", "day"], name="fact_of_day")]

    def __str__(self) -> str:
        return f"{self.wholesaler_id} {self.day}"


class DayStamp(models.Model):
    """One wholesaler's day: documents, orders and when it was pushed."""

    id = models.BigAutoField(primary_key=True)
    wholesaler_id = models.UUIDField()
    day = models.DateField()
    documents = models.PositiveIntegerField()
    orders = models.PositiveIntegerField()
    units_spent = units_field()
    as_of = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["wholesaler_id", "day"], name="one_day_stamp")]

    def __str__(self) -> str:
        return f"{self.wholesaler_id} {self.day}"


class MonthStamp(models.Model):
    """One wholesaler's month: the sums of its days, which are recomputed with every push, and its distinct buyers, to which days
    cannot be added up. `as_of` is when a day of it was pushed last.
    """

    id = models.BigAutoField(primary_key=True)
    wholesaler_id = models.UUIDField()
    month = models.DateField()
    buyers = models.PositiveIntegerField()
    sales = models.DecimalField(max_digits=20, decimal_places=2, db_default=0)
    documents = models.PositiveIntegerField(db_default=0)
    lines = models.PositiveIntegerField(db_default=0)
    units_awarded = models.BigIntegerField(db_default=0)
    units_reversed = models.BigIntegerField(db_default=0)
    units_spent = models.BigIntegerField(db_default=0)
    orders = models.PositiveIntegerField(db_default=0)
    as_of = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["wholesaler_id", "month"], name="one_month_stamp")]

    def __str__(self) -> str:
        return f"{self.wholesaler_id} {self.month}"


class Export(models.Model):
    """A workbook that somebody at headquarters asked for. Written in the background, kept for a few days."""

    class State(models.TextChoices):
        WAITING = "WAITING"
        DONE = "DONE"
        # written off after some attempts
        FAILED = "FAILED"

    id = uuid_key()
    network_id = models.UUIDField()
    requested_by = models.UUIDField()
    language = models.CharField(max_length=2)
    months = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    storage_key = models.CharField(max_length=120, blank=True, default="")
    created_at = created_stamp()
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["network_id", "created_at"], name="export_of_network")]

    def __str__(self) -> str:
        return f"{self.state} {self.pk}"
