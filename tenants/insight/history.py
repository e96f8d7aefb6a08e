"""A member's history: ledger movements with what they were for. A few queries a page, whatever its size.

Members who were merged into this one are part of it: their movements are in the same list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from catalog.orders.models import Order
from kolektor.kernel.points import Points
from tenants.ledger import selectors as ledger
from tenants.ledger.selectors import Movement
from tenants.ledger.services import Owner
from tenants.members import selectors as members
from tenants.rules import selectors as rules
from tenants.rules.selectors import ReceiptRow

_OBJECTS = ("document", "order", "adjustment", "transfer")


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement of available points, explained. `reason` is the staff's, of an adjustment by hand.

    `firm_share`: a fitter's part of a purchase of the firm, whose lines are the buyer's to see. `shared` says what the buyer's
    fitters got of the document (name, points). `counterpart`: who gave or got points that were passed on by hand; `reason` is
    then the giver's note.
    """

    id: UUID
    kind: str
    occurred_at: datetime
    points: Points
    balance_after: Points
    document_number: str | None
    document_date: date | None
    order_number: str | None
    reward_name: str | None
    reason: str | None
    lines: tuple[ReceiptRow, ...]
    firm_share: bool = False
    shared: tuple[tuple[str, Points], ...] = ()
    counterpart: str | None = None


def page(owner: Owner, *, before: int | None, limit: int) -> list[tuple[int, Entry]]:
    """Entries youngest first, each with its cursor."""
    also = members.merged_into(owner.id)
    rows = ledger.history(owner, also=also, before=before, limit=limit)
    entries = _explain({owner.id, *also}, [movement for _, movement in rows])
    return [(cursor, entry) for (cursor, _), entry in zip(rows, entries, strict=True)]


def entry(owner: Owner, posting_id: UUID) -> Entry | None:
    """One entry of this owner, or None."""
    also = members.merged_into(owner.id)
    movement = ledger.movement(owner, posting_id, also=also)
    return None if movement is None else _explain({owner.id, *also}, [movement])[0]


def count(owner: Owner) -> int:
    """How many entries there are."""
    return ledger.history_count(owner, also=members.merged_into(owner.id))


def _explain(mine: set[UUID], movements: Sequence[Movement]) -> list[Entry]:
    document_ids = [UUID(item.source_id) for item in movements if item.source_kind == "document"]
    order_ids = [UUID(item.source_id) for item in movements if item.source_kind == "order"]
    documents = rules.documents(document_ids) if document_ids else {}
    own = [key for key, row in documents.items() if row.member_id in mine]
    receipts = rules.receipts(own) if own else {}
    shares = rules.shares([key for key in own if documents[key].split_id is not None])
    given = ledger.transfers([UUID(item.source_id) for item in movements if item.source_kind == "transfer"])
    others = {key: row.to_id if row.from_id in mine else row.from_id for key, row in given.items()}
    people = {*others.values(), *(key for parts in shares.values() for key in parts)}
    names = members.names_of(people) if people else {}
    adjusted = [UUID(item.source_id) for item in movements if item.source_kind == "adjustment"]
    adjustments = ledger.adjustments(adjusted) if adjusted else {}
    orders = Order.objects.select_related("reward").in_bulk(order_ids) if order_ids else {}
    found = []
    for item in movements:
        # what a day expires has no object behind it
        source = UUID(item.source_id) if item.source_kind in _OBJECTS else None
        document = documents.get(source) if source and item.source_kind == "document" else None
        order = orders.get(source) if source and item.source_kind == "order" else None
        adjustment = adjustments.get(source) if source and item.source_kind == "adjustment" else None
        found.append(
            Entry(
                id=item.posting_id,
                kind=item.kind.upper(),
                occurred_at=item.occurred_at,
                points=item.points,
                balance_after=item.balance_after,
                document_number=document.number if document else None,
                document_date=document.issue_date if document else None,
                order_number=order.number if order else None,
                reward_name=order.reward.name if order else None,
                reason=adjustment.reason if adjustment else (given[source].note or None) if source in given else None,
                lines=tuple(receipts.get(document.pk, ())) if document else (),
                firm_share=document is not None and document.pk not in receipts and document.split_id is not None,
                shared=tuple((names.get(key, "—"), points) for key, points in shares.get(document.pk, {}).items())
                if document
                else (),
                counterpart=names.get(others[source], "—") if source in others else None,
            )
        )
    return found
