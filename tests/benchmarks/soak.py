"""`make soak`: hours instead of seconds of what `make test` proves small. Seeded; the seed is printed, and repeats the run.

- random sales histories through the real importer against the naive evaluator;
- random rules × baskets × corrections × reverts against the other one (`tests/rules/stories.py`), 20,000 (`--stories`), and more
  in the loop;
- imports of 100,000 lines whose worker, web server, command or PostgreSQL is killed at random points (`--import-kills`);
- a loop of orders whose worker is killed at a random point, again and again, while the partner misbehaves at random.
"""

# ruff: noqa: E402  (the environment is set before Django reads it)
from __future__ import annotations

import argparse
import os
import random
import secrets
import sys
import tempfile
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [path for path in (str(ROOT), str(ROOT / "platform")) if path not in sys.path]
os.environ["KOLEKTOR_HOME"] = os.environ.get("KOLEKTOR_BENCH_HOME") or str(ROOT / ".kolektor" / "soak")
os.environ["KOLEKTOR_DATABASE"] = "soak"
os.environ["DJANGO_SETTINGS_MODULE"] = "kolektor.config.settings"
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django

django.setup()

from contextlib import contextmanager

from django.conf import settings
from django.db import transaction

from catalog.fulfillment.models import Voucher
from catalog.orders import services as orders
from catalog.orders.models import Order
from kolektor.embedded import home as embedded_home
from kolektor.embedded import postgres, valkey
from kolektor.kernel.models import OutboxDelivery
from tests.conftest import _as_role, _build_template
from tests.faults import import_kills, live_kills
from tests.rules import stories
from tests.sales.test_property import Story
from tests.support.importing import Folder
from tests.support.polling import wait_for
from tests.support.town import Town, town

POINTS = ("issue.before_call", "issue.after_call", "issue.before_commit", "issue.after_commit", "")
FAULTS = ("timeout_after_issue", "duplicate", "malformed", "async", "async_fail", "slow", "out_of_funds", "decline",
          "error_500", "rate_limit", "", "")  # fmt: skip
ORDERS_A_ROUND = 6
HISTORIES_A_ROUND = 25
STORIES_A_HISTORY = 8


class _NoBlocker:
    """pytest-django guards the database in tests; here it is open."""

    @contextmanager
    def unblock(self) -> Any:
        yield


def say(text: str) -> None:
    print(text, flush=True)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=float(os.environ.get("SOAK_MINUTES", "60")))
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--import-kills", type=int, default=25, help="rounds, before the loop begins")
    parser.add_argument("--lines", type=int, default=100_000, help="of each import that is killed")
    parser.add_argument("--stories", type=int, default=20_000, help="of rules, before the loop begins")
    options = parser.parse_args(arguments)
    seed = secrets.randbits(32) if options.seed is None else options.seed
    say(f"seed {seed}; the same again: tests/benchmarks/soak.py --minutes {options.minutes:g} --seed {seed}")
    dice = random.Random(seed)
    home = embedded_home.state_home()
    postgres.ensure(home)
    _build_template(home)
    _as_role("app")
    done: Counter[str] = Counter()
    try:
        kill_imports(dice, options.import_kills, options.lines, home, done)
        with tempfile.TemporaryDirectory() as folder, town(Path(folder), _NoBlocker(), suffix="town") as made:
            for told in range(0, options.stories, STORIES_A_HISTORY):
                tell_of_rules(dice, done)
                if told % 1000 == 0:
                    say(f"{done['stories of rules']} stories of rules")
            made.open_shop()
            end = time.monotonic() + options.minutes * 60
            while time.monotonic() < end:
                tell_a_story(dice, Path(folder))
                done["histories"] += 1
                tell_of_rules(dice, done)
                if done["histories"] % HISTORIES_A_ROUND == 0:
                    kill_round(dice, made, Path(folder), done)
                    say(", ".join(f"{count} {what}" for what, count in sorted(done.items())))
    finally:
        valkey.stop(home)
        postgres.stop(home)
    say("no difference was found")
    return 0


def tell_a_story(dice: random.Random, folder: Path) -> None:
    """One random history, rolled back. Raises AssertionError with its own seed when the two evaluators differ."""
    number = dice.randrange(2**32)
    inner = random.Random(number)
    try:
        with transaction.atomic():
            story = Story(inner, Folder(folder))
            story.apply_rules()
            for _ in range(inner.randint(1, 4)):
                for _ in range(inner.randint(2, 12)):
                    story.step()
                story.import_some()
            story.check()
            transaction.set_rollback(True)
    except AssertionError as error:
        raise AssertionError(f"history {number}: {error}") from error


