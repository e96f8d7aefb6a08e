"""Reads of orders."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from catalog.orders.models import Order


def orders_of(member_id: UUID) -> QuerySet[Order]:
    """A member's orders, youngest first."""
    return Order.objects.filter(member_id=member_id).select_related("reward").order_by("-sequence")


def all_orders(*, state: str = "", search: str = "") -> QuerySet[Order]:
    """The program's orders, youngest first; searched by number, member or reward."""
    rows = Order.objects.select_related("reward__connection", "member__firm").order_by("-sequence")
    if state:
        rows = rows.filter(state=state)
    text = search.strip()
    if text:
        hit = Q(reward__name__icontains=text) | Q(reward__brand_name__icontains=text)
        hit |= Q(member__last_name__icontains=text) | Q(member__first_name__icontains=text)
        hit |= Q(member__firm__name__icontains=text) | Q(member__email__icontains=text)
        digits = text.upper().removeprefix("Z-").lstrip("0")
        if digits.isdigit() and len(digits) < 18:
            hit |= Q(sequence=int(digits))
        rows = rows.filter(hit)
    return rows
