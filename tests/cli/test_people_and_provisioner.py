"""`kolektor person grant-network-role` and `revoke-network-role`, `kolektor provisioner --once`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.cli.conftest import Run

Sql = Callable[[str], list[tuple[Any, ...]]]


def test_a_role_at_headquarters_is_given_and_taken(run: Run, sql: Sql) -> None:
    role = ("person", "grant-network-role", "dyrektor@example.com", "--network", "proba", "--role", "director")
    done = run(*role, "--json")
    assert (done.code, done.json["held"]) == (0, True)
    assert run(*role).code == 0
    held = (
        "SELECT count(*) FROM network_networkrole r JOIN identity_person p ON p.id = r.person_id WHERE p.email = '{}'"
    )
    assert sql(held.format("dyrektor@example.com")) == [(1,)]
    taken = run("person", "revoke-network-role", *role[2:], "--json")
    assert (taken.code, taken.json["held"]) == (0, False)
    assert sql(held.format("dyrektor@example.com")) == [(0,)]
    unknown = run("person", "revoke-network-role", "literowka@example.com", *role[3:])
    assert (unknown.code, unknown.sentence.split(":")[0]) == (2, "NOT_FOUND")
    assert sql("SELECT count(*) FROM identity_person WHERE email = 'literowka@example.com'") == [(0,)]
    for wrong, code in (
        ("--network nigdzie --role director", "NOT_FOUND"),
        ("--network proba --role king", "UNKNOWN_ROLE"),
    ):
        refused = run("person", "grant-network-role", "dyrektor@example.com", *wrong.split())
        assert (refused.code, refused.sentence.split(":")[0]) == (2, code)


def test_the_provisioner_with_nothing_to_do(run: Run) -> None:
    done = run("provisioner", "--once", "--json")
    assert (done.code, done.json) == (0, {"opened": 0})
