"""One claimed delivery: finish it together with its effect, or put it off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any, Final

import structlog
from django.conf import settings
from django.db import Error, connection, transaction
from django.db.models import QuerySet

from kolektor.kernel import clock
from kolektor.kernel.models import OutboxDelivery
from kolektor.kernel.tenant import current_schema

log = structlog.get_logger(__name__)

# a lease that is kept is renewed that often within its time
_RENEWALS: Final = 3
_DONE: Final = """
UPDATE kernel_outboxdelivery SET state = 'done', done_at = %s, claimed_until = NULL, last_error = ''
WHERE id = %s AND attempts = %s AND state = 'pending'
"""
# on a connection of its own, outside the work's transaction: there nobody could see it
_RENEW: Final = """
UPDATE "{schema}".kernel_outboxdelivery SET claimed_until = %s
WHERE id = %s AND attempts = %s AND state = 'pending'
"""


class LeaseLost(Exception):
    """The lease ran out and another worker has claimed the delivery: what this one did is rolled back."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that this worker has until `until`; `attempts` counts this one."""

    pk: int
    handler: str
    attempts: int
    until: datetime
    event_id: int
    event: str
    payload: Any


def claimed(row: Claim) -> QuerySet[OutboxDelivery]:
    """The row while the claim holds that gave it: every claim counts one attempt more."""
    return OutboxDelivery.objects.filter(pk=row.pk, attempts=row.attempts, state=OutboxDelivery.State.PENDING)


class Delivery:
    """Handed to a step handler. Exactly one of `finish` and `postpone` is called; a handler that calls neither is retried."""

    def __init__(self, row: Claim) -> None:
        self._row = row
        self.settled = False

    @property
    def attempt(self) -> int:
        """Which attempt this is, from 1."""
        return self._row.attempts

    @contextmanager
    def finish(self) -> Iterator[None]:
        """Effect and done-mark in one transaction. Raises LeaseLost when another worker has the delivery by now."""
        with transaction.atomic():
            yield
            self.mark_done()
        self.settled = True

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Renew the lease while work is done that may take longer than it, on a thread that dies with this process.

        For work that cannot hang: what waits for a partner must let the lease run out.
        """
        ended = Event()
        keeper = Thread(target=_keep, args=(current_schema(), self._row, ended), name="kolektor-lease", daemon=True)
        keeper.start()
        try:
            yield
        finally:
            ended.set()
            keeper.join()

    def mark_done(self) -> None:
        """Write the done-mark in the transaction that is open. Raises LeaseLost."""
        with connection.cursor() as cursor:
            cursor.execute(_DONE, [clock.now(), self._row.pk, self._row.attempts])
            if not cursor.rowcount:
                raise LeaseLost

    def postpone(self, seconds: float, reason: str) -> None:
        """Try again later; the reason is a code, never a secret. Nothing happens when the lease is lost."""
        claimed(self._row).update(
            available_at=clock.now() + timedelta(seconds=seconds), claimed_until=None, last_error=reason[:500]
        )
        self.settled = True


def _keep(schema: str, row: Claim, ended: Event) -> None:
    seconds = settings.OUTBOX_LEASE_SECONDS
    try:
        while not ended.wait(seconds / _RENEWALS):
            try:
                with connection.cursor() as cursor:
                    until = clock.now() + timedelta(seconds=seconds)
                    cursor.execute(_RENEW.format(schema=schema), [until, row.pk, row.attempts])
            except Error as error:
                # the work has a connection of its own and finds out by itself
                log.warning("outbox.lease_not_renewed", tenant=schema, reason=type(error).__name__)
                connection.close()
    finally:
        connection.close()
