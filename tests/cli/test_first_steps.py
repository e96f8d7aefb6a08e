"""Commands before anything is set up, and commands that are asked for nothing sensible: a sentence and exit code 2."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from kolektor.embedded import home as embedded_home
from kolektor.embedded import postgres
from tests.support import command_line


@pytest.fixture
def empty(django_db_setup: None) -> Any:
    """A database without a table."""
    name = f"{os.environ['KOLEKTOR_DATABASE']}_empty"
    postgres.drop_database(embedded_home.state_home(), name)
    postgres.ensure_database(embedded_home.state_home(), name)
    yield name
    postgres.drop_database(embedded_home.state_home(), name)


@pytest.mark.parametrize(
    "command",
    [
        ("ledger", "verify", "--json"),
        ("ledger", "verify", "--wholesaler", "x"),
        ("ledger", "balances", "--wholesaler", "x"),
        ("rules", "apply", "--wholesaler", "x", "docs/examples/one-point-per-unit.json"),
        ("import-sales", "--wholesaler", "x", "--format", "ksef", "docs"),
    ],
    ids=" ".join,
)
def test_nothing_is_set_up(empty: str, command: tuple[str, ...]) -> None:
    told = command_line.run(*command, KOLEKTOR_DATABASE=empty)
    assert told.returncode == 2
    assert "kolektor wholesaler create" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_folder_without_files(alfa: Any, tmp_path: Path) -> None:
    told = command_line.run("import-sales", "--wholesaler", "alfa", "--format", "ksef", str(tmp_path))
    assert (told.returncode, told.stderr.strip()) == (2, f"There are no files in {tmp_path}")


def test_a_mapping_for_xml(alfa: Any, tmp_path: Path) -> None:
    mapping = tmp_path / "m.json"
    mapping.write_text("{}")
    told = command_line.run(
        "import-sales", "--wholesaler", "alfa", "--format", "ksef", "--mapping", str(mapping), str(tmp_path)
    )
    assert (told.returncode, told.stderr.strip()) == (2, "--mapping belongs to --format csv and xlsx.")


def test_problems_are_told_in_the_terminals_language(alfa: Any, tmp_path: Path) -> None:
    (tmp_path / "zły.xml").write_text("<Faktura>")
    arguments = ("import-sales", "--wholesaler", "alfa", "--format", "ksef", "--dry-run", str(tmp_path))
    polish = command_line.run(*arguments, LC_ALL="pl_PL.UTF-8")
    english = command_line.run(*arguments, LC_ALL="C.UTF-8")
    assert (polish.returncode, english.returncode) == (3, 3)
    assert "Niepoprawny XML w wierszu 1." in polish.stdout
    assert "Malformed XML on line 1" in english.stdout
    assert english.stderr == ""
