"""What points buy: voucher rewards with fixed or free face values, and the codes that a wholesaler uploaded."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kolektor.kernel.fields import created_stamp, units_field, uuid_key
from tenants.partners.models import Connection


class Reward(models.Model):
    """A voucher of a brand, issued by an aggregator or given from a pool of codes.

    Face values in `currency`, prices in units (hundredths of a point).
    """

    class Kind(models.TextChoices):
        FIXED = "FIXED"
        RANGE = "RANGE"

    id = uuid_key()
    name = models.CharField(max_length=120)
    brand_name = models.CharField(max_length=80)
    description_pl = models.TextField(blank=True, default="")
    description_en = models.TextField(blank=True, default="")
    category = models.CharField(max_length=60, blank=True, default="")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    currency = models.CharField(max_length=3, default="PLN")
    minimum = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    maximum = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    units_per_currency = units_field(default=100)
    validity_days = models.PositiveIntegerField(null=True)
    color = models.CharField(max_length=7, default="#444444")
    # SHA-256 of the uploaded picture, which its files are named by; empty without one
    picture = models.CharField(max_length=64, blank=True, default="", db_default="")
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="rewards")
    product_id = models.CharField(max_length=60)
    active = models.BooleanField(default=True)
    # the partner sells it (catalog sync); a vanished product keeps its row, because orders refer to it
    available = models.BooleanField(default=True)
    # the codes are the wholesaler's own (`PoolCode`); no partner is asked
    pooled = models.BooleanField(default=False)
    created_at = created_stamp()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["connection", "product_id"], name="one_reward_per_product"),
            models.CheckConstraint(
                condition=Q(kind="FIXED") | Q(minimum__gt=0, maximum__gte=models.F("minimum")),
                name="reward_range",
            ),
            models.CheckConstraint(condition=Q(units_per_currency__gt=0), name="reward_priced"),
        ]

    def __str__(self) -> str:
        return self.name


class Denomination(models.Model):
    """One fixed face value of a reward."""

    id = uuid_key()
    reward = models.ForeignKey(Reward, on_delete=models.CASCADE, related_name="denominations")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    units = units_field()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reward", "amount"], name="one_denomination"),
            models.CheckConstraint(condition=Q(amount__gt=0, units__gt=0), name="denomination_positive"),
        ]

    def __str__(self) -> str:
        return str(self.amount)


class PoolCode(models.Model):
    """A code that the wholesaler uploaded, of one reward and face value. Encrypted; given once, to the order in `reference`."""

    id = uuid_key()
    reward = models.ForeignKey(Reward, on_delete=models.PROTECT, related_name="codes")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    code_encrypted = models.BinaryField()
    pin_encrypted = models.BinaryField(null=True)
    fingerprint = models.BinaryField(max_length=32)
    expires_on = models.DateField(null=True)
    uploaded_at = created_stamp()
    reference = models.CharField(max_length=64, null=True, unique=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reward", "fingerprint"], name="one_pool_code"),
            models.CheckConstraint(
                condition=Q(reference__isnull=True, taken_at__isnull=True)
                | Q(reference__isnull=False, taken_at__isnull=False),
                name="pool_code_taken",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["reward", "amount", "expires_on", "id"], name="free_codes", condition=Q(reference__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
