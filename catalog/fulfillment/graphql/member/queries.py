"""Orders and the wallet."""

from __future__ import annotations

from typing import Any

import graphene

from catalog.fulfillment import selectors
from catalog.fulfillment.graphql.member.types import (
    FirmOrder,
    Order,
    OrderConnection,
    Voucher,
    VoucherConnection,
    firm_order_type,
    order_types,
    voucher_type,
)
from catalog.orders import approvals
from catalog.orders import selectors as orders_
from kolektor.api.kits import MEMBER
from kolektor.api.pagination import Page, page_arguments, page_of
from kolektor.api.permissions import is_member
from kolektor.api.scalars import uuid_of
from tenants.members.graphql.viewer import member_of
from tenants.members.models import Member


@MEMBER.query(graphene.NonNull(OrderConnection), permission=is_member, **page_arguments())
def orders(info: Any, first: int | None = None, after: str | None = None) -> Page[Order]:
    """The member's orders, youngest first."""
    return page_of(orders_.orders_of(member_of(info).pk), first=first, after=after, convert=order_types)


@MEMBER.query(graphene.NonNull(graphene.List(graphene.NonNull(FirmOrder))), permission=is_member)
def firm_orders(info: Any) -> list[FirmOrder]:
    """Orders of the member's fitters that wait for the member's decision, the oldest first; none for who owns no firm."""
    member = member_of(info)
    if member.firm_id is None or member.firm_role != Member.FirmRole.OWNER:
        return []
    return [firm_order_type(row) for row in approvals.awaiting(member.firm_id)]


@MEMBER.query(Order, permission=is_member, id=graphene.ID(required=True))
def order(info: Any, id: str) -> Order | None:
    """One order of the member, or null."""
    rows = list(orders_.orders_of(member_of(info).pk).filter(pk=uuid_of(id)))
    return order_types(rows)[0] if rows else None


@MEMBER.query(graphene.NonNull(VoucherConnection), permission=is_member, **page_arguments())
def vouchers(info: Any, first: int | None = None, after: str | None = None) -> Page[Voucher]:
    """The wallet, youngest first."""
    rows = selectors.wallet(member_of(info).pk)
    return page_of(rows, first=first, after=after, convert=lambda page: [voucher_type(row) for row in page])
