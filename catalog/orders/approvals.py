"""A fitter's order that the owner of the firm decides: ask, approve, decline, withdraw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from catalog.orders.models import Order
from catalog.rewards import pool
from kolektor.audit import services as audit
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.outbox.services import emit
from kolektor.kernel.points import Points
from tenants.ledger import services as ledger
from tenants.members.models import FirmMembership, Member
from tenants.program import confirming

ASKED: Final = "orders.approval_asked"
DECIDED: Final = "orders.approval_decided"
# an order that nobody decides gives its points back
DAYS: Final = 14
REASON_LENGTH: Final = 40


def asks_owner(member: Member) -> bool:
    """Whether an order of the member waits for the firm's owner. Raises DomainError SPENDING_NOT_ALLOWED."""
    if member.firm_id is None or member.firm_role == Member.FirmRole.OWNER:
        return False
    here = FirmMembership.objects.filter(member=member, left_at__isnull=True)
    spending = here.values_list("spending", flat=True).first()
    if spending == FirmMembership.Spending.NONE:
        raise DomainError("SPENDING_NOT_ALLOWED")
    return spending == FirmMembership.Spending.APPROVAL


def ask(order: Order, *, actor: UUID | None) -> None:
    """Tell the owner that an order waits, in the caller's transaction."""
    audit.record(action="order.approval_asked", object_type="order", object_id=order.pk, actor=actor)
    emit(ASKED, {"order": str(order.pk)})


def awaiting(firm_id: UUID) -> QuerySet[Order]:
    """Orders that wait for the firm's owner, the oldest first: of fitters, and what the owner asked for as a fitter once."""
    rows = Order.objects.select_related("member", "reward").filter(state=Order.State.AWAITING)
    return rows.filter(member__firm_id=firm_id).order_by("sequence")


def _locked(owner: Member, order_id: UUID) -> Order:
    """An order of somebody of the owner's firm that still waits. Raises NotFound, DomainError ORDER_DECIDED."""
    if owner.firm_id is None or owner.firm_role != Member.FirmRole.OWNER:
        raise NotFound("id")
    rows = Order.objects.select_for_update(of=("self",)).select_related("member", "reward")
    order = rows.filter(pk=order_id, member__firm_id=owner.firm_id).first()
    if order is None:
        raise NotFound("id")
    if order.state != Order.State.AWAITING:
        raise DomainError("ORDER_DECIDED")
    return order


@transaction.atomic
def approve(*, owner: Member, order_id: UUID, proved_at: datetime | None = None) -> Order:
    """The owner says yes: the voucher is ordered. Raises NotFound, DomainError ORDER_DECIDED, REAUTHENTICATION_REQUIRED."""
    order = _locked(owner, order_id)
    confirming.require_proof(points=Points(order.units), proved_at=proved_at)
    order.state = Order.State.PLACED
    order.save(update_fields=["state"])
    audit.record(action="order.approved", object_type="order", object_id=order.pk, actor=owner.person_id)
    emit("orders.placed", {"order": str(order.pk)})
    emit(DECIDED, {"order": str(order.pk)})
    return order


@transaction.atomic
def decline(*, owner: Member, order_id: UUID) -> Order:
    """The owner says no: the points go back to the fitter. Raises NotFound, DomainError ORDER_DECIDED."""
    order = _locked(owner, order_id)
    return _give_back(order, "owner", owner.person_id)


@transaction.atomic
def withdraw(*, member: Member, order_id: UUID) -> Order:
    """The fitter takes back what still waits. Raises NotFound, DomainError ORDER_DECIDED."""
    rows = Order.objects.select_for_update(of=("self",)).select_related("member", "reward")
    order = rows.filter(pk=order_id, member=member).first()
    if order is None:
        raise NotFound("id")
    if order.state != Order.State.AWAITING:
        raise DomainError("ORDER_DECIDED")
    return _give_back(order, "withdrawn", member.person_id)


def _give_back(order: Order, reason: str, actor: UUID | None) -> Order:
    assert order.hold_id is not None
    ledger.release(hold_id=order.hold_id, key=f"release:{order.pk}", occurred_at=clock.now(), actor=actor)
    if order.reward.pooled:
        pool.put_back(reference=order.pk.hex)
    order.state, order.failure, order.closed_at = Order.State.DECLINED, reason, clock.now()
    order.save(update_fields=["state", "failure", "closed_at"])
    audit.record(action=f"order.declined_{reason}", object_type="order", object_id=order.pk, actor=actor)
    emit(DECIDED, {"order": str(order.pk)})
    emit("orders.closed", {"order": str(order.pk), "day": order.created_at.astimezone(clock.WARSAW).date().isoformat()})
    return order


def on_left_firm(payload: Mapping[str, Any]) -> None:
    """Handle `members.left_firm`: nobody is left to decide what waits, so the points go back."""
    rows = Order.objects.select_for_update(of=("self",)).select_related("reward").order_by("sequence")
    for order in rows.filter(member_id=payload["member"], state=Order.State.AWAITING):
        _give_back(order, "left_firm", None)


def end_undecided() -> int:
    """Give back the points of orders that waited for `DAYS` days, in the caller's transaction. Returns how many."""
    rows = Order.objects.select_for_update(of=("self",), skip_locked=True).select_related("reward").order_by("sequence")
    late = rows.filter(state=Order.State.AWAITING, created_at__lt=clock.now() - timedelta(days=DAYS))
    return len([_give_back(order, "undecided", None) for order in late])
