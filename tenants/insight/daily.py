"""What a day brings to every program: points mature, points end, and who is about to lose some is told before."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

import structlog
from django.db import transaction
from django.db.models import Q

from catalog.orders import approvals
from kolektor.kernel import clock
from tenants.ledger import selectors as ledger_reads
from tenants.ledger import services as ledger
from tenants.messaging import services as messaging
from tenants.program.models import ProgramSettings

log = structlog.get_logger(__name__)

# how many days before their end points are spoken of
NOTICE_DAYS: Final = (30, 7, 1)


def run() -> bool:
    """Do today's work (calendar day in Poland) of the program in force, once, whoever asks how often. Says whether it did.

    One transaction: a crash leaves the day undone. Takes the bulk lane's lock.
    """
    today = clock.local_today()
    undone = Q(daily_done_on__isnull=True) | Q(daily_done_on__lt=today)
    if not ProgramSettings.objects.filter(undone).exists():
        return False
    with transaction.atomic():
        program = ProgramSettings.objects.select_for_update(skip_locked=True).filter(undone).first()
        if program is None:
            return False
        matured = ledger.mature(as_of=clock.now())
        expired = ledger.expire(day=today)
        undecided = approvals.end_undecided()
        told = sum(_tell(today, days) for days in NOTICE_DAYS)
        program.daily_done_on = today
        program.save(update_fields=["daily_done_on"])
    log.info("daily.done", matured=str(matured), expired=str(expired), told=told, undecided=undecided)
    return True


def _tell(today: date, days: int) -> int:
    """Members whose points can be spent for `days` more days, today counted out."""
    last = today + timedelta(days=days)
    end = datetime.combine(last + timedelta(days=1), time.min, clock.WARSAW)
    found = ledger_reads.expiring_between(end - timedelta(days=1), end)
    for owner, points in found.items():
        if owner.kind == "member":
            messaging.queue(
                kind="points_expiring",
                member_id=owner.id,
                params={"points": points, "date": last, "days": days},
                dedupe_key=f"expiring:{last.isoformat()}:{days}",
            )
    return len(found)
