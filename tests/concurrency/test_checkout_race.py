"""Twenty clients, one member, points for three orders: exactly three, whatever the interleaving."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import psycopg2
import pytest

from catalog.orders.models import Order
from kolektor.embedded import home as embedded_home
from kolektor.embedded import postgres
from kolektor.kernel.points import Points
from tenants.ledger.verification import verify
from tenants.members.models import Member
from tests.shared_data import CHECKOUT
from tests.support.browser import Browser
from tests.support.town import ALFA, Town

CLIENTS = 20
AFFORDABLE = 3
FACE_VALUE = "50.00"
MUTANT_ROUNDS = 12


@dataclass
class Race:
    """What came of one race."""

    answers: list[str]
    orders: list[str]
    standing: tuple[str, str]
    lowest: int
    differences: tuple[object, ...]

    def violations(self) -> list[str]:
        """What must not be after any interleaving; empty when all is well."""
        found = []
        told = Counter(self.answers)
        if told != Counter({"PLACED": AFFORDABLE, "INSUFFICIENT_POINTS": CLIENTS - AFFORDABLE}):
            found.append(f"answers {dict(told)}")
        if self.orders != ["PLACED"] * AFFORDABLE:
            found.append(f"orders {self.orders}")
        if self.standing != ("0.00", f"{AFFORDABLE * 50}.00"):
            found.append(f"available and held {self.standing}")
        if self.lowest < 0:
            found.append(f"a balance of {self.lowest} units was seen")
        if self.differences:
            found.append(f"ledger {self.differences}")
        return found


def verdict(answer: httpx.Response | Exception) -> str:
    """State of the order, the one error code, or what went wrong otherwise."""
    if isinstance(answer, Exception):
        return type(answer).__name__
    if answer.status_code != 200:
        return f"HTTP {answer.status_code}"
    body = answer.json()
    if body.get("errors"):
        return f"error {body['errors'][0].get('extensions', {}).get('code')}"
    payload = body["data"]["placeOrder"]
    return str(payload["order"]["state"] if payload["order"] else payload["errors"][0]["code"])


def all_at_once(
    browsers: list[Browser], act: Callable[[Browser, int], httpx.Response]
) -> list[httpx.Response | Exception]:
    """Every browser acts at the same moment, each over a connection of its own that is already open."""
    gate = threading.Barrier(len(browsers))

    def run(pair: tuple[int, Browser]) -> httpx.Response | Exception:
        index, browser = pair
        browser.ask("GET", ALFA, "/healthz")
        gate.wait()
        try:
            return act(browser, index)
        except httpx.HTTPError as error:
            return error

    with ThreadPoolExecutor(len(browsers)) as pool:
        return list(pool.map(run, enumerate(browsers)))


@contextmanager
def watching(town: Town, member: Member) -> Iterator[list[int]]:
    """A reader that polls the lowest balance of the member's accounts and lots while the race is on."""
    seen: list[int] = []
    done = threading.Event()
    dsn = postgres.address(embedded_home.state_home(), town.servers.database).dsn(postgres.APP)
    schema = town.wholesaler.schema_name

    def look() -> None:
        reader = psycopg2.connect(dsn)
        reader.autocommit = True
        with reader.cursor() as cursor:
            while not done.is_set():
                cursor.execute(
                    f"SELECT least(min(a.balance), coalesce(min(b.remaining), 0)) FROM {schema}.ledger_account a"
                    f" LEFT JOIN {schema}.ledger_lotbalance b ON b.account_id = a.id"
                    " WHERE a.owner_id = %s AND a.role IN ('available', 'held')",
                    [str(member.pk)],
                )
                (lowest,) = cursor.fetchone() or (0,)
                seen.append(int(lowest))
        reader.close()

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        done.set()
        thread.join()


def race(town: Town, member: Member, browser: Browser) -> Race:
    reward = town.open_shop()
    twins = [browser.twin() for _ in range(CLIENTS)]

    def order(twin: Browser, index: int) -> httpx.Response:
        return twin.place_order(ALFA, reward_id=str(reward.pk), face_value=FACE_VALUE, key=f"{index:02}-{uuid4()}")

    with watching(town, member) as seen:
        answers = all_at_once(twins, order)
    for twin in twins:
        twin.close()
    return Race(
        answers=[verdict(answer) for answer in answers],
        orders=[str(state) for state in Order.objects.filter(member=member).values_list("state", flat=True)],
        standing=town.standing(member),
        lowest=min(seen),
        differences=verify().differences,
    )


