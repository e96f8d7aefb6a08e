"""P4: awards in the bulk lane against TPC-B. O1: the outbox drained against one-row inserts. S3: a code pool against COPY."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from io import StringIO
from typing import Any
from uuid import UUID, uuid4

import psycopg2
from django.db import connection, transaction

from catalog.rewards import pool
from catalog.rewards import services as rewards
from catalog.rewards.models import PoolCode
from catalog.rewards.pool_files import UploadedCode
from kolektor.embedded import home as embedded_home
from kolektor.embedded import postgres
from kolektor.kernel.models import OutboxDelivery
from kolektor.kernel.outbox import registry
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.points import Points
from kolektor.kernel.tenant import tenant_context
from tenants.ledger import services as ledger
from tenants.ledger.services import Award, Owner
from tests.benchmarks import cluster, seeding
from tests.benchmarks.measuring import Row, compare

BATCH = 1000
_WHEN = datetime(2026, 3, 1, 12, tzinfo=UTC)
_PROBE = "bench.probe"


def p4(*, rounds: int, seconds: float, accounts: int, scale: int) -> Row:
    """One writer, as the lane has it; in every batch a key that is known and one that is known with other points."""
    row = Row(
        "P4",
        f"awards in the bulk lane, batches of {BATCH:,}, two known keys in each, one of them refused",
        f"pgbench TPC-B, scale {scale}",
        "per s",
        2.5,
        5,
    )

    def ours() -> float:
        with _working(cluster.fresh(cluster.TEMPLATE)):
            return _awards_per_second(accounts, seconds)

    def theirs() -> float:
        database = cluster.fresh(cluster.TPCB)
        return cluster.tps(database, seconds=max(1, int(seconds)), role=postgres.OWNER, schema="public")

    return compare(row, ours, theirs, rounds=rounds)


def _awards_per_second(accounts: int, seconds: float) -> float:
    dice = random.Random(4)

    def award(key: str, units: int = 100) -> Award:
        owner = Owner("member", UUID(f"00000000-0000-4000-8000-{dice.randint(1, accounts):012}"))
        return Award(owner, Points(units), key, _WHEN, key, None)

    known = award("known")
    ledger.award(awards=[known], source_kind="document")
    other = Award(known.owner, Points(200), "known", _WHEN, "known", None)
    done = number = 0
    begun = time.perf_counter()
    while time.perf_counter() < begun + seconds:
        wanted = [award(f"a{number}:{place}") for place in range(BATCH - 1)]
        states = Counter(
            state for _, state in ledger.award(awards=[*wanted, known], source_kind="document").values()
        ) + Counter(state for _, state in ledger.award(awards=[other], source_kind="document").values())
        assert states == {"posted": BATCH - 1, "replayed": 1, "conflict": 1}, states
        done += BATCH - 1
        number += 1
    return done / (time.perf_counter() - begun)


def o1(*, rounds: int, deliveries: int) -> Row:
    """Claim, handler with its row, done-mark; one worker. The reference commits one row at a time on the same connection."""
    row = Row("O1", "outbox drained, each handler writes a row", "one-row INSERT, committed", "per s", 0.3, 0.5)

    def ours() -> float:
        with _working(cluster.fresh(cluster.TEMPLATE)) as database, _probing(database):
            with transaction.atomic():
                for number in range(deliveries):
                    outbox.emit(_PROBE, {"n": number})
            begun = time.perf_counter()
            while outbox.drain():
                pass
            seconds = time.perf_counter() - begun
            assert OutboxDelivery.objects.filter(handler__endswith="_write", state="done").count() == deliveries
            assert _count("bench_probe") == deliveries
            return deliveries / seconds

    def theirs() -> float:
        with _working(cluster.fresh(cluster.TEMPLATE)) as database, _probing(database):
            begun = time.perf_counter()
            for number in range(deliveries):
                _write({"n": number})
            return deliveries / (time.perf_counter() - begun)

    return compare(row, ours, theirs, rounds=rounds)


def _write(payload: Mapping[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_probe (n) VALUES (%s)", [payload["n"]])


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return int(cursor.fetchone()[0])


@contextmanager
def _probing(database: str) -> Any:
    with cluster.superuser(database) as cursor:
        cursor.execute(f'CREATE TABLE "{cluster.SCHEMA}".bench_probe (id bigserial PRIMARY KEY, n int)')
        cursor.execute(f'GRANT INSERT, SELECT ON "{cluster.SCHEMA}".bench_probe TO kolektor_app')
        cursor.execute(f'GRANT USAGE ON SEQUENCE "{cluster.SCHEMA}".bench_probe_id_seq TO kolektor_app')
    before = dict(registry._subscriptions)
    registry._subscriptions.clear()
    registry.subscribe(_PROBE, _write)
    try:
        yield
    finally:
        registry._subscriptions.clear()
        registry._subscriptions.update(before)


def s3(*, rounds: int, codes: int) -> Row:
    """Encrypting and fingerprinting included; the reference copies the very rows into a table with the same indexes."""
    row = Row("S3", f"{codes:,} codes encrypted into a pool", "COPY of the same rows", "per s", 0.3, 0.5)
    copied: dict[str, str] = {}

    def ours() -> float:
        with _working(cluster.fresh(cluster.TEMPLATE)) as database:
            reward = rewards.offer_pool(name="Karta", brand_name="Kawiarnia", amounts=[seeding.FACE])
            uploaded = [UploadedCode(uuid4().hex.upper()) for _ in range(codes)]
            begun = time.perf_counter()
            added, _ = pool.add_codes(reward_id=reward.pk, amount=seeding.FACE, codes=uploaded)
            seconds = time.perf_counter() - begun
            assert added == codes == PoolCode.objects.count()
            copied["rows"] = _copied_out(database)
            return codes / seconds

    def theirs() -> float:
        if not copied:
            ours()
        with psycopg2.connect(_superuser_dsn(cluster.fresh(cluster.TEMPLATE))) as plain, plain.cursor() as cursor:
            cursor.execute(f'CREATE TABLE bench_codes (LIKE "{cluster.SCHEMA}".rewards_poolcode INCLUDING ALL)')
            begun = time.perf_counter()
            cursor.copy_expert("COPY bench_codes FROM STDIN", StringIO(copied["rows"]))
            plain.commit()
            return codes / (time.perf_counter() - begun)

    return compare(row, ours, theirs, rounds=rounds)


def _copied_out(database: str) -> str:
    text = StringIO()
    with psycopg2.connect(_superuser_dsn(database)) as plain, plain.cursor() as cursor:
        cursor.copy_expert(f'COPY "{cluster.SCHEMA}".rewards_poolcode TO STDOUT', text)
    return text.getvalue()


def _superuser_dsn(database: str) -> str:
    return postgres.superuser_dsn(embedded_home.state_home(), database)


@contextmanager
def _working(database: str) -> Any:
    """In the benchmarks' wholesaler of a database, as `app`."""
    seeding.point_at(database, "app")
    outbox.on_wake(lambda schema: None)
    try:
        with tenant_context(seeding.wholesaler()):
            yield database
    finally:
        seeding.point_at("postgres", "app")
