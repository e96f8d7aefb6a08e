"""Points given or taken by hand, by the staff of a wholesaler."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db import transaction

from kolektor.audit import services as audit
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.points import Points
from tenants.ledger import selectors as ledger_reads
from tenants.ledger import services as ledger
from tenants.ledger.services import Owner
from tenants.members.models import Member
from tenants.members.selectors import present_members
from tenants.program import selectors as program


@transaction.atomic
def adjust_points(*, member_id: UUID, points: Points, reason: str, key: str, actor: UUID) -> Member:
    """Give (positive) or take (negative) points. What is given expires by the program's policy. The same key acts once.

    Raises NotFound, Conflict, DomainError BAD_KEY, AMOUNT_ZERO, REASON_MISSING, BALANCE_TOO_LOW.
    """
    if not 8 <= len(key) <= 80:
        raise DomainError("BAD_KEY", field="idempotencyKey")
    member = present_members().select_related("firm").filter(pk=member_id).first()
    if member is None:
        raise NotFound("memberId")
    key = f"adjust:{key}"
    fresh = not ledger_reads.is_known(key)
    owner = Owner("member", member.pk)
    try:
        ledger.adjust(
            owner=owner,
            points=points,
            reason=reason,
            key=key,
            expires_at=_end(clock.local_today(), program.settings().lot_life_months),
            actor=actor,
        )
    except DomainError as error:
        if error.code != "INSUFFICIENT_POINTS":
            raise
        available = ledger_reads.balances([owner])[owner].available
        raise DomainError("BALANCE_TOO_LOW", field="points", available=str(available)) from error
    if fresh:
        audit.record(
            action="member.points_adjusted",
            object_type="member",
            object_id=member.pk,
            actor=actor,
            points=f"{'+' if points.units > 0 else ''}{points}",
            reason=reason.strip()[:200],
        )
    return member


def _end(today: date, months: int | None) -> datetime | None:
    """As for awards: the day after, so that the last day counts whole."""
    if months is None:
        return None
    return datetime.combine(today + relativedelta(months=months) + timedelta(days=1), time.min, clock.WARSAW)
