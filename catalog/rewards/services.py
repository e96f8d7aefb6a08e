"""Put rewards on the shelf from an aggregator's catalog, and price them."""

from __future__ import annotations

from decimal import Decimal
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction

from catalog.rewards import pool
from catalog.rewards.models import Denomination, Reward
from catalog.rewards.ports import CatalogItem, Issuers, VoucherIssuer
from kolektor.audit import services as audit
from kolektor.kernel.binding import bound
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.points import Points
from tenants.partners import breaker
from tenants.partners import services as partners
from tenants.partners.models import Connection

MAX_UNITS: Final = 100_000_000
MAX_AMOUNT: Final = Decimal(100_000)
POOL_NAME: Final = "Kody własne"


def issuer_of(connection: Connection) -> VoucherIssuer:
    """The adapter of a connection, ready to call. Raises DomainError PARTNER_PAUSED, PARTNER_RESTING, UNKNOWN_ADAPTER."""
    if not connection.enabled:
        raise DomainError("PARTNER_PAUSED", name=connection.name)
    breaker.enter(connection)
    return adapter_of(connection)


def adapter_of(connection: Connection) -> VoucherIssuer:
    """The adapter of a connection whatever its state: to check what the partner sent us. Raises DomainError UNKNOWN_ADAPTER."""
    if connection.adapter == pool.ADAPTER:
        return pool.CodePool(connection)
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
            "available": True,
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


@transaction.atomic
def offer_pool(
    *,
    name: str,
    brand_name: str,
    amounts: list[Decimal],
    units_per_currency: int = 100,
    category: str = "",
    color: str = "#444444",
    actor: UUID | None = None,
) -> Reward:
    """A reward whose codes the wholesaler uploads; inactive until somebody activates it. Raises DomainError."""
    if not name.strip() or len(name.strip()) > 120:
        raise DomainError("NAME_MISSING", field="name")
    if not brand_name.strip() or len(brand_name.strip()) > 80:
        raise DomainError("NAME_MISSING", field="brandName")
    if not amounts or any(not 0 < amount <= MAX_AMOUNT or amount != round(amount, 2) for amount in amounts):
        raise DomainError("BAD_AMOUNTS", field="amounts")
    _check_rate(units_per_currency)
    connection = Connection.objects.filter(adapter=pool.ADAPTER).first() or partners.connect(
        name=POOL_NAME, kind="voucher", adapter=pool.ADAPTER, base_url="", credentials={}, actor=actor
    )
    reward = Reward.objects.create(
        connection=connection,
        product_id=uuid4().hex,
        name=name.strip(),
        brand_name=brand_name.strip(),
        category=category.strip()[:60],
        kind=Reward.Kind.FIXED,
        units_per_currency=units_per_currency,
        color=color,
        pooled=True,
        active=False,
    )
    reward.refresh_from_db()
    Denomination.objects.bulk_create(
        Denomination(reward=reward, amount=amount, units=int(amount * units_per_currency))
        for amount in sorted(set(amounts))
    )
    audit.record(action="reward.offered", object_type="reward", object_id=reward.pk, actor=actor)
    return reward


@transaction.atomic
def change(
    *,
    reward_id: UUID,
    active: bool | None = None,
    units_per_currency: int | None = None,
    category: str | None = None,
    actor: UUID | None = None,
) -> Reward:
    """Put a reward into the shop or take it out, price it (units for 1.00 of face value), file it. None leaves as it is.

    A new rate prices all face values anew. Orders that were placed keep their price. Raises NotFound, DomainError.
    """
    reward = Reward.objects.select_for_update().filter(pk=reward_id).first()
    if reward is None:
        raise NotFound("rewardId")
    if active and not reward.available:
        raise DomainError("REWARD_GONE", field="active")
    changed: dict[str, object] = {}
    if units_per_currency is not None and units_per_currency != reward.units_per_currency:
        _check_rate(units_per_currency)
        changed["units_per_currency"] = reward.units_per_currency = units_per_currency
        for item in reward.denominations.all():
            item.units = max(1, int(item.amount * units_per_currency))
            item.save(update_fields=["units"])
    if category is not None and category.strip()[:60] != reward.category:
        changed["category"] = reward.category = category.strip()[:60]
    if active is not None and active != reward.active:
        changed["active"] = reward.active = active
    if changed:
        reward.save(update_fields=list(changed))
        _record_change(reward, changed, actor)
    return reward


def _record_change(reward: Reward, changed: dict[str, object], actor: UUID | None) -> None:
    if "active" in changed:
        action = "reward.activated" if reward.active else "reward.deactivated"
        audit.record(action=action, object_type="reward", object_id=reward.pk, actor=actor)
    if "units_per_currency" in changed:
        rate = str(Points(reward.units_per_currency))
        audit.record(action="reward.priced", object_type="reward", object_id=reward.pk, actor=actor, rate=rate)
    if "category" in changed:
        audit.record(
            action="reward.filed", object_type="reward", object_id=reward.pk, actor=actor, category=reward.category
        )


def _check_rate(units_per_currency: int) -> None:
    if not 0 < units_per_currency <= MAX_UNITS:
        raise DomainError("AMOUNT_NOT_POSITIVE", field="pointsPerUnit")


def price(reward: Reward, face_value: Decimal) -> Points:
    """Points for a face value. Raises DomainError BAD_FACE_VALUE when the reward does not come in it."""
    if not reward.active or not reward.available:
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
