"""A lease runs out while its handler still works: another worker does the delivery, and the effect is there once."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection, transaction

from kolektor.kernel import clock
from kolektor.kernel.models import OutboxDelivery, OutboxEvent
from kolektor.kernel.outbox import registry
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.outbox.delivery import Delivery
from kolektor.kernel.tenant import tenant_context
from tests.support.polling import wait_for
from tests.support.town import Town

EVENT = "test.lease"


@dataclass
class Slow:
    """A handler whose first run waits for a sign."""

    inside: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    def work(self, payload: Mapping[str, Any]) -> None:
        OutboxEvent.objects.create(name="test.effect", payload=dict(payload))
        if not self.inside.is_set():
            self.inside.set()
            assert self.go_on.wait(30)

    def step(self, delivery: Delivery, payload: Mapping[str, Any]) -> None:
        with delivery.finish():
            self.work(payload)


@pytest.fixture(params=["transactional", "step"])
def slow(request: Any) -> Iterator[Slow]:
    handler = Slow()
    if request.param == "step":
        registry.subscribe_step(EVENT, handler.step)
    else:
        registry.subscribe(EVENT, handler.work)
    yield handler
    registry._subscriptions.pop(EVENT)


def test_two_workers_one_effect(quiet_town: Town, slow: Slow) -> None:
    OutboxEvent.objects.filter(name="test.effect").delete()
    with transaction.atomic():
        event = outbox.emit(EVENT, {"n": 1})

    def first_worker() -> None:
        with tenant_context(quiet_town.wholesaler):
            outbox.drain()
        connection.close()

    thread = threading.Thread(target=first_worker)
    thread.start()
    assert slow.inside.wait(30)
    OutboxDelivery.objects.filter(event_id=event).update(claimed_until=clock.now())  # the lease is over
    wait_for("the second claim", outbox.drain)
    slow.go_on.set()
    thread.join(30)
    assert not thread.is_alive()
    row = OutboxDelivery.objects.get(event_id=event)
    assert (row.state, row.attempts, row.last_error) == ("done", 2, "")
    assert OutboxEvent.objects.filter(name="test.effect").count() == 1
