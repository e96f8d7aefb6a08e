"""Earning rules in immutable versions, and the receipt of every award."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from kolektor.kernel.fields import created_stamp, units_field, uuid_key
from tenants.sales.models import SalesDocument, SalesLine


class Rule(models.Model):
    """What the wholesaler calls a rule; its content is in the versions."""

    id = uuid_key()
    code = models.CharField(max_length=60, unique=True)
    name_pl = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    created_at = created_stamp()

    def __str__(self) -> str:
        return self.code


class RuleVersion(models.Model):
    """One version. `spec` is never edited once live (a trigger refuses it); only state and end may change.

    A sale on `sale_date` is under the version whose period holds that day (both ends included; null is open).
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        SCHEDULED = "scheduled"
        LIVE = "live"
        RETIRED = "retired"

    id = uuid_key()
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices)
    spec = models.JSONField()
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.UUIDField(null=True)
    created_at = created_stamp()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rule", "number"], name="one_version_number"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} v{self.number}"


class AwardLine(models.Model):
    """Why a line gave points: rule version, template and inputs, never sentences; no personal data.

    `units` (hundredths of a point) is negative where a correction took points back; `adjusts` then names the first award.
    """

    append_only = True

    id = models.BigAutoField(primary_key=True)
    document = models.ForeignKey(SalesDocument, on_delete=models.PROTECT, related_name="award_lines")
    line = models.ForeignKey(SalesLine, on_delete=models.PROTECT, related_name="award_lines")
    version = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="award_lines")
    adjusts = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="adjustments")
    member_id = models.UUIDField()
    units = units_field()
    template = models.CharField(max_length=24)
    inputs = models.JSONField()

    def __str__(self) -> str:
        return f"{self.units} for line {self.line_id}"
