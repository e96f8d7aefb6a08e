"""Place an order; move it through its states.

PLACED → ISSUING → FULFILLED          points held, then settled
  ↑         ↓ ↑  ↘ FAILED             released
  ↑       UNKNOWN                     the partner gave no answer: being checked, points stay held
AWAITING → DECLINED                   a fitter's order that the firm's owner decides; points held, then released
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction

from catalog.orders import approvals
from catalog.orders.models import Order
from catalog.rewards import pool
from catalog.rewards import services as rewards
from catalog.rewards.models import Reward
from kolektor.audit import services as audit
from kolektor.kernel import clock, faultpoints
from kolektor.kernel.errors import Conflict, DomainError, NotFound
from kolektor.kernel.outbox.services import emit
from kolektor.kernel.points import Points
from kolektor.kernel.prepared import Prepared, Slot
from tenants.ledger import services as ledger
from tenants.ledger.services import Owner, Source
from tenants.members import terms
from tenants.members.models import Member
from tenants.program import confirming

OPEN: Final = frozenset({Order.State.PLACED, Order.State.ISSUING, Order.State.UNKNOWN})
MAX_FACE_VALUE: Final = Decimal(100_000)
GROSZ: Final = Decimal("0.01")
_REWARD: Final = Prepared(lambda: Reward.objects.filter(pk=Slot("id")))


def place(
    *,
    member: Member,
    reward_id: UUID,
    face_value: Decimal,
    idempotency_key: str,
    actor: UUID | None = None,
    proved_at: datetime | None = None,
) -> Order:
    """Order a voucher: price it, hold the points, ask for it to be issued. The same key gives the first order.

    Above the program's limit whoever orders must have proved who they are just before (`proved_at`, UTC).
    A fitter's order waits for the firm's owner where the owner wants to be asked.

    Raises NotFound, Conflict, DomainError INSUFFICIENT_POINTS, BAD_FACE_VALUE, FACE_VALUE_RANGE, REWARD_GONE, SOLD_OUT, BAD_KEY,
    SPENDING_NOT_ALLOWED, REAUTHENTICATION_REQUIRED, TERMS_NOT_ACCEPTED. Locks the member's ledger accounts.
    """
    if not 8 <= len(idempotency_key) <= 80:
        raise DomainError("BAD_KEY", field="idempotencyKey")
    if not face_value.is_finite() or not 0 < face_value <= MAX_FACE_VALUE:
        raise DomainError("BAD_FACE_VALUE", field="faceValue")
    try:
        with transaction.atomic():
            order = _place(member, reward_id, face_value, idempotency_key, actor, proved_at)
    except (IntegrityError, DomainError):
        # most keys are new, so the first order of a known one is looked for only when something is in the way
        known = Order.objects.filter(member=member, idempotency_key=idempotency_key).first()
        if known is None:
            raise
        return _same(known, reward_id, face_value)
    faultpoints.reach("order.after_place")
    return order


def _place(
    member: Member, reward_id: UUID, face_value: Decimal, key: str, actor: UUID | None, proved_at: datetime | None
) -> Order:
    reward = _REWARD.first(id=reward_id)
    if reward is None:
        raise NotFound("rewardId")
    terms.require_accepted(member.pk)
    points = rewards.price(reward, face_value)
    confirming.require_proof(points=points, proved_at=proved_at)
    asks = approvals.asks_owner(member)
    order = _write(member, reward, face_value, points, key, Order.State.AWAITING if asks else Order.State.PLACED)
    if reward.pooled:
        pool.set_aside(reward=reward, amount=order.face_value, reference=order.pk.hex)
    order.hold_id = ledger.hold(
        owner=Owner("member", member.pk),
        points=points,
        key=f"hold:{order.pk}",
        occurred_at=clock.now(),
        source=Source("order", str(order.pk)),
        actor=actor,
    )
    Order.objects.filter(pk=order.pk).update(hold_id=order.hold_id)
    if asks:
        approvals.ask(order, actor=actor)
        return order
    audit.record(action="order.placed", object_type="order", object_id=order.pk, actor=actor)
    emit("orders.placed", {"order": str(order.pk)})
    return order


def _write(member: Member, reward: Reward, face_value: Decimal, points: Points, key: str, state: Order.State) -> Order:
    order = Order(
        member=member,
        reward=reward,
        face_value=face_value.quantize(GROSZ),
        currency=reward.currency,
        units=points.units,
        idempotency_key=key,
        state=state,
    )
    order.save(force_insert=True)
    return order


def _same(order: Order, reward_id: UUID, face_value: Decimal) -> Order:
    if (order.reward_id, order.face_value) != (reward_id, face_value):
        raise Conflict("idempotencyKey")
    return order


def start_issuing(*, order_id: UUID) -> Order | None:
    """Mark that a partner is being asked. Returns None when the order is already closed."""
    with transaction.atomic():
        order = _locked(order_id)
        if order.state not in OPEN:
            return None
        if order.state == Order.State.PLACED:
            order.state = Order.State.ISSUING
            order.save(update_fields=["state"])
            audit.record(action="order.issuing", object_type="order", object_id=order.pk)
    return order


def mark_unknown(*, order_id: UUID, reason: str) -> None:
    """The partner did not answer, or not clearly: nothing is decided, the points stay held."""
    with transaction.atomic():
        order = _locked(order_id)
        if order.state in OPEN and order.state != Order.State.UNKNOWN:
            order.state = Order.State.UNKNOWN
            order.save(update_fields=["state"])
            audit.record(action="order.unknown", object_type="order", object_id=order.pk, reason=reason)


def fulfill(*, order_id: UUID) -> Order:
    """The voucher is there: settle the points. In the caller's transaction. Raises DomainError ORDER_CLOSED."""
    order = _open(order_id)
    assert order.hold_id is not None
    ledger.settle(hold_id=order.hold_id, redeemed="voucher", key=f"settle:{order.pk}", occurred_at=clock.now())
    return _close(order, Order.State.FULFILLED)


def fail(*, order_id: UUID, reason: str) -> Order:
    """The partner refused for good: give the points back. In the caller's transaction. Raises DomainError ORDER_CLOSED."""
    order = _open(order_id)
    assert order.hold_id is not None
    ledger.release(hold_id=order.hold_id, key=f"release:{order.pk}", occurred_at=clock.now())
    order.failure = reason[:40]
    return _close(order, Order.State.FAILED, reason=reason)


def _close(order: Order, state: Order.State, *, reason: str = "") -> Order:
    order.state = state
    order.closed_at = clock.now()
    order.save(update_fields=["state", "closed_at", "failure"])
    data: dict[str, Any] = {"reason": reason} if reason else {}
    audit.record(action=f"order.{state.value.lower()}", object_type="order", object_id=order.pk, **data)
    emit("orders.closed", {"order": str(order.pk), "day": order.created_at.astimezone(clock.WARSAW).date().isoformat()})
    return order


def _locked(order_id: UUID) -> Order:
    return Order.objects.select_for_update(of=("self",)).get(pk=order_id)


def _open(order_id: UUID) -> Order:
    order = _locked(order_id)
    if order.state not in OPEN:
        raise DomainError("ORDER_CLOSED", state=order.state)
    return order
