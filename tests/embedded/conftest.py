"""Isolated state folders: every test has its own servers and leaves nothing behind."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest

from kolektor.embedded import postgres, storage, valkey

IS_ROOT = os.geteuid() == 0
Homes = Callable[[str], Path]


def remove(home: Path) -> None:
    """Stop the servers of a state folder and delete all they made."""
    valkey.stop(home)
    postgres.stop(home)
    storage.remove(home)


@pytest.fixture
def homes() -> Iterator[Homes]:
    """Makes state folders by name, in a folder that every account can enter (unlike pytest's tmp_path)."""
    root = Path(tempfile.mkdtemp(prefix="kolektor-test-"))
    root.chmod(0o755)
    made: list[Path] = []

    def make(name: str) -> Path:
        made.append(root / name)
        return made[-1]

    yield make
    for home in made:
        remove(home)
    shutil.rmtree(root, ignore_errors=True)


@pytest.fixture
def home(homes: Homes) -> Path:
    """One state folder; not created yet."""
    return homes("state")


def query(dsn: str, statement: str) -> list[tuple[object, ...]]:
    """Run one statement on a connection of its own, committed at once."""
    connection = psycopg2.connect(dsn)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()
