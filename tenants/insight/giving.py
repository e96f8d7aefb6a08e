"""Pass points on to somebody of the same firm."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kolektor.audit import services as audit
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.outbox.services import emit
from kolektor.kernel.points import Points
from tenants.ledger import selectors as ledger_reads
from tenants.ledger import services as ledger
from tenants.ledger.models import PointsTransfer, Posting
from tenants.ledger.services import Owner
from tenants.members import firms, terms
from tenants.members import selectors as members
from tenants.members.models import FirmMembership, Member
from tenants.messaging import services as messaging
from tenants.program import confirming

GIVEN = "insight.points_given"


@transaction.atomic
def give(
    *, giver: Member, member_id: UUID, points: Points, note: str, key: str, proved_at: datetime | None = None
) -> UUID:
    """Points of the giver to somebody of the same firm; the same key gives once. Returns the posting's id. Locks the firm.

    A fitter who may not spend freely gives to the owner only: giving to a colleague would be a way around the owner.
    Raises NotFound for somebody of elsewhere, DomainError NOT_IN_A_FIRM, SPENDING_NOT_ALLOWED, AMOUNT_NOT_POSITIVE, BAD_KEY,
    TEXT_TOO_LONG, INSUFFICIENT_POINTS, REAUTHENTICATION_REQUIRED, TERMS_NOT_ACCEPTED, Conflict.
    """
    if not 8 <= len(key) <= 80:
        raise DomainError("BAD_KEY", field="idempotencyKey")
    if giver.firm_id is None:
        raise DomainError("NOT_IN_A_FIRM")
    firm = firms.locked(giver.firm_id)
    mine = firms.membership(firm, giver.pk)
    theirs = firms.membership(firm, member_id)
    if theirs.member_id == giver.pk:
        raise NotFound("memberId")
    if theirs.role != firms.OWNER and mine.spending != FirmMembership.Spending.FREE:
        raise DomainError("SPENDING_NOT_ALLOWED")
    key = f"give:{giver.pk}:{key}"
    again = ledger_reads.is_known(key)
    if not again:
        terms.require_accepted(giver.pk)
        confirming.require_proof(points=points, proved_at=proved_at)
    posting_id = ledger.transfer(
        giver=Owner("member", giver.pk),
        receiver=Owner("member", member_id),
        points=points,
        note=note,
        key=key,
        actor=giver.person_id,
    )
    if again:
        return posting_id
    for action, object_id, other in (
        ("member.points_given", giver.pk, theirs.member.name),
        ("member.points_received", member_id, giver.name),
    ):
        audit.record(
            action=action,
            object_type="member",
            object_id=object_id,
            actor=giver.person_id,
            points=str(points),
            name=other,
        )
    emit(GIVEN, {"transfer": Posting.objects.values_list("source_id", flat=True).get(pk=posting_id)})
    return posting_id


def on_given(payload: Mapping[str, Any]) -> None:
    """Handle `insight.points_given`: tell the receiver."""
    row = PointsTransfer.objects.get(pk=UUID(payload["transfer"]))
    names = members.names_of([row.from_id])
    messaging.queue(
        kind="points_received",
        member_id=row.to_id,
        params={"giver": names.get(row.from_id, "—"), "points": Points(row.units)},
        dedupe_key=f"given:{row.pk}",
    )
