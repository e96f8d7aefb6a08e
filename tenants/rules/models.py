"""Earning rules in immutable versions, and the receipt of every award."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
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
    `wanted` is what the line asked for where a cap or a budget gave less. `posting_key` is the ledger's, for what is given.
    """

    append_only = True
    bulk_loaded = True

    id = models.BigAutoField(primary_key=True)
    document = models.ForeignKey(SalesDocument, on_delete=models.PROTECT, related_name="award_lines")
    line = models.ForeignKey(SalesLine, on_delete=models.PROTECT, related_name="award_lines")
    version = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="award_lines")
    adjusts = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="adjustments")
    member_id = models.UUIDField()
    units = units_field()
    wanted = units_field(null=True)
    template = models.CharField(max_length=24)
    inputs = models.JSONField()
    posting_key = models.CharField(max_length=120, db_default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["line", "version"], name="one_award_per_line", condition=models.Q(adjusts__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.units} for line {self.line_id}"


class AwardShare(models.Model):
    """A fitter's part of an award line of the fitter's firm, in units of the same sign. What no part names is the buyer's.

    The parts are the evidence of who got what; `sql/shares.sql` decides them.
    """

    append_only = True
    bulk_loaded = True

    id = models.BigAutoField(primary_key=True)
    award_line = models.ForeignKey(AwardLine, on_delete=models.PROTECT, related_name="shares")
    member_id = models.UUIDField()
    units = units_field()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["award_line", "member_id"], name="one_part_of_an_award"),
            models.CheckConstraint(condition=~models.Q(units=0), name="part_not_zero"),
        ]
        indexes: ClassVar = [models.Index(fields=["member_id"], name="parts_of_member")]

    def __str__(self) -> str:
        return f"{self.units} of award line {self.award_line_id}"


class CappedLine(models.Model):
    """Where a first award stands under its version's caps and budget. In units (hundredths of a point).

    A working state, derived from the award lines and what corrects them: `wanted` is asked for now, `passed` is let through
    by each cap in turn, `reached` by the last of them, `granted` by the budget.
    """

    bulk_loaded = True

    award = models.OneToOneField(AwardLine, on_delete=models.PROTECT, primary_key=True, related_name="capped")
    version = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, db_index=False, related_name="+")
    member_id = models.UUIDField()
    firm_key = models.UUIDField()
    sale_date = models.DateField()
    wanted = units_field()
    passed = ArrayField(models.BigIntegerField())
    reached = units_field()
    granted = units_field()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(granted__gte=0), name="granted_not_negative"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["version", "member_id"], name="capped_member"),
            models.Index(fields=["version", "firm_key"], name="capped_firm"),
        ]

    def __str__(self) -> str:
        return f"{self.granted} of {self.wanted} for {self.award_id}"


class CapUsage(models.Model):
    """How much a cap has let through for its owner in a period; `cap` counts from 1 in the version's order.

    Cap 0 is the version's budget, of owner 0 and the period that begins with the calendar.
    """

    bulk_loaded = True

    pk = models.CompositePrimaryKey("version_id", "cap", "owner_id", "period")
    version = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, db_index=False, related_name="usage")
    cap = models.PositiveSmallIntegerField()
    owner_id = models.UUIDField()
    period = models.DateField()
    units = units_field()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(units__gte=0), name="usage_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.units} by cap {self.cap}"
