"""The program's settings and brand: one row each per wholesaler."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from kolektor.kernel.fields import created_stamp
from kolektor.kernel.wording import default_point_forms
from kolektor.network.models import COLOR


class ProgramSettings(models.Model):
    """How this wholesaler's program works. Exactly one row."""

    class Rounding(models.TextChoices):
        HALF_EVEN = "half_even"
        HALF_UP = "half_up"

    class Registration(models.TextChoices):
        CLOSED = "closed"
        REVIEWED = "reviewed"
        OPEN = "open"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=120)
    nip = models.CharField(max_length=10, blank=True, default="")
    currency = models.CharField(max_length=3, default="PLN")
    point_forms = models.JSONField(default=default_point_forms)
    rounding = models.CharField(max_length=10, choices=Rounding.choices, default=Rounding.HALF_EVEN)
    lot_life_months = models.PositiveSmallIntegerField(null=True, default=24)
    # sales of a buyer who becomes a member later are awarded if they are not older than this; 0 for never
    late_match_days = models.PositiveSmallIntegerField(default=90, db_default=90)
    # whoever spends more points than this at once proves first, within ten minutes, who they are; null: nobody is asked
    confirm_above = models.PositiveIntegerField(null=True, default=5000, db_default=5000)
    # whether people may ask to join by themselves; the criteria are what they confirm. "open": at once with the number of an
    # invoice of theirs, else after review
    registration = models.CharField(
        max_length=8, choices=Registration.choices, default=Registration.CLOSED, db_default=Registration.CLOSED.value
    )
    criteria_pl = models.TextField(blank=True, default="", db_default="")
    criteria_en = models.TextField(blank=True, default="", db_default="")
    # the calendar day (Poland) whose daily work is done: maturing, expiry, notices
    daily_done_on = models.DateField(null=True)
    support_email = models.EmailField(blank=True, default="")
    support_phone = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="program_settings_one_row")]

    def __str__(self) -> str:
        return self.name


class Branding(models.Model):
    """What the wholesaler's pages look like. Exactly one row. The logo is drawn from letters and a shape, or uploaded."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    primary_color = models.CharField(max_length=7, validators=[COLOR])
    accent_color = models.CharField(max_length=7, validators=[COLOR])
    surface_color = models.CharField(max_length=7, validators=[COLOR], default="#ffffff")
    logo_text = models.CharField(max_length=3)
    logo_shape = models.CharField(max_length=10, default="circle")
    # SHA-256 of the uploaded logo, which its files are named by; empty: the drawn one
    logo = models.CharField(max_length=64, blank=True, default="", db_default="")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="branding_one_row")]

    def __str__(self) -> str:
        return self.primary_color


class Terms(models.Model):
    """One published version of the program's terms, for good: people agreed to it. The highest number is in force."""

    append_only = True

    number = models.PositiveIntegerField(primary_key=True)
    text_pl = models.TextField()
    text_en = models.TextField()
    published_at = created_stamp()
    published_by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"version {self.number}"
