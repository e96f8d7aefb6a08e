"""One claimed delivery: finish it together with its effect, or put it off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet

from kolektor.kernel import clock
from kolektor.kernel.models import OutboxDelivery


class LeaseLost(Exception):
    """The lease ran out and another worker has claimed the delivery: what this one did is rolled back."""


def claimed(row: OutboxDelivery) -> QuerySet[OutboxDelivery]:
    """The row while the claim holds that gave it: every claim counts one attempt more."""
    return OutboxDelivery.objects.filter(pk=row.pk, attempts=row.attempts, state=OutboxDelivery.State.PENDING)


class Delivery:
    """Handed to a step handler. Exactly one of `finish` and `postpone` is called; a handler that calls neither is retried."""

    def __init__(self, row: OutboxDelivery) -> None:
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

    def mark_done(self) -> None:
        """Write the done-mark in the transaction that is open. Raises LeaseLost."""
        written = claimed(self._row).update(
            state=OutboxDelivery.State.DONE, done_at=clock.now(), claimed_until=None, last_error=""
        )
        if not written:
            raise LeaseLost

    def postpone(self, seconds: float, reason: str) -> None:
        """Try again later; the reason is a code, never a secret. Nothing happens when the lease is lost."""
        claimed(self._row).update(
            available_at=clock.now() + timedelta(seconds=seconds), claimed_until=None, last_error=reason[:500]
        )
        self.settled = True
