"""Webhooks of voucher partners: checked by the adapter, kept once, and then only a hint to look the order up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from catalog.fulfillment.models import VoucherIssue
from catalog.orders.models import Order
from catalog.orders.services import OPEN
from catalog.rewards import services as rewards
from kolektor.audit import services as audit
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.outbox.services import emit
from tenants.partners import inbox
from tenants.partners.models import Connection

# orders whose number at the partner is not known: one of them is meant, or none
_MOST_UNNUMBERED: Final = 50


def receive(*, connection_id: UUID, raw: bytes, headers: dict[str, str]) -> bool:
    """Take a message. False when it was here before. Raises NotFound, DomainError WEBHOOK_REFUSED (then it is only counted)."""
    connection = Connection.objects.filter(pk=connection_id).first()
    if connection is None:
        raise NotFound("connection")
    try:
        notice = rewards.adapter_of(connection).verify_webhook(raw, headers)
    except DomainError as error:
        if error.code == "WEBHOOK_REFUSED":
            inbox.count_refused(connection)
        raise
    return inbox.keep(
        connection=connection,
        message_id=notice.message_id,
        reference=notice.reference,
        partner_id=notice.partner_id,
        sent_at=notice.sent_at,
        raw=raw,
    )


def on_kept(payload: Mapping[str, Any]) -> None:
    """Handle `partners.webhook_kept`: have the order looked up at once. What the message says of it is not believed."""
    of_partner = VoucherIssue.objects.filter(connection_id=payload["connection"], order__state__in=OPEN)
    if payload["reference"]:
        meant = of_partner.filter(reference=payload["reference"])
    else:
        meant = of_partner.filter(partner_id=payload["partner_id"])
        if not meant.exists():
            # the answer that held the number was lost on its way
            meant = of_partner.filter(partner_id="", asked__gt=0)
    for order_id in meant.values_list("order_id", flat=True)[:_MOST_UNNUMBERED]:
        emit("orders.check_asked", {"order": str(order_id)})


@transaction.atomic
def ask_for_check(*, order_id: UUID, actor: UUID) -> Order:
    """Have an open order looked up now; with the same reference, so nothing is bought twice. Raises NotFound, DomainError."""
    order = Order.objects.filter(pk=order_id).first()
    if order is None:
        raise NotFound("orderId")
    if order.state not in OPEN:
        raise DomainError("ORDER_CLOSED", state=order.state)
    audit.record(action="order.check_asked", object_type="order", object_id=order.pk, actor=actor)
    emit("orders.check_asked", {"order": str(order.pk)})
    return order
