"""Double-entry points, append-only. One row per transfer, so that an imbalance cannot be written down.

All amounts are units (hundredths of a point). Postings are made only by the SQL functions in `tenants/ledger/sql`, which
take every id from a row that they have just written or locked. So the hot tables carry no foreign keys in the database:
`ledger verify` names a row that points at nothing (docs/decisions/0006).
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from kolektor.kernel.fields import created_stamp, units_field, uuid_key


def _reference(to: Any, **options: Any) -> Any:
    """A reference that the database does not check."""
    return models.ForeignKey(to, on_delete=models.PROTECT, db_constraint=False, **options)


class Account(models.Model):
    """Where points are. Balance = credits − debits.

    Owned accounts (a member's or a firm's `available`, `pending`, `held`, `debt`) keep their balance; the program's accounts
    (`issued:…`, `redeemed:…`, …) are hot and derive it, so that no award waits for another.
    """

    class OwnerKind(models.TextChoices):
        MEMBER = "member"
        FIRM = "firm"
        PROGRAM = "program"

    id = models.BigAutoField(primary_key=True)
    owner_kind = models.CharField(max_length=8, choices=OwnerKind.choices)
    owner_id = models.UUIDField(null=True)
    role = models.CharField(max_length=40)
    balance = units_field(null=True)
    floor = units_field(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner_kind", "owner_id", "role"], name="one_account_per_role", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(floor__isnull=True) | Q(balance__gte=F("floor")), name="account_floor"),
            models.CheckConstraint(
                condition=Q(owner_id__isnull=True, balance__isnull=True)
                | Q(owner_id__isnull=False, balance__isnull=False),
                name="account_owner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner_kind} {self.owner_id or ''} {self.role}"


class Posting(models.Model):
    """One operation: its transfers belong together. The idempotency key is unique for good."""

    append_only = True
    bulk_loaded = True

    class Kind(models.TextChoices):
        AWARD = "award"
        REVERSE = "reverse"
        REPAY = "repay"
        HOLD = "hold"
        SETTLE = "settle"
        RELEASE = "release"
        MATURE = "mature"
        EXPIRE = "expire"
        ADJUST = "adjust"
        TRANSFER = "transfer"

    id = uuid_key()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    idempotency_key = models.CharField(max_length=200)
    input_hash = models.BinaryField(max_length=32)
    occurred_at = models.DateTimeField()
    posted_at = models.DateTimeField(db_default=Now())
    source_kind = models.CharField(max_length=20)
    source_id = models.CharField(max_length=60)
    actor = models.UUIDField(null=True)
    closes = _reference("self", null=True, related_name="closed_by", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idempotency_key"], name="one_posting_per_key"),
            models.UniqueConstraint(fields=["closes"], name="a_hold_closes_once", condition=Q(closes__isnull=False)),
        ]
        indexes: ClassVar = [models.Index(fields=["source_kind", "source_id"], name="posting_source")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Lot(models.Model):
    """Points that came together: their source, when they mature if not at once, when they expire. Immutable."""

    append_only = True
    bulk_loaded = True

    id = models.BigAutoField(primary_key=True)
    posting = _reference(Posting, related_name="lots")
    owner_kind = models.CharField(max_length=8)
    owner_id = models.UUIDField()
    amount = units_field()
    expires_at = models.DateTimeField(null=True)
    matures_at = models.DateTimeField(null=True)
    created_at = created_stamp()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(amount__gt=0), name="lot_positive")]

    def __str__(self) -> str:
        return f"lot {self.pk}"


class Transfer(models.Model):
    """Units from the debited to the credited account. A transfer on an owned account names its lot."""

    append_only = True
    bulk_loaded = True

    id = models.BigAutoField(primary_key=True)
    posting = _reference(Posting, related_name="transfers")
    debit = _reference(Account, related_name="+", db_index=False)
    credit = _reference(Account, related_name="+", db_index=False)
    amount = units_field()
    lot = _reference(Lot, null=True, related_name="transfers", db_index=False)

    class Meta:
        constraints: ClassVar = [
            # one constraint of two halves: each is read anew for every statement that writes
            models.CheckConstraint(condition=Q(amount__gt=0) & ~Q(debit=F("credit")), name="transfer_sound"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["debit", "id"], name="transfer_debit"),
            models.Index(fields=["credit", "id"], name="transfer_credit"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} of lot {self.lot_id}"


class LotBalance(models.Model):
    """How much of a lot lies in an `available` or `pending` account: a cache of the transfers, reconciled by `ledger verify`.

    An empty one is deleted. `expires_at` is the lot's, later where a hold was released after it. What is held is not here: a
    hold's own transfers name its lots.
    """

    pk = models.CompositePrimaryKey("account_id", "lot_id")
    account = _reference(Account, related_name="lot_balances", db_index=False)
    lot = _reference(Lot, related_name="balances", db_index=False)
    remaining = units_field()
    expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(remaining__gt=0), name="lot_balance_floor"),
        ]

    def __str__(self) -> str:
        return f"{self.remaining} of lot {self.lot_id}"


class PointsTransfer(models.Model):
    """Points that one owner gave to another by hand, with a note of the giver. No personal data in `note`, says the form."""

    append_only = True

    id = uuid_key()
    from_kind = models.CharField(max_length=8)
    from_id = models.UUIDField()
    to_kind = models.CharField(max_length=8)
    to_id = models.UUIDField()
    units = units_field()
    note = models.CharField(max_length=200, blank=True, default="")
    actor = models.UUIDField()
    created_at = created_stamp()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(units__gt=0), name="given_positive"),
            models.CheckConstraint(
                condition=~models.Q(from_kind=models.F("to_kind"), from_id=models.F("to_id")), name="given_to_another"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["from_id", "created_at"], name="transfers_from"),
            models.Index(fields=["to_id", "created_at"], name="transfers_to"),
        ]

    def __str__(self) -> str:
        return f"{self.units} to {self.to_id}"


class Adjustment(models.Model):
    """Why somebody of the staff changed a balance by hand. `units` is signed. No personal data in `reason`, says the form."""

    append_only = True

    id = uuid_key()
    owner_kind = models.CharField(max_length=8)
    owner_id = models.UUIDField()
    units = units_field()
    reason = models.CharField(max_length=200)
    actor = models.UUIDField()
    created_at = created_stamp()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(units=0), name="adjustment_not_zero")]

    def __str__(self) -> str:
        return f"{self.units}: {self.reason}"
