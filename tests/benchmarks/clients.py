"""Client processes that post through a Python service: `python -m tests.benchmarks.clients ours|hordak …`.

One process sets Django up and forks the clients, so that no start is measured. Prints postings a second.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import sys
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

Post = Callable[[int], None]


def ours(accounts: int) -> tuple[Callable[[], Any], Post]:
    """`tenants.ledger.services.hold`, which writes its outbox event too: one SQL call, one transaction."""
    from kolektor.kernel import clock
    from kolektor.kernel.outbox import services as outbox
    from kolektor.kernel.points import Points
    from kolektor.kernel.tenant import tenant_context
    from tenants.ledger import services as ledger
    from tenants.ledger.services import Owner, Source
    from tests.benchmarks.seeding import wholesaler

    outbox.on_wake(lambda schema: None)  # a wake-up is sent after the posting and is no part of it

    def post(number: int) -> None:
        owner = Owner("member", UUID(f"00000000-0000-4000-8000-{random.randint(1, accounts):012}"))
        key = f"{os.getpid()}:{number}"
        ledger.hold(owner=owner, points=Points(100), key=key, occurred_at=clock.now(), source=Source("order", key))

    return lambda: tenant_context(wholesaler()), post


def hordak(accounts: int) -> tuple[Callable[[], Any], Post]:
    """`Account.transfer_to` between accounts that are loaded beforehand; hordak looks at no balance."""
    from contextlib import nullcontext

    from django.db import connection, transaction
    from hordak.models import Account
    from moneyed import Money

    loaded = list(Account.objects.order_by("id")[:accounts])
    connection.close()
    one = Money(1, "PLN")

    def post(number: int) -> None:
        source, target = random.sample(loaded, 2)
        with transaction.atomic():
            source.transfer_to(target, one)

    return nullcontext, post


def make_hordak(accounts: int) -> None:
    """Migrate and make accounts, as roots of their own trees."""
    from django.core.management import call_command
    from hordak.models import Account

    call_command("migrate", verbosity=0)
    Account.objects.bulk_create(
        [
            Account(name=f"a{n}", code=str(n), type="LI", currencies=["PLN"], lft=1, rght=2, tree_id=n, level=0)
            for n in range(1, accounts + 1)
        ],
        batch_size=1000,
    )


def _client(enter: Callable[[], Any], post: Post, gate: Any, seconds: float, results: Any) -> None:
    with enter():
        post(-1)  # opens the connection
        gate.wait()
        end, done = time.perf_counter() + seconds, 0
        begun = time.perf_counter()
        while time.perf_counter() < end:
            post(done)
            done += 1
        results.put(done / (time.perf_counter() - begun))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("side", choices=["ours", "hordak", "make-hordak"])
    parser.add_argument("--accounts", type=int, required=True)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=5)
    options = parser.parse_args()
    import django

    django.setup()
    if options.side == "make-hordak":
        make_hordak(options.accounts)
        return 0
    enter, post = (ours if options.side == "ours" else hordak)(options.accounts)
    context = multiprocessing.get_context("fork")
    gate, results = context.Barrier(options.clients), context.Queue()
    children = [
        context.Process(target=_client, args=(enter, post, gate, options.seconds, results))
        for _ in range(options.clients)
    ]
    for child in children:
        child.start()
    rates = [results.get(timeout=options.seconds + 60) for _ in children]
    for child in children:
        child.join()
    print(json.dumps({"per_second": sum(rates)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
