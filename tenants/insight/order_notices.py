"""Tell a member that the voucher is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from catalog.fulfillment.models import Voucher
from catalog.orders.models import Order
from tenants.messaging import services as messaging
from tenants.messaging.kinds import Cash


def on_order_closed(payload: Mapping[str, Any]) -> None:
    """Handle `orders.closed`: a message with a link to the voucher, never its code. A refused order is told on its own page."""
    order = Order.objects.select_related("reward").filter(pk=UUID(payload["order"])).first()
    if order is None or order.state != Order.State.FULFILLED:
        return
    voucher = Voucher.objects.filter(order=order).values_list("pk", flat=True).first()
    messaging.queue(
        kind="order_fulfilled",
        member_id=order.member_id,
        params={
            "reward": order.reward.name,
            "face_value": Cash(order.face_value, order.currency),
            "order_number": order.number,
        },
        dedupe_key=f"order:{order.pk}",
        path=f"/wallet?voucher={voucher}" if voucher else f"/orders/{order.pk}",
    )
