"""Sending wake-ups so that no request waits for the broker."""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from time import sleep


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
                if self._pid == 0:  # a forked process has it from its parent
                    atexit.register(self.flush)
                Thread(target=self._run, args=(self._waiting,), name="kolektor-wake-ups", daemon=True).start()
                self._pid = os.getpid()

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
