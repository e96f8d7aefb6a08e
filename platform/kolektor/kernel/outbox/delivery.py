"""One claimed delivery: finish it together with its effect, or put it off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction

from kolektor.kernel import clock
from kolektor.kernel.models import OutboxDelivery


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
        """Effect and done-mark in one transaction."""
        with transaction.atomic():
            yield
            self.mark_done()
        self.settled = True

    def mark_done(self) -> None:
        """Write the done-mark in the transaction that is open."""
        OutboxDelivery.objects.filter(pk=self._row.pk).update(
            state=OutboxDelivery.State.DONE, done_at=clock.now(), claimed_until=None, last_error=""
        )

    def postpone(self, seconds: float, reason: str) -> None:
        """Try again later; the reason is a code, never a secret."""
        OutboxDelivery.objects.filter(pk=self._row.pk).update(
            available_at=clock.now() + timedelta(seconds=seconds), claimed_until=None, last_error=reason[:500]
        )
        self.settled = True
