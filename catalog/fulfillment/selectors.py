"""Reads of the wallet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from catalog.fulfillment.models import Voucher, VoucherIssue
from catalog.orders.models import Order


def wallet(member_id: UUID) -> QuerySet[Voucher]:
    """A member's vouchers, youngest first. The encrypted columns are not read."""
    rows = Voucher.objects.filter(member_id=member_id).select_related("order__reward")
    return rows.defer("code_encrypted", "pin_encrypted", "fingerprint").order_by("-issued_at", "-id")


def vouchers_of_orders(orders: Iterable[Order]) -> dict[UUID, Voucher]:
    """Vouchers by order id, in one query; each has the order that was given."""
    known = {order.pk: order for order in orders}
    rows = Voucher.objects.filter(order_id__in=list(known)).defer("code_encrypted", "pin_encrypted", "fingerprint")
    found = {row.order_id: row for row in rows}
    for key, row in found.items():
        row.order = known[key]
    return found


def issued_at(order_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When each order's code came."""
    return dict(Voucher.objects.filter(order_id__in=list(order_ids)).values_list("order_id", "issued_at"))


def issues_of(order_ids: Iterable[UUID]) -> dict[UUID, VoucherIssue]:
    """What the partners know of orders, by order id."""
    return {row.order_id: row for row in VoucherIssue.objects.filter(order_id__in=list(order_ids))}