def tell_of_rules(dice: random.Random, done: Counter[str]) -> None:
    """Some stories of rules, rolled back. Raises Difference with the story's number."""
    for _ in range(STORIES_A_HISTORY):
        number = dice.randrange(2**32)
        try:
            with transaction.atomic():
                stories.tell(number)
                transaction.set_rollback(True)
        except stories.Difference as error:
            raise AssertionError(f"story {number}: {error}") from error
        done["stories of rules"] += 1


def kill_imports(dice: random.Random, rounds: int, lines: int, home: Path, done: Counter[str]) -> None:
    """Imports at the console or by the command that are killed at random; each must equal an undisturbed one."""
    for number in range(rounds):
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as name, town(Path(name), _NoBlocker(), suffix=f"kills{number}") as made:
            victim = kill_an_import(dice, made, Path(name), lines, home)
        done[f"kills of {victim}"] += 1
        say(
            f"{', '.join(f'{count} {what}' for what, count in sorted(done.items()))} ({time.monotonic() - began:.0f} s)"
        )


def kill_an_import(dice: random.Random, made: Town, folder: Path, lines: int, home: Path) -> str:
    """One round; says what was killed. Raises AssertionError when the end differs from an undisturbed import."""
    victim = dice.choice(["the worker", "the worker", "the web server", "PostgreSQL", "PostgreSQL", "the command"])
    point = dice.choice(live_kills.POINTS)
    if victim == "the command":
        kill_a_command(dice, made, folder, lines)
        return victim
    story = live_kills.Round(made, folder, lines, dice)
    if victim == "the worker":
        story.worker_dies(point)
    elif victim == "the web server":
        story.web_dies()
    else:
        story.postgresql_dies(home, point)
    return victim


def kill_a_command(dice: random.Random, made: Town, folder: Path, lines: int) -> None:
    """The command that imports dies; what it left is gone on with, as a worker does."""
    job = import_kills.write_job(folder, lines, dice)
    chunk = dice.randint(1, -(-lines // settings.IMPORT_CHUNK_DOCUMENTS))
    partial = import_kills.killed_then_finished(
        job, made.servers.database, f"{dice.choice(import_kills.POINTS)}:{chunk}"
    )
    assert partial["clean"]
    assert import_kills.state() == job.expected
    report = import_kills.import_again(job, made.servers.database)
    assert (report["accepted"], report["points_awarded"]) == (0, "0.00")
    made.assert_clean()


def kill_round(dice: random.Random, made: Town, folder: Path, done: Counter[str]) -> None:
    """Some orders, a fault at the partner, a worker that is killed, a worker that finishes: every order is closed, once."""
    reward, placed = made.open_shop(), []
    for _ in range(ORDERS_A_ROUND):
        fault = dice.choice(FAULTS)
        if fault:
            made.sandbox.fault(fault, seconds=15 if fault == "timeout_after_issue" else 0.5)
        member = made.enroll("100.00")
        key = f"soak-{dice.randrange(2**48):012x}"
        order = orders.place(member=member, reward_id=reward.pk, face_value=Decimal("50.00"), idempotency_key=key)
        placed.append((member, order))
    point, marker = dice.choice(POINTS), folder / f"fired-{dice.randrange(2**32)}"
    made.servers.start_worker(KOLEKTOR_FAULT=point, KOLEKTOR_FAULT_ONCE=str(marker))
    if point:
        wait_for(f"the kill at {point}", marker.exists, seconds=120)
        made.servers.kill("worker")
        made.servers.start_worker()
        done["kills"] += 1
    ids = [order.pk for _, order in placed]
    closed = {Order.State.FULFILLED, Order.State.FAILED}
    wait_for(
        "closed orders",
        lambda: set(Order.objects.filter(pk__in=ids).values_list("state", flat=True)) <= closed,
        seconds=300,
    )
    wait_for("an empty outbox", lambda: not OutboxDelivery.objects.filter(state="pending").exists(), seconds=120)
    made.servers.kill("worker")
    for member, order in placed:
        books, state = made.books_of(order.pk), made.state_of(order.pk)
        given = (books["codes"], books["charged_minor"]) if books else (0, 0)
        vouchers = Voucher.objects.filter(order=order).count()
        if state == Order.State.FULFILLED:
            assert (given, vouchers, made.standing(member)) == ((1, 5000), 1, ("50.00", "0.00")), order
        else:
            assert (given, vouchers, made.standing(member)) == ((0, 0), 0, ("100.00", "0.00")), order
        done[f"orders {state.lower()}"] += 1
    assert not OutboxDelivery.objects.filter(state="dead").exists()
    made.assert_clean()
    made.sandbox.reset()


if __name__ == "__main__":
    sys.exit(main())
