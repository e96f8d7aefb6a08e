"""History with "why these points"."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import MEMBER
from kolektor.api.pagination import Page, connection_type, decode, make_page, page_arguments, page_size
from kolektor.api.permissions import is_member
from kolektor.api.scalars import Money, Points, money, uuid_of
from kolektor.api.schema import Type
from tenants.insight import history as history_
from tenants.insight.history import Entry
from tenants.ledger import selectors as ledger
from tenants.ledger.services import Owner
from tenants.members.graphql.viewer import member_of
from tenants.rules.selectors import ReceiptRow


class ReceiptReason(Type):
    """One rule's share of a line's points."""

    class Meta:
        kit = MEMBER

    rule_name = graphene.String(required=True)
    rule_version = graphene.Int(required=True)
    sentence = graphene.String(required=True, description="The arithmetic as a sentence in the reader's language.")
    points = graphene.Field(Points, required=True)


class ReceiptLine(Type):
    """One invoice line and why it gave points."""

    class Meta:
        kit = MEMBER

    position = graphene.Int(required=True)
    product_name = graphene.String(required=True)
    sku = graphene.String()
    quantity = graphene.String(required=True)
    unit = graphene.String()
    net = graphene.Field(Money, required=True)
    points = graphene.Field(Points, required=True)
    reasons = graphene.List(graphene.NonNull(ReceiptReason), required=True)


class HistoryEntry(Type):
    """A movement of available points: AWARD, REVERSE, REPAY, HOLD, RELEASE"""

    class Meta:
        kit = MEMBER

    id = graphene.ID(required=True)
    kind = graphene.String(required=True)
    occurred_at = graphene.DateTime(required=True)
    points = graphene.Field(Points, required=True, description="Signed change of what the member can spend.")
    balance_after = graphene.Field(Points, required=True)
    document_number = graphene.String()
    document_date = graphene.Date()
    order_number = graphene.String()
    reward_name = graphene.String()
    lines = graphene.List(graphene.NonNull(ReceiptLine), required=True)


HistoryConnection = connection_type(MEMBER, HistoryEntry, "History")


def _line(row: ReceiptRow) -> ReceiptLine:
    return ReceiptLine(
        position=row.position,
        product_name=row.product_name,
        sku=row.sku,
        quantity=f"{row.quantity.normalize():f}",
        unit=row.unit,
        net=money(row.net, row.currency),
        points=row.points,
        reasons=[
            ReceiptReason(
                rule_name=reason.rule_name,
                rule_version=reason.rule_version,
                sentence=reason.sentence,
                points=reason.points,
            )
            for reason in row.reasons
        ],
    )


def _entry(row: Entry) -> HistoryEntry:
    return HistoryEntry(
        id=str(row.id),
        kind=row.kind,
        occurred_at=row.occurred_at,
        points=row.points,
        balance_after=row.balance_after,
        document_number=row.document_number,
        document_date=row.document_date,
        order_number=row.order_number,
        reward_name=row.reward_name,
        lines=[_line(line) for line in row.lines],
    )


@MEMBER.query(graphene.NonNull(HistoryConnection), permission=is_member, **page_arguments())
def history(info: Any, first: int | None = None, after: str | None = None) -> Page[HistoryEntry]:
    """Movements of the member's available points, youngest first."""
    owner = Owner("member", member_of(info).pk)
    size, before = page_size(first), decode(after)
    rows = [(cursor, _entry(row)) for cursor, row in history_.page(owner, before=before, limit=size + 1)]
    return make_page(rows, size=size, total=ledger.history_count(owner), after=before)


@MEMBER.query(HistoryEntry, permission=is_member, id=graphene.ID(required=True))
def entry(info: Any, id: str) -> HistoryEntry | None:
    """One movement with its receipt, or null."""
    row = history_.entry(Owner("member", member_of(info).pk), uuid_of(id))
    return None if row is None else _entry(row)
