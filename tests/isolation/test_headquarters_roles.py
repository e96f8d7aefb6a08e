"""Headquarters: each operation tried by each role; and no role reaches a wholesaler of another network."""

from __future__ import annotations

from typing import Any

import pytest

from kolektor.config.operations import ROLES, operations
from kolektor.identity.services import ensure_person
from kolektor.network.models import Wholesaler
from kolektor.network.selectors import network_named
from kolektor.network.services import grant_network_role
from tests import tally
from tests.api.client import HostClient, session_key
from tests.isolation.network_rows import wholesaler_in
from tests.isolation.rows import ROWS
from tests.isolation.selections import operation
from tests.isolation.test_operations import cases, field_of, nonsense_ids, shape, succeeded

HOME = "hq.proba.kolektor.localhost"
CASES = [(kind, name) for schema, kind, name in cases() if schema == "network"]
PERMISSIONS = {row.name: row.permission for row in operations() if row.kind.startswith("network")}


def as_role(role: str, network: str = "proba", host: str = HOME) -> HostClient:
    person = ensure_person(email=f"{role}@{network}.example")
    found = network_named(network)
    assert found is not None
    grant_network_role(network=found, person_id=person.pk, role=role)
    return HostClient(host, session_key(person, host))


@pytest.mark.django_db(databases=["default", "hq"])
@pytest.mark.parametrize(
    ("kind", "name", "role"), [(kind, name, role) for kind, name in CASES for role in ROLES["network"]]
)
def test_each_role_may_what_is_declared(kind: str, name: str, role: str) -> None:
    permission = PERMISSIONS[name]
    assert permission is not None and permission.roles is not None
    arguments: dict[str, Any] = ROWS["network"][name](None)  # type: ignore[arg-type]
    text, variables = operation(kind, name, field_of("network", name), arguments)
    answer = as_role(role).graphql("network", text, variables)
    if role in permission.roles:
        assert succeeded(answer, name), answer
        tally.count("isolation", "role that may")
    else:
        assert answer[1]["errors"][0]["extensions"]["code"] == "FORBIDDEN"
        tally.count("isolation", "role that may not")


@pytest.mark.django_db(databases=["default", "hq"])
@pytest.mark.parametrize("name", ["suspendWholesaler", "resumeWholesaler", "withdrawWholesaler", "closeWholesaler"])
def test_a_wholesaler_of_another_network_does_not_exist(name: str) -> None:
    state = {"suspendWholesaler": "live", "withdrawWholesaler": "provisioned"}.get(name, "suspended")
    foreign = wholesaler_in(state, slug="gamma")
    arguments = ROWS["network"][name](None)  # type: ignore[arg-type]
    arguments["input"] |= {"id": foreign} | ({"slug": "gamma"} if name == "closeWholesaler" else {})
    text, variables = operation("mutation", name, field_of("network", name), arguments)
    client = as_role("director")
    before = Wholesaler.objects.get(pk=foreign).state
    told = client.graphql("network", text, variables)
    assert shape(told) == shape(client.graphql("network", text, nonsense_ids(variables)))
    assert Wholesaler.objects.get(pk=foreign).state == before
    tally.count("isolation", "id of A at B")


@pytest.mark.django_db(databases=["default", "hq"])
def test_a_director_sees_the_own_network_only() -> None:
    text, variables = operation("query", "wholesalers", field_of("network", "wholesalers"), {})
    _, body = as_role("director").graphql("network", text, variables)
    assert sorted(row["slug"] for row in body["data"]["wholesalers"]) == ["alfa", "beta"]
