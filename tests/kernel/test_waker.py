"""Wake-ups leave from a thread of their own: nobody waits for the broker, and those that wait together are sent once."""

from __future__ import annotations

import multiprocessing
from threading import Event

from kolektor.kernel.outbox.waker import Waker


def test_wake_ups_that_wait_together_are_sent_once() -> None:
    sent: list[str] = []
    busy, go_on = Event(), Event()

    def send(schema: str) -> None:
        sent.append(schema)
        busy.set()
        assert go_on.wait(10)

    waker = Waker(send)
    waker.wake("w_first")
    assert busy.wait(10)  # the broker is slow: the thread is inside `send`
    for schema in ("w_b", "w_a", "w_b", "w_a"):
        waker.wake(schema)  # returns all the same
    assert sent == ["w_first"]
    go_on.set()
    assert waker.flush(10)
    assert sent == ["w_first", "w_a", "w_b"]


def test_flush_says_when_it_took_too_long() -> None:
    answer = Event()

    def send(schema: str) -> None:
        answer.wait(10)

    waker = Waker(send)
    waker.wake("w_a")
    assert waker.flush(0.01) is False
    answer.set()
    assert waker.flush(10)


def test_a_process_without_wake_ups_has_nothing_to_flush() -> None:
    assert Waker(lambda schema: None).flush(0)


def test_a_forked_process_sends_its_own() -> None:
    """Web servers fork after they have loaded the application: the thread is not in the child."""
    context = multiprocessing.get_context("fork")
    sent = context.Queue()
    waker = Waker(sent.put)
    waker.wake("w_parent")
    assert sent.get(timeout=10) == "w_parent"

    def child() -> None:
        waker.wake("w_child")
        waker.flush(10)

    process = context.Process(target=child)
    process.start()
    assert sent.get(timeout=10) == "w_child"
    process.join(10)
    assert process.exitcode == 0
