"""Reads of the wallet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from catalog.fulfillment.models import Voucher


def wallet(member_id: UUID) -> QuerySet[Voucher]:
    """A member's vouchers, youngest first. The encrypted columns are not read."""
    rows = Voucher.objects.filter(member_id=member_id).select_related("order__reward")
    return rows.defer("code_encrypted", "pin_encrypted", "fingerprint").order_by("-issued_at", "-id")


def vouchers_of_orders(order_ids: Iterable[UUID]) -> dict[UUID, Voucher]:
    """Vouchers by order id, in one query."""
    rows = Voucher.objects.filter(order_id__in=list(order_ids)).select_related("order__reward")
    return {row.order_id: row for row in rows.defer("code_encrypted", "pin_encrypted", "fingerprint")}


def issued_at(order_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When each order's code came."""
    return dict(Voucher.objects.filter(order_id__in=list(order_ids)).values_list("order_id", "issued_at"))
