"""Every command: help, JSON, and exit codes that say what happened."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from kolektor.cli.main import app
from tests.cli.conftest import Run


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command that does something, with its path. (Typer brings a Click of its own, so no types of Click's.)"""
    if hasattr(command, "commands"):
        for name, inner in command.commands.items():
            yield from commands(inner, (*path, name))
    else:
        yield path, command


COMMANDS = dict(commands(typer.main.get_command(app)))


def test_the_commands_of_the_issue_are_there() -> None:
    wanted = {
        ("demo",), ("serve",), ("worker",), ("migrate",), ("wholesaler", "create"), ("import-sales",), ("rules", "apply"),
        ("ledger", "balances"), ("ledger", "verify"),
    }  # fmt: skip
    assert wanted <= set(COMMANDS)


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_each_command_explains_itself_and_speaks_json(path: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(app, [*path, "--help"], env={"COLUMNS": "200"})
    assert shown.exit_code == 0
    assert COMMANDS[path].help
    for option in COMMANDS[path].params:
        assert option.param_type_name == "argument" or option.help, f"{option.name} says nothing"
    assert "--json" in {name for option in COMMANDS[path].params for name in option.opts}


@pytest.mark.parametrize(
    "path", [(), ("wholesaler",), ("rules",), ("ledger",)], ids=lambda path: " ".join(path) or "kolektor"
)
def test_groups_list_their_commands(path: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(app, [*path, "--help"])
    assert shown.exit_code == 0
    for name in (inner[len(path)] for inner in COMMANDS if inner[: len(path)] == path):
        assert name in shown.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such"],
        ["ledger", "no-such"],
        ["import-sales"],
        ["demo", "--port", "many"],
        ["ledger", "balances"],
        ["--no-such"],
    ],
    ids=" ".join,
)
def test_bad_usage_is_2(arguments: list[str]) -> None:
    assert CliRunner().invoke(app, arguments).exit_code == 2


def test_version(run: Run) -> None:
    done = run("version", "--json")
    assert (done.code, set(done.json)) == (0, {"version"})
    assert run("version").out.strip() == done.json["version"]


def test_migrate_brings_every_schema_up_and_says_so(run: Run) -> None:
    done = run("migrate", "--json")
    assert (done.code, done.json) == (0, {"failed": []})
    spoken = run("migrate")
    assert spoken.code == 0
    assert [line for line in spoken.out.splitlines() if "done" in line] == [
        "public: done", "1/3 alfa: done", "2/3 beta: done", "3/3 gamma: done",
    ]  # fmt: skip


def test_the_committed_schemas_are_current(run: Run) -> None:
    done = run("export-schema", "--check", "--json")
    assert (done.code, done.json) == (0, {"changed": []})


@pytest.mark.parametrize(
    ("setting", "value"),
    [("KOLEKTOR_PORT", "many"), ("DATABASE_URL", "mysql://somewhere/x"), ("KOLEKTOR_HOME", "/proc/no")],
)
def test_a_bad_setting_is_a_sentence_and_2(run: Run, setting: str, value: str) -> None:
    done = run("ledger", "verify", "--json", **{setting: value})
    assert done.code == 2
    assert done.out == ""
    assert "Traceback" not in done.err
    assert setting in done.err or value in done.err


def test_a_port_in_use_is_said_before_anything_starts(run: Run, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("demo", "--port", port, "--json", KOLEKTOR_HOME=str(tmp_path))
    assert done.code == 2
    assert done.out == ""
    assert done.sentence == f"Port {port} is in use. Choose another one: make demo PORT={port + 1}"


def test_a_second_factor_is_not_taken_off_without_a_reason_or_of_nobody(run: Run) -> None:
    nobody = run("person", "take-off-second-factor", "nikt@example.com", "--reason", "dowód")
    assert (nobody.code, nobody.sentence) == (2, "NOT_FOUND: Not found.")
    reasonless = run("person", "take-off-second-factor", "nikt@example.com", "--reason", " ")
    assert (reasonless.code, reasonless.sentence) == (2, "REASON_MISSING: Give a reason for the change.")
