"""The real command in a process of its own, on a database that is cloned for these tests and dropped after them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from kolektor.embedded import home as embedded_home
from kolektor.embedded import postgres
from tests.conftest import clone
from tests.shared_data import CHECKOUT

KOLEKTOR = str(Path(sys.executable).with_name("kolektor"))
PATIENCE_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """All of stdout as one JSON document."""
        return json.loads(self.out)

    @property
    def sentence(self) -> str:
        """The one line of a refusal. Fails when there is a traceback or more than a line."""
        (line,) = self.err.strip().splitlines()
        return line


Run = Callable[..., Done]


@pytest.fixture(scope="module")
def database(django_db_setup: None) -> Iterator[str]:
    """The template with the wholesalers alfa, beta and gamma, for one module."""
    name = f"{os.environ['KOLEKTOR_DATABASE']}_cli"
    clone(name)
    yield name
    postgres.drop_database(embedded_home.state_home(), name)


def environment(database: str, **changes: str) -> dict[str, str]:
    return {**os.environ, "KOLEKTOR_DATABASE": database, "COLUMNS": "200", "NO_COLOR": "1", **changes}


@pytest.fixture(scope="module")
def run(database: str) -> Run:
    """`run("ledger", "verify", "--json", ENVIRONMENT="…")`."""

    def call(*arguments: object, **changes: str) -> Done:
        done = subprocess.run(
            [KOLEKTOR, *map(str, arguments)], cwd=CHECKOUT, env=environment(database, **changes),
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False,
        )  # fmt: skip
        return Done(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture
def sql(database: str) -> Iterator[Callable[[str], list[tuple[Any, ...]]]]:
    """Statements as the database's superuser, committed at once."""
    connection = psycopg2.connect(postgres.superuser_dsn(embedded_home.state_home(), database))
    connection.autocommit = True

    def execute(statement: str) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    yield execute
    connection.close()
