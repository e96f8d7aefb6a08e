"""Orders at the console."""

from __future__ import annotations

from typing import Any

import graphene

from catalog.fulfillment.graphql.console.types import Order, OrderConnection, order_types
from catalog.orders import selectors as orders_
from kolektor.api.kits import CONSOLE
from kolektor.api.pagination import Page, page_arguments, page_of
from kolektor.api.permissions import reads_members
from kolektor.api.scalars import uuid_of


@CONSOLE.query(
    graphene.NonNull(OrderConnection),
    permission=reads_members,
    **page_arguments(),
    state=graphene.String(),
    search=graphene.String(),
)
def orders(
    _info: Any, first: int | None = None, after: str | None = None, state: str = "", search: str = ""
) -> Page[Order]:
    """The program's orders, youngest first."""
    rows = orders_.all_orders(state=state or "", search=search or "")
    return page_of(rows, first=first, after=after, convert=order_types)


@CONSOLE.query(Order, permission=reads_members, id=graphene.ID(required=True))
def order(_info: Any, id: str) -> Order | None:
    """One order, or null."""
    rows = list(orders_.all_orders().filter(pk=uuid_of(id)))
    return order_types(rows)[0] if rows else None
