"""Emit events, and drain the deliveries of the schema in force."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, cast

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError
from kolektor.kernel.models import OutboxDelivery
from kolektor.kernel.outbox import registry
from kolektor.kernel.outbox.delivery import Claim, Delivery, LeaseLost, claimed
from kolektor.kernel.tenant import current_schema

log = structlog.get_logger(__name__)

# so many are claimed in one statement; a worker that dies leaves at most these to wait for the end of its lease
_TOGETHER: Final = 20
# while urgent steps wait: so many of them first, and then so few of the others, which thereby never stand still
_URGENT: Final = 8
_BESIDE_URGENT: Final = 4
_CLAIM: Final = """
WITH due AS (
  SELECT id FROM kernel_outboxdelivery
  WHERE state = 'pending' AND available_at <= %(now)s AND (claimed_until IS NULL OR claimed_until <= %(now)s)
    AND (handler = ANY(%(named)s::text[])) = %(wanted)s
  ORDER BY available_at, id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
)
UPDATE kernel_outboxdelivery d SET attempts = d.attempts + 1, claimed_until = %(until)s
FROM due, kernel_outboxevent e WHERE d.id = due.id AND e.id = d.event_id
RETURNING d.available_at, d.id, d.handler, d.attempts, e.id, e.name, e.payload::text
"""
_GIVE_BACK: Final = """
UPDATE kernel_outboxdelivery SET attempts = attempts - 1, claimed_until = NULL
WHERE id = ANY(%s) AND state = 'pending' AND claimed_until = %s
"""

_wake: Callable[[str], None] | None = None


def on_wake(send: Callable[[str], None]) -> None:
    """Set how a schema's worker is woken: config sends a Celery task. Losing the message loses nothing."""
    global _wake
    _wake = send


def emit(name: str, payload: Mapping[str, Any]) -> int:
    """Write an event and its deliveries. Must run in the transaction of the change. Returns the event's id."""
    if not connection.in_atomic_block:
        raise DomainError("OUTBOX_OUTSIDE_TRANSACTION", event=name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT outbox_emit(%s, %s::jsonb, %s)", [name, json.dumps(payload), handlers_to_wake(name)])
        (event_id,) = cursor.fetchone()
    return int(event_id)


def handlers_to_wake(name: str) -> list[str]:
    """For SQL that calls `outbox_emit` itself: the handlers of the event; a worker is woken once it is committed."""
    _wake_on_commit(_WakeUp(current_schema()))
    return [item.name for item in registry.handlers_of(name)]


@dataclass(frozen=True, slots=True)
class _WakeUp:
    """Wakes a worker for the schema."""

    schema: str

    def __call__(self) -> None:
        wake(self.schema)


def _wake_on_commit(wake_up: _WakeUp) -> None:
    """One wake-up a transaction is enough; one that a savepoint may still take back does not count."""
    open_savepoints = set(connection.savepoint_ids)
    if not any(hook[1] == wake_up and hook[0] <= open_savepoints for hook in connection.run_on_commit):
        transaction.on_commit(wake_up, robust=True)


def wake(schema: str) -> None:
    """Tell a worker that the schema has work. Failure is harmless: the sweep visits every schema."""
    if _wake is not None:
        _wake(schema)


def drain(*, limit: int = 500) -> int:
    """Run deliveries that are due in the schema in force until none is left. Returns how many were tried.

    Urgent steps go first, one by one. Deliveries whose effect is a transaction are claimed some at a time, oldest first; after
    each such handful comes one other step (which may wait for a partner), the oldest.
    """
    urgent, steps = registry.step_handlers(urgent=True), registry.step_handlers(urgent=False)
    tried = 0
    while tried < limit:
        before = tried
        while tried < min(limit, before + _URGENT) and _run_claimed(_claim(1, urgent)):
            tried += 1
        handful = _TOGETHER if tried == before else _BESIDE_URGENT
        if tried < limit:
            tried += _run_claimed(_claim(min(handful, limit - tried), urgent + steps, other=True))
        if tried < limit:
            tried += _run_claimed(_claim(1, steps))
        if tried == before:
            break
    return tried


def _claim(limit: int, named: list[str], *, other: bool = False) -> list[Claim]:
    """Claim what is due of the handlers named, or with `other` of all but them."""
    now = clock.now()
    until = now + timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
    given: dict[str, Any] = {
        "now": now,
        "until": until,
        "limit": limit,
        "named": named,
        "wanted": not other,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, given)
        found = sorted(cursor.fetchall(), key=lambda row: (row[0], row[1]))
    return [
        Claim(key, handler, attempts, until, event, name, json.loads(payload))
        for _, key, handler, attempts, event, name, payload in found
    ]


def _run_claimed(rows: list[Claim]) -> int:
    """Returns how many were tried: what would begin late in the lease is given back to whoever comes first."""
    late = timedelta(seconds=settings.OUTBOX_LEASE_SECONDS / 2)
    for place, row in enumerate(rows):
        if place and clock.now() > row.until - late:
            with connection.cursor() as cursor:
                cursor.execute(_GIVE_BACK, [[left.pk for left in rows[place:]], row.until])
            return place
        _run(row)
    return len(rows)


def _run(row: Claim) -> None:
    subscription = registry.find(row.event, row.handler)
    delivery = Delivery(row)
    if subscription is None:
        _failed(row, "HANDLER_GONE", max_attempts=row.attempts)
        return
    try:
        if subscription.transactional:
            with delivery.finish():
                cast(registry.Handler, subscription.call)(row.payload)
        else:
            cast(registry.StepHandler, subscription.call)(delivery, row.payload)
            if not delivery.settled:
                raise DomainError("DELIVERY_LEFT_OPEN", handler=row.handler)
    except LeaseLost:
        log.warning("outbox.lease_lost", handler=row.handler, event_id=row.event_id, attempt=row.attempts)
    except Exception as error:
        log.exception("outbox.failed", handler=row.handler, event_id=row.event_id, attempt=row.attempts)
        _failed(row, f"{type(error).__name__}: {error}", subscription.max_attempts)


def _failed(row: Claim, reason: str, max_attempts: int) -> None:
    dead = row.attempts >= max_attempts
    backoff = min(300, 2 ** min(row.attempts, 8))
    claimed(row).update(
        state=OutboxDelivery.State.DEAD if dead else OutboxDelivery.State.PENDING,
        available_at=clock.now() + timedelta(seconds=backoff),
        claimed_until=None,
        last_error=reason[:500],
    )


def pending_count() -> int:
    """How many deliveries of the schema in force are not done (dead ones not counted)."""
    return OutboxDelivery.objects.filter(state=OutboxDelivery.State.PENDING).count()


def replay_dead() -> int:
    """Give every dead delivery of the schema in force a new start. Returns how many."""
    return OutboxDelivery.objects.filter(state=OutboxDelivery.State.DEAD).update(
        state=OutboxDelivery.State.PENDING, attempts=F("attempts") * 0, available_at=clock.now()
    )
