"""The matrix of the console's permissions, cell by cell: each operation tried by a person of each role of a wholesaler."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kolektor.config.operations import ROLES, allowed, operations
from kolektor.identity.services import ensure_person
from kolektor.kernel.tenant import tenant_context
from tenants.members import services as members
from tests import tally
from tests.api.client import HostClient, session_key
from tests.isolation.rows import ROWS
from tests.isolation.selections import operation
from tests.isolation.test_operations import cases, field_of, succeeded
from tests.support_data import World, build

OTHERS = [role for role in ROLES["wholesaler"] if role not in {"member", "program_admin"}]
CONSOLE = [(kind, name) for schema, kind, name in cases() if schema == "console"]
PERMISSIONS = {row.name: row.permission for row in operations() if row.kind.startswith("console")}


def may(role: str, name: str) -> bool:
    permission = PERMISSIONS[name]
    assert permission is not None and permission.roles is not None
    return role in permission.roles


def as_role(world: World, role: str) -> HostClient:
    person = ensure_person(email=f"{role}@{world.wholesaler.slug}.example")
    with tenant_context(world.wholesaler):
        members.grant_role(person=person, role=role)
    return HostClient(world.host, session_key(person, world.host))


@pytest.fixture
def world(alfa: Any) -> World:
    return build(alfa, "a")


@pytest.mark.parametrize(("kind", "name"), CONSOLE)
def test_who_may_not_is_refused(world: World, kind: str, name: str) -> None:
    refused = [role for role in OTHERS if not may(role, name)]
    text, variables = operation(kind, name, field_of("console", name), ROWS["console"][name](world))
    for role in refused:
        status, body = as_role(world, role).graphql("console", text, variables)
        # the door of the console is open to them, this operation is not
        assert (status, body["errors"][0]["extensions"]["code"]) == (200, "FORBIDDEN"), role
        assert not (body["data"] or {}).get(name)
        tally.count("isolation", "role that may not")


@pytest.mark.parametrize(
    ("kind", "name", "role"), [(kind, name, role) for kind, name in CONSOLE for role in OTHERS if may(role, name)]
)
def test_who_may_is_served(world: World, kind: str, name: str, role: str) -> None:
    text, variables = operation(kind, name, field_of("console", name), ROWS["console"][name](world))
    answer = as_role(world, role).graphql("console", text, variables)
    if name == "askListExport" and not may(role, "members"):
        # a list is taken along by those only who may read it
        assert answer[1]["data"][name]["errors"][0]["code"] == "FORBIDDEN"
    elif (name, role) == ("cancelProgramInvitation", "sales_rep"):
        # the admin's invitation: representatives take back their own, see tests/members/test_recruiting.py
        assert answer[1]["data"][name]["errors"][0]["code"] == "NOT_FOUND"
    else:
        assert succeeded(answer, name), answer
    tally.count("isolation", "role that may")


@pytest.mark.parametrize("role", [*OTHERS, "program_admin"])
def test_the_session_says_what_the_console_may_show(world: World, role: str) -> None:
    client = as_role(world, role)
    found = json.loads(client.get("/session").content)
    assert found["may"] == list(allowed(frozenset({role})))
    assert set(found["may"]) == {name for name in PERMISSIONS if may(role, name)}
    assert HostClient(world.host, session_key(world.person, world.host)).get("/session").json()["may"] == []  # type: ignore[attr-defined]


def test_a_role_that_is_taken_away_is_gone_at_the_next_request(world: World) -> None:
    from tenants.members import staff

    client = as_role(world, "auditor")
    assert client.graphql("console", "{ staff { name } }")[0] == 200
    person = ensure_person(email=f"auditor@{world.wholesaler.slug}.example")
    with tenant_context(world.wholesaler):
        staff.remove(person_id=person.pk, actor=world.admin.pk)
    status, body = client.graphql("console", "{ staff { name } }")
    assert (status, body["errors"][0]["code"]) == (403, "FORBIDDEN")
