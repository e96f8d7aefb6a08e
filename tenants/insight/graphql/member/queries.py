"""History with "why these points"."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import MEMBER
from kolektor.api.pagination import Page, connection_type, decode, make_page, page_arguments, page_size
from kolektor.api.permissions import is_member
from kolektor.api.scalars import uuid_of
from tenants.insight import history as history_
from tenants.insight.graphql.types import HistoryTypes
from tenants.ledger.services import Owner
from tenants.members.graphql.viewer import member_of

TYPES = HistoryTypes(MEMBER)
HistoryConnection = connection_type(MEMBER, TYPES.entry, "History")


@MEMBER.query(graphene.NonNull(HistoryConnection), permission=is_member, **page_arguments())
def history(info: Any, first: int | None = None, after: str | None = None) -> Page[Any]:
    """Movements of the member's available points, youngest first."""
    owner = Owner("member", member_of(info).pk)
    size, before = page_size(first), decode(after)
    rows = [(cursor, TYPES.entry_of(row)) for cursor, row in history_.page(owner, before=before, limit=size + 1)]
    return make_page(rows, size=size, total=history_.count(owner), after=before)


@MEMBER.query(TYPES.entry, permission=is_member, id=graphene.ID(required=True))
def entry(info: Any, id: str) -> Any:
    """One movement with its receipt, or null."""
    row = history_.entry(Owner("member", member_of(info).pk), uuid_of(id))
    return None if row is None else TYPES.entry_of(row)