@pytest.mark.parametrize("round_", range(2))
def test_exactly_as_many_orders_as_points(busy_town: Town, round_: int) -> None:
    member = busy_town.enroll("150.00", password=True)
    with busy_town.browser(member) as browser:
        assert race(busy_town, member, browser).violations() == []


def test_the_same_key_at_once_is_one_order_and_one_answer(busy_town: Town) -> None:
    member = busy_town.enroll("1000.00", password=True)
    reward, key = busy_town.open_shop(), f"key-{uuid4()}"
    with busy_town.browser(member) as browser:
        twins = [browser.twin() for _ in range(CLIENTS)]
        answers = all_at_once(
            twins,
            lambda twin, _: twin.place_order(ALFA, reward_id=str(reward.pk), face_value=FACE_VALUE, key=key),
        )
        assert [verdict(answer) for answer in answers] == ["PLACED"] * CLIENTS
        bodies = {answer.text for answer in answers if isinstance(answer, httpx.Response)}
        assert len(bodies) == 1
        other = twins[0].place_order(ALFA, reward_id=str(reward.pk), face_value="100.00", key=key)
        assert verdict(other) == "IDEMPOTENCY_CONFLICT"
        for twin in twins:
            twin.close()
    assert Order.objects.filter(member=member).count() == 1
    assert busy_town.standing(member) == ("950.00", "50.00")
    busy_town.assert_clean()


@contextmanager
def without_the_lock(town: Town) -> Iterator[None]:
    """The same command, which looks at the balance without locking it; put into alfa's schema, and the real one put back."""
    source = (CHECKOUT / "tenants" / "ledger" / "sql" / "commands.sql").read_text("utf-8")
    start = source.index("CREATE OR REPLACE FUNCTION ledger_hold(")
    real = source[start : source.index("$$;", start) + 3]
    lock = real[
        real.index("  UPDATE ledger_account SET balance = balance - p_units") : real.index("  IF v_available IS NULL")
    ]
    where = lock[lock.index("WHERE") : lock.index("RETURNING")]
    mutant = real.replace(lock, f"  SELECT id INTO v_available FROM ledger_account {where};\n").replace(
        "  PERFORM outbox_emit(",
        "  UPDATE ledger_account SET balance = balance - p_units WHERE id = v_available;\n  PERFORM outbox_emit(",
    )
    assert mutant.count("balance >= p_units") == 1 and mutant.count("balance = balance - p_units") == 1
    _as_owner(town, mutant)
    try:
        yield
    finally:
        _as_owner(town, real)


def _as_owner(town: Town, statement: str) -> None:
    dsn = postgres.address(embedded_home.state_home(), town.servers.database).dsn(postgres.OWNER)
    connection: Any = psycopg2.connect(dsn)
    with connection, connection.cursor() as cursor:
        cursor.execute(f"SET search_path = {town.wholesaler.schema_name}")
        cursor.execute(statement)
    connection.close()


def test_without_the_lock_the_race_is_seen_to_fail(busy_town: Town) -> None:
    """The check above can fail: the mutant is caught, and the database's own constraints still hold the floor."""
    caught: list[str] = []
    with without_the_lock(busy_town):
        for _ in range(MUTANT_ROUNDS):
            member = busy_town.enroll("150.00", password=True)
            with busy_town.browser(member) as browser:
                found = race(busy_town, member, browser)
            caught = found.violations()
            assert found.lowest >= 0, "the floor is a constraint, not only the function's care"
            if caught:
                break
    assert caught, f"twenty clients never met in {MUTANT_ROUNDS} rounds"
    assert Points.parse(found.standing[0]).units >= 0
    member = busy_town.enroll("150.00", password=True)
    with busy_town.browser(member) as browser:
        assert race(busy_town, member, browser).violations() == []
