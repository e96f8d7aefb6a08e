"""Sales documents by their number."""

from __future__ import annotations

from typing import Any, Final

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import reads_members
from kolektor.api.schema import Type
from tenants.insight import selectors
from tenants.members.selectors import names_of

_LIMIT: Final = 5


class FoundDocument(Type):
    """A sales document, and whose it is."""

    class Meta:
        kit = CONSOLE

    id = graphene.ID(required=True)
    number = graphene.String(required=True)
    sale_date = graphene.Date(required=True)
    buyer_name = graphene.String(required=True)
    member_id = graphene.ID(description="null: the buyer is no member.")
    member_name = graphene.String()


@CONSOLE.query(
    graphene.NonNull(graphene.List(graphene.NonNull(FoundDocument))),
    permission=reads_members,
    text=graphene.String(required=True),
)
def find_documents(_info: Any, text: str) -> list[FoundDocument]:
    """The youngest sales documents of that whole number; at most 5."""
    rows = selectors.documents_numbered(text[:300], limit=_LIMIT)
    names = names_of(row.member_id for row in rows if row.member_id)
    return [
        FoundDocument(
            id=str(row.pk),
            number=row.number,
            sale_date=row.sale_date,
            buyer_name=row.buyer_name or "",
            member_id=str(row.member_id) if row.member_id else None,
            member_name=names.get(row.member_id) if row.member_id else None,
        )
        for row in rows
    ]
