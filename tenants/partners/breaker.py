"""The circuit breaker of a connection: after `FAILURES` calls in a row without an answer, the partner is left alone a while.

Kept in the database, so that all workers share it. When the pause is over one caller is let through; what becomes of that call
closes the breaker or opens it anew.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import Case, F, Q, Value, When

from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError
from tenants.partners.models import Connection, Health

FAILURES: Final = 8
PAUSE: Final = timedelta(seconds=30)


def enter(connection: Connection) -> None:
    """Ask whether a call may be made. Raises DomainError PARTNER_RESTING with the `seconds` to wait."""
    now = clock.now()
    open_until = Health.objects.filter(connection=connection).values_list("open_until", flat=True).first()
    if open_until is None:
        return
    if open_until <= now:
        # of several callers the one whose update finds the old value makes the trial call
        tried = Health.objects.filter(connection=connection, open_until=open_until).update(open_until=now + PAUSE)
        if tried:
            return
        open_until = now + PAUSE
    seconds = max(1, int((open_until - now).total_seconds()) + 1)
    raise DomainError("PARTNER_RESTING", name=connection.name, seconds=seconds)


def note(connection_id: UUID, *, answered: bool) -> None:
    """Count a call. `answered`: the partner said something, if only no; a timeout, a hang-up or a 5xx is no answer."""
    row = Health.objects.filter(connection_id=connection_id)
    if answered:
        row.filter(Q(failures__gt=0) | Q(open_until__isnull=False)).update(failures=0, open_until=None)
        return
    Health.objects.get_or_create(connection_id=connection_id)
    row.update(
        failures=F("failures") + 1,
        open_until=Case(When(failures__gte=FAILURES - 1, then=Value(clock.now() + PAUSE)), default=F("open_until")),
    )
