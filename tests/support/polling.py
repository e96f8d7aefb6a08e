"""Waiting for something to become true, with a deadline and without guessing how long it takes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait_for(what: str, ready: Callable[[], T | None], *, seconds: float = 30.0, every: float = 0.05) -> T:
    """The first true value of `ready()`. Fails the test, naming `what`, after the deadline."""
    tick = threading.Event()
    deadline = time.monotonic() + seconds
    while True:
        found = ready()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {seconds:.0f} s")
        tick.wait(every)
