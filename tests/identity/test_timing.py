"""Nobody learns by a clock whether an address is known: answers for strangers and for people known elsewhere take as long.

Requests of the two kinds are interleaved, and the times compared by the area under the ROC curve (Mann-Whitney): 0.5 is what
guessing gives. A difference of 5 ms that is planted must be seen, or the test would prove nothing.
"""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import cache
from django.test import override_settings

from kolektor.identity import code_process
from kolektor.identity.clients import id_host
from kolektor.identity.services import ensure_person
from kolektor.kernel.tenant import tenant_context
from tenants.insight import claims
from tenants.members import counter
from tenants.members import services as members
from tests.api.client import HostClient, session_key

# of each kind
EACH = int(os.environ.get("KOLEKTOR_TIMING_REQUESTS", "2000"))
LIMIT = 0.05
ENTER = "mutation($c: String!) { enrollAtCounter(input: {contact: $c}) { entry { id known } errors { code } } }"
Ask = Callable[[str], float]


def auc(first: list[float], second: list[float]) -> float:
    """How often a time of the first kind is longer than one of the second."""
    ranked = sorted([(value, 0) for value in first] + [(value, 1) for value in second])
    ranks: dict[int, float] = {0: 0.0, 1: 0.0}
    for rank, (_, kind) in enumerate(ranked, start=1):
        ranks[kind] += rank
    return (ranks[0] - len(first) * (len(first) + 1) / 2) / (len(first) * len(second))


def times_of(
    ask: Ask, known: Callable[[int], str], unknown: Callable[[int], str], each: int = EACH
) -> tuple[list[float], ...]:
    """Seconds of `each` requests of both kinds, known and unknown, in pairs, each pair in an order of its own."""
    dice = Random("kolektor timing")
    times: dict[bool, list[float]] = {True: [], False: []}
    for number in range(-20, each):
        for kind in dice.sample([True, False], 2):
            taken = ask(known(number) if kind else unknown(number))
            if number >= 0:  # the first ones warm up
                times[kind].append(taken)
    return times[True], times[False]


def measured(ask: Ask, known: Callable[[int], str], unknown: Callable[[int], str], each: int = EACH) -> float:
    """The area of those times."""
    return auc(*times_of(ask, known, unknown, each))


def clocked(deed: Callable[[], Any], status: int) -> float:
    begun = time.perf_counter()
    answer = deed()
    taken = time.perf_counter() - begun
    assert answer.status_code == status, answer.content
    return taken


@pytest.fixture(autouse=True)
def quiet(alfa: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Without limits; with a hash much quicker than the real one, so that a difference shows the more."""
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 2_000)
    monkeypatch.setattr(counter, "MOST_A_DAY", 10**9)
    monkeypatch.setattr(claims, "MOST_A_DAY", 10**9)
    cache.clear()
    gc.disable()
    with override_settings(ACCOUNT_RATE_LIMITS=False):
        yield
    gc.enable()
    cache.clear()


@pytest.fixture
def people(alfa: Any, beta: Any) -> Callable[[int], str]:
    """Addresses of people who are members elsewhere, with a password."""
    for number in range(40):
        person = ensure_person(email=f"znany{number}@example.com", password="correct-horse-battery")
        with tenant_context(beta):
            members.enroll(person=person)
    return lambda number: f"znany{number % 40}@example.com"


def stranger(number: int) -> str:
    return f"obcy{number % 40}@example.com"


def by_code(client: HostClient) -> Ask:
    return lambda email: clocked(lambda: client.post("/auth/code", {"email": email}), 200)


def test_asking_for_a_code_to_sign_in_or_up(people: Callable[[int], str]) -> None:
    assert abs(measured(by_code(HostClient(id_host())), people, stranger) - 0.5) <= LIMIT


def test_signing_in_by_password(people: Callable[[int], str]) -> None:
    """The hash decides how long it takes, a third of a second as it is in earnest. What is done beside it for somebody who is
    known differs by less than a tenth of a millisecond here; a whole one would be seen.
    """
    client = HostClient(id_host())

    def ask(email: str) -> float:
        return clocked(lambda: client.post("/auth/password", {"email": email, "password": "wrong"}), 400)

    known, unknown = times_of(ask, people, stranger)
    assert abs(statistics.median(known) - statistics.median(unknown)) < 0.001


def test_the_counter_of_another_wholesaler(alfa: Any, people: Callable[[int], str]) -> None:
    clerk = ensure_person(email="kasa@example.com")
    with tenant_context(alfa):
        members.grant_role(person=clerk, role="clerk")
    host = "alfa.kolektor.localhost"
    client = HostClient(host, session_key(clerk, host))

    def ask(email: str) -> float:
        begun = time.perf_counter()
        status, body = client.graphql("console", ENTER, {"c": email})
        taken = time.perf_counter() - begun
        assert (status, body["data"]["enrollAtCounter"]["errors"]) == (200, [])
        return taken

    assert abs(measured(ask, people, stranger) - 0.5) <= LIMIT


def test_five_milliseconds_are_seen(people: Callable[[int], str], monkeypatch: pytest.MonkeyPatch) -> None:
    real = code_process.begin

    def slower(request: Any, *, email: str, next_path: str) -> None:
        real(request, email=email, next_path=next_path)
        if email.startswith("znany"):
            time.sleep(0.005)

    monkeypatch.setattr(code_process, "begin", slower)
    assert abs(measured(by_code(HostClient(id_host())), people, stranger, each=150) - 0.5) > LIMIT
