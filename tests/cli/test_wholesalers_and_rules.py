"""`wholesaler create` may be run again and cut off anywhere; `rules apply` publishes, leaves alone, or refuses."""

from __future__ import annotations

import json
import re
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import KOLEKTOR, Run, environment
from tests.shared_data import CHECKOUT
from tests.support.polling import wait_for

Sql = Callable[[str], list[tuple[Any, ...]]]
NIP = "5213003700"
EXAMPLE = CHECKOUT / "docs" / "examples" / "one-point-per-unit.json"


def create(slug: str, *more: str, name: str = "Delta Hurt", network: str = "proba") -> list[str]:
    return ["wholesaler", "create", slug, "--network", network, "--name", name, *more]


def made(sql: Sql, slug: str) -> list[tuple[Any, ...]]:
    return sql(f"SELECT slug, state FROM network_wholesaler WHERE slug = '{slug}'")


def test_twice_is_the_same_as_once(run: Run, sql: Sql) -> None:
    first = run(*create("delta", "--nip", NIP, "--json"))
    assert first.code == 0
    assert set(first.json) == {"slug", "id", "state", "url"}
    assert (first.json["slug"], first.json["state"]) == ("delta", "live")
    assert first.json["url"].startswith("http://delta.kolektor.localhost")
    again = run(*create("delta", "--nip", NIP, "--json"))
    assert (again.code, again.json) == (0, first.json)
    assert made(sql, "delta") == [("delta", "live")]
    assert sql("SELECT count(*) FROM w_delta.program_programsettings") == [(1,)]
    spoken = run(*create("delta"))
    assert (spoken.code, "Delta Hurt is live at http://delta." in spoken.out) == (0, True)


def test_cut_off_in_the_middle_is_finished_by_the_next(run: Run, sql: Sql, database: str) -> None:
    begun = subprocess.Popen(
        [KOLEKTOR, *create("urwana", "--json")], cwd=CHECKOUT, env=environment(database), stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    wait_for("the schema", lambda: bool(sql("SELECT 1 FROM pg_namespace WHERE nspname = 'w_urwana'")), seconds=60)
    begun.send_signal(signal.SIGKILL)
    assert begun.wait() == -signal.SIGKILL
    assert made(sql, "urwana") == [("urwana", "requested")]
    refused = run("ledger", "balances", "--wholesaler", "urwana", "--json")
    assert refused.code == 2
    assert "There is no wholesaler 'urwana'" in refused.sentence

    finished = run(*create("urwana", "--json"))
    assert (finished.code, finished.json["state"]) == (0, "live")
    assert made(sql, "urwana") == [("urwana", "live")]
    assert sql("SELECT count(*) FROM network_domain WHERE domain LIKE 'urwana.%'") == [(1,)]
    assert run("ledger", "balances", "--wholesaler", "urwana", "--json").json == {
        "wholesaler": "urwana",
        "balances": [],
    }


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (create("Zła-Nazwa"), "BAD_SLUG"),
        (create("a_b"), "BAD_SLUG"),
        (create("hq"), "SLUG_RESERVED"),
        (create("gamma"), "SLUG_TAKEN"),
        (create("epsilon", "--nip", "1234567890"), "BAD_NIP"),
        (create("epsilon", name=" "), "NAME_MISSING"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[2],
)
def test_what_cannot_be_made_is_refused_with_a_sentence(run: Run, sql: Sql, arguments: list[str], code: str) -> None:
    before = sql("SELECT count(*) FROM network_wholesaler")
    done = run(*arguments, "--json")
    assert done.code == 2
    assert done.json["error"]["code"] == code
    assert done.sentence.startswith(f"{code}: ")
    sentence = done.sentence.partition(": ")[2]
    assert re.fullmatch(r"[A-Z][a-z]* .{5,}", sentence), sentence
    assert sql("SELECT count(*) FROM network_wholesaler") == before


def apply(run: Run, file: Path, slug: str = "alfa") -> Any:
    return run("rules", "apply", "--wholesaler", slug, file, "--json")


def test_rules_are_published_then_unchanged_then_a_new_version(run: Run, tmp_path: Path) -> None:
    first = apply(run, EXAMPLE)
    assert first.code == 0
    assert first.json == {"rules": [{"code": "one-point-per-unit", "version": 1, "action": "published"}]}
    assert apply(run, EXAMPLE).json == {"rules": [{"code": "one-point-per-unit", "version": 1, "action": "unchanged"}]}
    body = json.loads(EXAMPLE.read_text("utf-8"))
    body["rules"][0]["award"]["points"] = "2"
    changed = tmp_path / "rules.json"
    changed.write_text(json.dumps(body), "utf-8")
    assert apply(run, changed).json == {"rules": [{"code": "one-point-per-unit", "version": 2, "action": "published"}]}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "cannot be read as JSON"),
        ("[]", "RULE"),
        ('{"rules": [{"code": "x"}]}', "RULE"),
        ('{"rules": [{"code": "x", "name": "X", "award": {"kind": "per_amount", "points": "-1"}}]}', "RULE"),
        ('{"rules": [{"code": "x", "name": "X", "award": {"kind": "per_unit", "points": "1"}, "when": {"field": "color"}}]}',
         "RULE"),
    ],
    ids=["no json", "no object", "no award", "negative", "unknown field"],
)  # fmt: skip
def test_bad_rules_are_refused_and_nothing_is_published(
    run: Run, sql: Sql, tmp_path: Path, text: str, says: str
) -> None:
    before = sql("SELECT count(*) FROM w_beta.rules_ruleversion")
    file = tmp_path / "rules.json"
    file.write_text(text, "utf-8")
    done = apply(run, file, "beta")
    assert done.code == 2
    assert says in done.sentence
    assert sql("SELECT count(*) FROM w_beta.rules_ruleversion") == before


def test_a_missing_file_and_an_unknown_wholesaler(run: Run, tmp_path: Path) -> None:
    missing = apply(run, tmp_path / "none.json")
    assert (missing.code, "none.json cannot be read" in missing.sentence) == (2, True)
    unknown = apply(run, EXAMPLE, "nikt")
    assert unknown.code == 2
    assert unknown.sentence.startswith("There is no wholesaler 'nikt'.")
