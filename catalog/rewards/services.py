"""Put rewards on the shelf from an aggregator's catalog, and price them."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.db import transaction

from catalog.rewards.models import Denomination, Reward
from catalog.rewards.ports import CatalogItem, Issuers, VoucherIssuer
from kolektor.audit import services as audit
from kolektor.kernel.binding import bound
from kolektor.kernel.errors import DomainError
from kolektor.kernel.points import Points
from tenants.partners import services as partners
from tenants.partners.models import Connection


def issuer_of(connection: Connection) -> VoucherIssuer:
    """The adapter of a connection, ready to call. Raises DomainError PARTNER_PAUSED, UNKNOWN_ADAPTER."""
    if not connection.enabled:
        raise DomainError("PARTNER_PAUSED", name=connection.name)
    return bound(Issuers).open(
        adapter=connection.adapter,
        base_url=connection.base_url,
        credentials=partners.credentials(connection),
        log=partners.DatabaseCallLog(connection),
    )


@transaction.atomic
def offer(
    *,
    connection: Connection,
    item: CatalogItem,
    units_per_currency: int = 100,
    category: str = "",
    color: str = "#444444",
    description_pl: str = "",
    description_en: str = "",
    actor: UUID | None = None,
) -> Reward:
    """Offer a product of the aggregator, or bring its offer up to date. `units_per_currency`: units for 1.00 of face value."""
    if units_per_currency <= 0:
        raise DomainError("AMOUNT_NOT_POSITIVE", field="units_per_currency")
    fixed = bool(item.denominations)
    reward, _ = Reward.objects.update_or_create(
        connection=connection,
        product_id=item.product_id,
        defaults={
            "name": item.name,
            "brand_name": item.brand,
            "description_pl": description_pl,
            "description_en": description_en,
            "category": category,
            "kind": Reward.Kind.FIXED if fixed else Reward.Kind.RANGE,
            "currency": item.currency,
            "minimum": None if fixed else item.minimum,
            "maximum": None if fixed else item.maximum,
            "units_per_currency": units_per_currency,
            "validity_days": item.validity_days,
            "color": color,
            "active": True,
        },
    )
    reward.denominations.exclude(amount__in=item.denominations).delete()
    for amount in item.denominations:
        Denomination.objects.update_or_create(
            reward=reward, amount=amount, defaults={"units": int(amount * units_per_currency)}
        )
    reward.refresh_from_db()
    audit.record(action="reward.offered", object_type="reward", object_id=reward.pk, actor=actor)
    return reward


def price(reward: Reward, face_value: Decimal) -> Points:
    """Points for a face value. Raises DomainError BAD_FACE_VALUE when the reward does not come in it."""
    if not reward.active:
        raise DomainError("REWARD_GONE", field="rewardId")
    if reward.kind == Reward.Kind.FIXED:
        for denomination in reward.denominations.all():
            if denomination.amount == face_value:
                return Points(denomination.units)
        raise DomainError("BAD_FACE_VALUE", field="faceValue")
    assert reward.minimum is not None and reward.maximum is not None
    if face_value != round(face_value, 2) or not reward.minimum <= face_value <= reward.maximum:
        raise DomainError(
            "FACE_VALUE_RANGE", field="faceValue", minimum=str(reward.minimum), maximum=str(reward.maximum)
        )
    # rounded up: a price is never below what the face value costs
    units = face_value * reward.units_per_currency
    return Points(int(units.to_integral_value(rounding="ROUND_CEILING")))
