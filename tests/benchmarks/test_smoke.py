"""The benchmarks run: everything once and small, in a process of its own. Nothing is measured here."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from kolektor.embedded import home as embedded_home
from tests.benchmarks.measuring import NotYet, Row, compare, table
from tests.shared_data import CHECKOUT


def test_the_order_of_a_round_alternates() -> None:
    seen: list[str] = []

    def ours() -> float:
        seen.append("ours")
        return 3.0

    def theirs() -> float:
        seen.append("theirs")
        return 2.0

    row = compare(Row("X", "a", "b", "per s", 1, 2), ours, theirs, rounds=3)
    assert seen == ["ours", "theirs", "theirs", "ours", "ours", "theirs"]
    assert row.ratios == [1.5, 1.5, 1.5]
    assert "| X | a | b | **1.50 ×** (1.50 – 1.50) | ≥ 1 × | 2 × | met |" in table([row], [NotYet("Y", "later")])
    row.higher_is_better, row.must = False, 1.2
    assert not row.met


def test_make_bench_small(tmp_path: Path) -> None:
    """A server of its own, as `make bench` has it; the table has every row that applies."""
    home = embedded_home.state_home().with_name(f"{embedded_home.state_home().name}-bench")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("KOLEKTOR_", "BROKER_"))}
    done = subprocess.run(
        [sys.executable, "tests/benchmarks/run.py", "--tiny"],
        cwd=CHECKOUT,
        env={**environment, "KOLEKTOR_BENCH_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    rows = {line.split("|")[1].strip() for line in done.stdout.splitlines() if line.startswith("|")}
    assert {"P1", "P2", "P3", "P4", "P5", "P8", "S1", "S2", "S3", "G1", "N1", "O1"} <= rows
    assert "queries for 10 rows and for 100" in done.stdout
