"""Issue vouchers: two-phase, at least once asked, exactly once given.

The partner is asked outside any transaction, always with the same reference. A timeout is unknown and never failed: the
next try looks the reference up. Points are settled in the transaction that keeps the code, released only on a definite no.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import IntegrityError, transaction
from django.db.models import F

from catalog.fulfillment.models import Voucher, VoucherIssue
from catalog.orders import services as orders
from catalog.orders.models import Order
from catalog.rewards import services as rewards
from catalog.rewards.fingerprints import fingerprint
from catalog.rewards.ports import IssueResult, VoucherCode, VoucherIssuer, VoucherRequest
from kolektor.audit import services as audit
from kolektor.kernel import clock, faultpoints, vault
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.outbox.delivery import Delivery, LeaseLost

log = structlog.get_logger(__name__)


def issue(delivery: Delivery, payload: Mapping[str, Any]) -> None:
    """Handle `orders.placed`: ask the partner and finish the order, or put it off."""
    order = orders.start_issuing(order_id=UUID(payload["order"]))
    if order is None:
        with delivery.finish():
            return
    faultpoints.reach("issue.started")
    record = _record(order)
    try:
        issuer = rewards.issuer_of(record.connection)
    except DomainError as error:  # paused, or resting: the order waits with its points held
        delivery.postpone(error.data.get("seconds") or 60, error.code)
        return
    faultpoints.reach("issue.before_call")
    result = _ask(issuer, order, record)
    faultpoints.reach("issue.after_call")
    _note(record, result)
    faultpoints.reach("issue.answer_noted")
    _conclude(delivery, order, result)
    faultpoints.reach("issue.after_commit")


def check(delivery: Delivery, payload: Mapping[str, Any]) -> None:
    """Handle `orders.check_asked` (a webhook came, or somebody at the console asked): look the order up once, at once.

    An answer that decides ends the order. Any other is left: the delivery of `orders.placed` goes on asking.
    """
    order = Order.objects.select_related("reward").get(pk=UUID(payload["order"]))
    record = VoucherIssue.objects.select_related("connection").filter(order=order).first()
    # not asked yet: whoever is about to ask will have the answer
    if order.state in orders.OPEN and record is not None and record.asked:
        try:
            issuer = rewards.issuer_of(record.connection)
        except DomainError as error:
            log.info("order.check_put_off", order=str(order.pk), code=error.code)
        else:
            result = _ask(issuer, order, record)
            _note(record, result)
            if result.state == "failed" or (result.state == "done" and result.code is not None):
                _conclude(delivery, order, result)
                return
    with delivery.finish():
        return


def _note(record: VoucherIssue, result: IssueResult) -> None:
    VoucherIssue.objects.filter(pk=record.pk).update(
        asked=F("asked") + 1,
        last_state=result.state,
        last_reason=(result.reason or "")[:40],
        partner_id=(result.partner_id or record.partner_id)[:80],
    )


def _record(order: Order) -> VoucherIssue:
    with transaction.atomic():
        record, _ = VoucherIssue.objects.get_or_create(
            order=order, defaults={"connection_id": order.reward.connection_id, "reference": order.pk.hex}
        )
    return VoucherIssue.objects.select_related("connection").get(pk=record.pk)


def _ask(issuer: VoucherIssuer, order: Order, record: VoucherIssue) -> IssueResult:
    request = VoucherRequest(
        reference=record.reference,
        product_id=order.reward.product_id,
        face_value=order.face_value,
        currency=order.currency,
    )
    if record.asked == 0:
        # a worker that died after asking left no mark: placing with the same reference again is safe by contract
        return issuer.place(request)
    found = issuer.poll(record.reference)
    if found.state == "failed" and found.reason == "not_found":
        return issuer.place(request)
    return found


def _conclude(delivery: Delivery, order: Order, result: IssueResult) -> None:
    wait = result.retry_after_seconds or min(60, 2 ** min(delivery.attempt, 6))
    if result.state == "done" and result.code is not None:
        try:
            with delivery.finish():
                _keep(order, result.code)
                orders.fulfill(order_id=order.pk)
                faultpoints.reach("issue.before_commit")
        except IntegrityError as error:
            if Voucher.objects.filter(order=order).exists():  # another worker kept it after our lease ran out
                raise LeaseLost from error
            delivery.settled = False
            log.error("voucher.code_given_twice", order=str(order.pk))
            orders.mark_unknown(order_id=order.pk, reason="duplicate_code")
            delivery.postpone(300, "duplicate_code")
    elif result.state == "failed":
        _refuse(delivery, order, result.reason or "rejected")
    elif result.state == "accepted":
        delivery.postpone(wait, "accepted")  # a webhook is faster
    else:
        orders.mark_unknown(order_id=order.pk, reason=result.reason or "unknown")
        delivery.postpone(wait, result.reason or "unknown")


def _refuse(delivery: Delivery, order: Order, reason: str) -> None:
    try:
        with delivery.finish():
            orders.fail(order_id=order.pk, reason=reason)
    except DomainError as error:
        if error.code != "ORDER_CLOSED":
            raise
        with delivery.finish():  # another delivery of the same order was faster
            return


def _keep(order: Order, code: VoucherCode) -> Voucher:
    voucher = Voucher(
        order=order,
        member_id=order.member_id,
        code_encrypted=vault.encrypt(code.code),
        pin_encrypted=vault.encrypt(code.pin) if code.pin else None,
        fingerprint=fingerprint(order.reward_id, code.code),
        expires_on=code.expires_on,
    )
    voucher.save()
    return voucher


def reveal(*, member_id: UUID, voucher_id: UUID, actor: UUID) -> tuple[Voucher, str, str | None]:
    """The code in the clear, for its owner; the first look is stamped. Raises NotFound, DomainError VAULT_UNREADABLE."""
    with transaction.atomic():
        voucher = (
            Voucher.objects.select_for_update(of=("self",))
            .select_related("order__reward")
            .filter(pk=voucher_id, member_id=member_id)
            .first()
        )
        if voucher is None:
            raise NotFound("voucherId")
        code = vault.decrypt(voucher.code_encrypted)
        pin = vault.decrypt(voucher.pin_encrypted) if voucher.pin_encrypted else None
        if voucher.revealed_at is None:
            voucher.revealed_at = clock.now()
            voucher.save(update_fields=["revealed_at"])
        audit.record(action="voucher.revealed", object_type="order", object_id=voucher.order_id, actor=actor)
    return voucher, code, pin


@transaction.atomic
def mark_used(*, member_id: UUID, voucher_id: UUID, used: bool, actor: UUID) -> Voucher:
    """The member's own note that a voucher is spent; it can be taken back. Raises NotFound."""
    rows = Voucher.objects.select_for_update(of=("self",)).select_related("order__reward")
    voucher = rows.filter(pk=voucher_id, member_id=member_id).first()
    if voucher is None:
        raise NotFound("voucherId")
    if (voucher.used_at is not None) != used:
        voucher.used_at = clock.now() if used else None
        voucher.save(update_fields=["used_at"])
        action = "voucher.used" if used else "voucher.unused"
        audit.record(action=action, object_type="order", object_id=voucher.order_id, actor=actor)
    return voucher


def seconds_to_deliver(order: Order, issued_at: datetime | None) -> int | None:
    """Whole seconds from order to code."""
    return None if issued_at is None else int((issued_at - order.created_at).total_seconds())
