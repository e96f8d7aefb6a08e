"""P1: one full posting in SQL against TPC-B. P2: against it, postings of which every other one meets one account of the program.
P3: one posting through the Python service against django-hordak.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from kolektor.embedded import home as embedded_home
from kolektor.embedded import postgres
from tests.benchmarks import cluster
from tests.benchmarks.measuring import Row, compare
from tests.shared_data import CHECKOUT

SCRIPT = Path(__file__).with_name("posting.sql")
HOT_SCRIPT = Path(__file__).with_name("hot_posting.sql")


def p1(*, rounds: int, seconds: int, accounts: int, scale: int) -> Row:
    """Spread over the accounts, eight clients, prepared statements, as the role `app`."""
    row = Row(
        "P1",
        f"one full posting with outbox row, {accounts:,} accounts, {cluster.CLIENTS} clients",
        f"pgbench TPC-B, scale {scale}",
        "per s",
        0.9,
        1.3,
    )

    def ours() -> float:
        database = cluster.fresh(cluster.TEMPLATE)
        script = _script(SCRIPT, accounts)
        return cluster.tps(database, seconds=seconds, script=script, role=postgres.APP, schema=cluster.SCHEMA)

    def theirs() -> float:
        database = cluster.fresh(cluster.TPCB)
        return cluster.tps(database, seconds=seconds, role=postgres.OWNER, schema="public")

    return compare(row, ours, theirs, rounds=rounds)


def p2(*, rounds: int, seconds: int, accounts: int) -> Row:
    """Holds and settlements in turn: no member is hot, and `redeemed:voucher` is met by all eight clients at once."""
    row = Row(
        "P2",
        "full postings, every other one on one hot program account, 8 clients",
        "P1's postings, spread",
        "per s",
        0.8,
        0.95,
    )

    def run(script: Path, postings: int) -> float:
        database = cluster.fresh(cluster.TEMPLATE)
        written = _script(script, accounts)
        rate = cluster.tps(database, seconds=seconds, script=written, role=postgres.APP, schema=cluster.SCHEMA)
        return postings * rate

    return compare(row, lambda: run(HOT_SCRIPT, 2), lambda: run(SCRIPT, 1), rounds=rounds)


def _script(script: Path, accounts: int) -> Path:
    path = embedded_home.state_home() / script.name
    path.write_text(script.read_text("utf-8").replace(":accounts", str(accounts)), "utf-8")
    return path


def p3(*, rounds: int, seconds: int, accounts: int) -> Row:
    """The same number of processes, each with a connection of its own, in a closed loop."""
    row = Row(
        "P3",
        f"one posting with outbox row through the Python service, {cluster.CLIENTS} clients",
        "django-hordak `transfer_to`",
        "per s",
        2,
        4,
    )

    def run(side: str, template: str) -> float:
        return _clients(side, cluster.fresh(template), accounts=accounts, seconds=seconds)

    return compare(row, lambda: run("ours", cluster.TEMPLATE), lambda: run("hordak", cluster.HORDAK), rounds=rounds)


def make_hordak(accounts: int) -> None:
    """The template of the peer: its migrations and as many accounts as ours."""
    home = embedded_home.state_home()
    postgres.drop_database(home, cluster.HORDAK)
    postgres.ensure_database(home, cluster.HORDAK)
    _run("make-hordak", cluster.HORDAK, "--accounts", str(accounts))


def _clients(side: str, database: str, *, accounts: int, seconds: int) -> float:
    told = _run(
        side, database, "--accounts", str(accounts), "--seconds", str(seconds), "--clients", str(cluster.CLIENTS)
    )
    return float(json.loads(told.splitlines()[-1])["per_second"])


def _run(side: str, database: str, *arguments: str) -> str:
    settings = "kolektor.config.settings" if side == "ours" else "tests.benchmarks.hordak_settings"
    environment = {
        **os.environ,
        "PYTHONPATH": f"{CHECKOUT}:{CHECKOUT / 'platform'}",
        "DJANGO_SETTINGS_MODULE": settings,
        "KOLEKTOR_DATABASE": database,
        "KOLEKTOR_DATABASE_ROLE": "app",
        "BENCH_DATABASE": database,
        "LOG_LEVEL": "ERROR",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.clients", side, *arguments],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout
