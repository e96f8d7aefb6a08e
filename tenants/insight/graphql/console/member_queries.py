"""One member at the console: standing, movements, sales documents with their receipts, orders."""

from __future__ import annotations

from typing import Any

import graphene

from catalog.fulfillment.graphql.console.types import Order, OrderConnection, order_types
from catalog.orders import selectors as orders_
from kolektor.api.kits import CONSOLE
from kolektor.api.pagination import Page, connection_type, decode, make_page, page_arguments, page_of, page_size
from kolektor.api.permissions import reads_members
from kolektor.api.scalars import Money, Points, money, uuid_of
from kolektor.api.schema import Type
from kolektor.kernel import clock
from kolektor.kernel.errors import NotFound
from tenants.insight import history as history_
from tenants.insight import selectors
from tenants.insight.graphql.types import HistoryTypes
from tenants.ledger import selectors as ledger
from tenants.ledger.services import Owner
from tenants.members.models import Member
from tenants.members.selectors import merged_into

TYPES = HistoryTypes(CONSOLE)
HistoryConnection = connection_type(CONSOLE, TYPES.entry, "History")


class MemberStanding(Type):
    """A member's points by what may be done with them, now."""

    class Meta:
        kit = CONSOLE

    available = graphene.Field(Points, required=True)
    pending = graphene.Field(Points, required=True)
    held = graphene.Field(Points, required=True)
    debt = graphene.Field(Points, required=True)
    expiring_soon = graphene.Field(Points, required=True, description="Of the available points, within 30 days.")
    expiring_on = graphene.Date(description="When the first of them expires (calendar day in Poland).")
    maturing_next = graphene.Field(Points, required=True, description="Of the pending points, what comes first.")
    maturing_on = graphene.Date(description="When that can be spent (calendar day in Poland).")
    as_of = graphene.DateTime(required=True)


class MemberDocument(Type):
    """A sales document of a member, with the points that its lines gave."""

    class Meta:
        kit = CONSOLE

    id = graphene.ID(required=True)
    number = graphene.String(required=True)
    kind = graphene.String(required=True)
    sale_date = graphene.Date(required=True)
    corrected_number = graphene.String(description="Of a correction: the document that it corrects.")
    net = graphene.Field(Money, required=True)
    points = graphene.Field(Points, required=True)
    lines = graphene.List(graphene.NonNull(TYPES.line), required=True)


MemberDocumentConnection = connection_type(CONSOLE, MemberDocument)
_MEMBER = {"member_id": graphene.ID(required=True)}


def _owner(member_id: str) -> Owner:
    """Raises NotFound."""
    key = uuid_of(member_id, "memberId")
    if not Member.objects.filter(pk=key).exists():
        raise NotFound("memberId")
    return Owner("member", key)


@CONSOLE.query(graphene.NonNull(MemberStanding), permission=reads_members, **_MEMBER)
def member_standing(_info: Any, member_id: str) -> MemberStanding:
    """One member's standing."""
    owner = _owner(member_id)
    also = merged_into(owner.id)
    standing = ledger.standing(owner, also=also)
    soon, first = ledger.expiring(owner)
    maturing, matures_at = ledger.maturing(owner, also=also)
    return MemberStanding(
        available=standing.available,
        pending=standing.pending,
        held=standing.held,
        debt=standing.debt,
        expiring_soon=soon,
        expiring_on=first and first.astimezone(clock.WARSAW).date(),
        maturing_next=maturing,
        maturing_on=matures_at and matures_at.astimezone(clock.WARSAW).date(),
        as_of=clock.now(),
    )


@CONSOLE.query(graphene.NonNull(HistoryConnection), permission=reads_members, **_MEMBER, **page_arguments())
def member_history(_info: Any, member_id: str, first: int | None = None, after: str | None = None) -> Page[Any]:
    """Movements of one member's available points, youngest first."""
    owner = _owner(member_id)
    size, before = page_size(first), decode(after)
    rows = [(cursor, TYPES.entry_of(row)) for cursor, row in history_.page(owner, before=before, limit=size + 1)]
    return make_page(rows, size=size, total=history_.count(owner), after=before)


def _documents(rows: list[Any]) -> list[MemberDocument]:
    receipts = selectors.receipts([row.pk for row in rows])
    return [
        MemberDocument(
            id=str(row.pk),
            number=row.number,
            kind=row.kind,
            sale_date=row.sale_date,
            corrected_number=row.corrects.number if row.corrects else None,
            net=money(receipts[row.pk].net, receipts[row.pk].currency),
            points=receipts[row.pk].points,
            lines=[TYPES.line_of(line) for line in receipts[row.pk].lines],
        )
        for row in rows
    ]


@CONSOLE.query(graphene.NonNull(MemberDocumentConnection), permission=reads_members, **_MEMBER, **page_arguments())
def member_documents(
    _info: Any, member_id: str, first: int | None = None, after: str | None = None
) -> Page[MemberDocument]:
    """One member's sales documents, youngest sale first."""
    key = _owner(member_id).id
    rows = selectors.documents_of([key, *merged_into(key)])
    return page_of(rows, first=first, after=after, convert=_documents)


@CONSOLE.query(graphene.NonNull(OrderConnection), permission=reads_members, **_MEMBER, **page_arguments())
def member_orders(_info: Any, member_id: str, first: int | None = None, after: str | None = None) -> Page[Order]:
    """One member's orders, youngest first."""
    rows = orders_.all_orders().filter(member_id=_owner(member_id).id)
    return page_of(rows, first=first, after=after, convert=order_types)
