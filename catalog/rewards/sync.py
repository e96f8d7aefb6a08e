"""Catalog sync: what the partner sells becomes rewards. New ones wait inactive, vanished ones stay for their orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction

from catalog.rewards import pool
from catalog.rewards.models import Denomination, Reward
from catalog.rewards.ports import CatalogItem
from catalog.rewards.services import issuer_of
from kolektor.audit import services as audit
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.outbox.delivery import Delivery
from kolektor.kernel.outbox.services import emit
from tenants.partners import services as partners
from tenants.partners.models import Connection, Health

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class SyncCounts:
    """How many products were new, changed, gone from the partner's catalog, and the same as before."""

    added: int
    changed: int
    gone: int
    same: int

    def as_dict(self) -> dict[str, int]:
        """For the audit trail and the console."""
        return {"added": self.added, "changed": self.changed, "gone": self.gone, "same": self.same}


@transaction.atomic
def ask(*, connection_id: UUID, actor: UUID | None = None) -> Connection:
    """Have the catalog fetched in the background. Asking twice fetches once. Raises NotFound, DomainError PARTNER_PAUSED."""
    connection = Connection.objects.select_for_update().filter(pk=connection_id).first()
    if connection is None or connection.adapter == pool.ADAPTER:
        raise NotFound("connectionId")
    if not connection.enabled:
        raise DomainError("PARTNER_PAUSED", name=connection.name)
    health, _ = Health.objects.get_or_create(connection=connection)
    if health.sync_state != Health.Sync.ASKED:
        health.sync_state = Health.Sync.ASKED
        health.save(update_fields=["sync_state"])
        audit.record(action="catalog.sync_asked", object_type="connection", object_id=connection.pk, actor=actor)
        emit(
            "rewards.sync_asked",
            {"connection": str(connection.pk), "actor": str(actor) if actor else None},
        )
    return connection


def run(delivery: Delivery, payload: Mapping[str, Any]) -> None:
    """Handle `rewards.sync_asked`: fetch outside any transaction, then apply in one. Three tries, then it has failed."""
    connection = Connection.objects.get(pk=payload["connection"])
    actor = UUID(payload["actor"]) if payload.get("actor") else None
    try:
        issuer = issuer_of(connection)
        items = issuer.catalog()
        amount, currency = issuer.balance()
    except DomainError as error:
        if delivery.attempt < 3:
            delivery.postpone(error.data.get("seconds") or 5 * delivery.attempt, error.code)
            return
        with delivery.finish():
            _finished(connection, Health.Sync.FAILED, {})
            audit.record(
                action="catalog.sync_failed", object_type="connection", object_id=connection.pk, actor=actor,
                code=error.code,
            )  # fmt: skip
        return
    with delivery.finish():
        partners.note_balance(connection, amount, currency)
        apply(connection=connection, items=items, actor=actor)


@transaction.atomic
def apply(*, connection: Connection, items: list[CatalogItem], actor: UUID | None = None) -> SyncCounts:
    """Bring the rewards of a connection up to what it sells. Prices, categories and words that people set are left."""
    known = {
        row.product_id: row
        for row in Reward.objects.select_for_update().filter(connection=connection).prefetch_related("denominations")
    }
    added = changed = same = 0
    for item in items:
        reward = known.get(item.product_id)
        if reward is None:
            _add(connection, item, actor)
            added += 1
        elif _update(reward, item):
            changed += 1
        else:
            same += 1
    sold = {item.product_id for item in items}
    vanished = [row.pk for row in known.values() if row.available and row.product_id not in sold]
    Reward.objects.filter(pk__in=vanished).update(available=False)
    counts = SyncCounts(added, changed, len(vanished), same)
    _finished(connection, Health.Sync.DONE, counts.as_dict())
    audit.record(
        action="catalog.synced", object_type="connection", object_id=connection.pk, actor=actor, **counts.as_dict()
    )
    return counts


def _finished(connection: Connection, state: Health.Sync, counts: dict[str, int]) -> None:
    Health.objects.update_or_create(
        connection=connection, defaults={"sync_state": state, "sync_at": clock.now(), "sync_counts": counts}
    )


def _add(connection: Connection, item: CatalogItem, actor: UUID | None) -> None:
    fixed = bool(item.denominations)
    reward = Reward.objects.create(
        connection=connection,
        product_id=item.product_id[:60],
        name=item.name[:120],
        brand_name=item.brand[:80],
        kind=Reward.Kind.FIXED if fixed else Reward.Kind.RANGE,
        currency=item.currency,
        minimum=None if fixed else item.minimum,
        maximum=None if fixed else item.maximum,
        validity_days=item.validity_days,
        active=False,
    )
    reward.refresh_from_db()
    _add_denominations(reward, item)
    audit.record(action="reward.offered", object_type="reward", object_id=reward.pk, actor=actor)


def _add_denominations(reward: Reward, item: CatalogItem) -> bool:
    """Face values that are missing, at the reward's rate; a price that somebody set for a known one stays."""
    known = {row.amount for row in reward.denominations.all()}
    new = [amount for amount in item.denominations if amount not in known]
    Denomination.objects.bulk_create(
        Denomination(reward=reward, amount=amount, units=int(amount * reward.units_per_currency)) for amount in new
    )
    return bool(new)


def _update(reward: Reward, item: CatalogItem) -> bool:
    fixed = bool(item.denominations)
    wanted = {
        "name": item.name[:120],
        "brand_name": item.brand[:80],
        "kind": Reward.Kind.FIXED if fixed else Reward.Kind.RANGE,
        "currency": item.currency,
        "minimum": None if fixed else item.minimum,
        "maximum": None if fixed else item.maximum,
        "validity_days": item.validity_days,
        "available": True,
    }
    different = [name for name, value in wanted.items() if getattr(reward, name) != value]
    for name in different:
        setattr(reward, name, wanted[name])
    if different:
        reward.save(update_fields=different)
    gone, _ = reward.denominations.exclude(amount__in=item.denominations).delete()
    return _add_denominations(reward, item) or bool(different) or gone > 0
