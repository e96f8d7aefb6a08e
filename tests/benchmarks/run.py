"""`make bench`: the rows of the performance design that apply today, on a bundled PostgreSQL of their own.

`--tiny` runs everything once, small: it proves that the benchmarks work and measures nothing.
"""

# ruff: noqa: E402  (the environment is set before Django reads it)
from __future__ import annotations

import argparse
import os
import platform
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [path for path in (str(ROOT), str(ROOT / "platform")) if path not in sys.path]
os.environ["KOLEKTOR_HOME"] = os.environ.get("KOLEKTOR_BENCH_HOME") or str(ROOT / ".kolektor" / "bench")
os.environ["KOLEKTOR_DATABASE"] = "postgres"
os.environ["KOLEKTOR_DATABASE_ROLE"] = "app"
os.environ["DJANGO_SETTINGS_MODULE"] = "kolektor.config.settings"
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django

django.setup()

from tests.benchmarks import checkout, cluster, imports, lanes, listing, network, postings, seeding, vouchers
from tests.benchmarks.measuring import NotYet, Reported, say, table, write_json

RESULTS = ROOT / "bench" / "results.json"
MISSING = [
    NotYet("P6", "rules are not replayed yet"),
    NotYet("P7", "needs the hash chain"),
    NotYet("G2, T1, T2, T3", "belong to later issues"),
]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=8, help="of each measurement")
    parser.add_argument("--only", default="", help="rows, such as P1,S2")
    parser.add_argument("--lines", type=int, default=1_000_000, help="of P5 and P8")
    parser.add_argument("--tiny", action="store_true", help="one short round of everything")
    options = parser.parse_args(arguments)
    if options.tiny:
        options.rounds, options.seconds, options.lines = 1, 1, 2_000
    wanted = {code for code in options.only.upper().split(",") if code}
    try:
        rows, about = measure(options.rounds, options.seconds, options.lines, wanted, tiny=options.tiny)
    finally:
        cluster.stop()
    reported = [row for row in rows if isinstance(row, Reported)]
    rows = [row for row in rows if not isinstance(row, Reported)]
    say("\n" + table(rows, MISSING, reported))
    for row in rows:
        for note in row.notes:
            say(f"- {row.code}: {note}")
    if not options.tiny:
        write_json(RESULTS, rows, MISSING, about, reported)
        say(f"\nEvery round: {RESULTS.relative_to(ROOT)}")
    return 0


def measure(rounds: int, seconds: int, lines: int, wanted: set[str], *, tiny: bool) -> tuple[list[Any], dict[str, Any]]:
    """Build the templates, then row by row."""
    say("Starting PostgreSQL and building the templates …")
    about: dict[str, Any] = {"postgres": cluster.start(), "processors": os.cpu_count(), "machine": platform.machine()}
    accounts, scale = (200, 1) if tiny else (10_000, 10)
    seeding.make_template(accounts=accounts, buyers=checkout.CLIENTS, orders_each=listing.PAGE)
    rows: list[Any] = []
    if not wanted or wanted & {"P1", "P4"}:
        cluster.make_tpcb(scale)
    if not wanted or "P1" in wanted:
        rows.append(postings.p1(rounds=rounds, seconds=seconds, accounts=accounts, scale=scale))
    if not wanted or "P2" in wanted:
        rows.append(postings.p2(rounds=rounds, seconds=seconds, accounts=accounts))
    if not wanted or "P3" in wanted:
        postings.make_hordak(accounts)
        rows.append(postings.p3(rounds=rounds, seconds=seconds, accounts=accounts))
    if not wanted or "P4" in wanted:
        rows.append(lanes.p4(rounds=rounds, seconds=seconds, accounts=accounts, scale=scale))
    if not wanted or "O1" in wanted:
        rows.append(lanes.o1(rounds=rounds, deliveries=50 if tiny else 3000))
    if not wanted or "S3" in wanted:
        rows.append(lanes.s3(rounds=min(rounds, 3), codes=2000 if tiny else 100_000))
    if not wanted or "P5" in wanted:
        rows += imports.p5(rounds=min(rounds, 2), lines=lines)
    if not wanted or "P8" in wanted:
        rows.append(imports.p8(rounds=rounds, lines=lines, few=max(1000, lines // 100), seconds=seconds))
    if not wanted or "N1" in wanted:
        rows.append(network.n1(rounds=rounds, wholesalers=2 if tiny else 200, seconds=seconds))
    if not wanted or "S1" in wanted:
        rows.append(vouchers.s1(seconds=3 if tiny else 30))
    if not wanted or "G1" in wanted:
        rows.append(listing.g1(rounds=rounds, seconds=seconds))
    if not wanted or "S2" in wanted:
        rows.append(checkout.s2(rounds=rounds, seconds=seconds))
    return rows, {**about, "rounds": rounds, "seconds": seconds, "accounts": accounts}


if __name__ == "__main__":
    sys.exit(main())
