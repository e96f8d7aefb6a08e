"""Celery tasks: a schema's name in, one service call. The outbox holds the work; a task is only a wake-up.

`drain` enters the tenant it is given and fails closed without one: an unknown or public schema does nothing.
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from time import sleep

import structlog
from celery import shared_task

from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.tenant import public_context, tenant_context
from kolektor.network.models import Wholesaler

log = structlog.get_logger(__name__)


class TaskWithoutTenant(Exception):
    """A task was sent without a wholesaler's schema."""


@shared_task(name="kolektor.drain", ignore_result=True)
def drain(schema: str = "") -> None:
    """Run what is due in one wholesaler's outbox. Raises TaskWithoutTenant."""
    with public_context():
        wholesaler = Wholesaler.objects.filter(schema_name=schema).first() if schema else None
    if wholesaler is None:
        raise TaskWithoutTenant(schema)
    with tenant_context(wholesaler):
        outbox.drain()


@shared_task(name="kolektor.sweep", ignore_result=True)
def sweep() -> None:
    """Visit every wholesaler, so that a lost wake-up delays work and loses none."""
    with public_context():
        live = list(Wholesaler.objects.exclude(state=Wholesaler.State.REQUESTED).order_by("schema_name"))
    for wholesaler in live:
        try:
            with tenant_context(wholesaler):
                outbox.drain()
        except Exception:  # one wholesaler's trouble stops no other
            log.exception("sweep.failed", tenant=wholesaler.schema_name)


class Waker:
    """Sends wake-ups from a thread of its own, so that nobody waits for the broker.

    Schemas that wait together are sent once: a wake-up is sent after the commits that asked for it, so one serves them all;
    and between two rounds it rests a moment, so that a rush of commits costs a few messages, not one each.
    The thread starts with the first wake-up of the process, and anew in a forked one. A process that ends gives it a moment
    to send the rest; what is not sent the sweep finds.
    """

    def __init__(self, send: Callable[[str], None], *, rest: float = 0.05) -> None:
        self._send = send
        self._rest = rest  # seconds
        self._waiting: SimpleQueue[str | Event] = SimpleQueue()
        self._pid = 0
        self._starting = Lock()

    def wake(self, schema: str) -> None:
        """Ask for a worker; returns at once."""
        if self._pid != os.getpid():
            self._start()
        self._waiting.put(schema)

    def _start(self) -> None:
        with self._starting:
            if self._pid != os.getpid():
                self._waiting = SimpleQueue()
                Thread(target=self._run, args=(self._waiting,), name="kolektor-wake-ups", daemon=True).start()
                self._pid = os.getpid()
                atexit.register(self.flush)

    def flush(self, seconds: float = 2) -> bool:
        """Wait until what was asked for is sent; False when that took too long."""
        sent = Event()
        if self._pid == os.getpid():
            self._waiting.put(sent)
        return self._pid != os.getpid() or sent.wait(seconds)

    def _run(self, waiting: SimpleQueue[str | Event]) -> None:
        while True:
            asked = [waiting.get()]
            with suppress(Empty):
                while True:
                    asked.append(waiting.get_nowait())
            for schema in sorted({item for item in asked if isinstance(item, str)}):
                self._send(schema)
            for item in asked:
                if isinstance(item, Event):
                    item.set()
            sleep(self._rest)


def _publish(schema: str) -> None:
    try:
        drain.apply_async(args=(schema,), retry=False)
    except Exception as error:
        log.warning("wake_up.not_sent", tenant=schema, reason=type(error).__name__)


_waker = Waker(_publish)


def send_wake_up(schema: str) -> None:
    """Wake a worker for a schema, soon; without a broker the sweep does it."""
    if schema != "public":
        _waker.wake(schema)
