"""A member at the console: standing, movements, documents with receipts, orders, points adjusted by hand."""

from __future__ import annotations

from typing import Any

import pytest

from kolektor.audit.models import AuditEntry
from kolektor.kernel.tenant import tenant_context
from tenants.ledger import selectors as ledger
from tenants.ledger.services import Owner
from tests.api.client import HostClient, session_key
from tests.support_data import World, build, import_documents, invoice

ADJUST = """mutation T($input: AdjustPointsInput!) { adjustPoints(input: $input) {
  member { available } errors { code field message } } }"""
STANDING = """query T($id: ID!) { memberStanding(memberId: $id) {
  available pending held debt expiringSoon expiringOn maturingNext maturingOn } }"""
HISTORY = """query T($id: ID!, $after: String) { memberHistory(memberId: $id, first: 1, after: $after) { totalCount
  pageInfo { hasNextPage endCursor } edges { node { kind points balanceAfter documentNumber orderNumber reason } } } }"""
DOCUMENTS = """query T($id: ID!) { memberDocuments(memberId: $id) { totalCount edges { node {
  number kind saleDate correctedNumber net { amount currency } points
  lines { productName quantity net { amount } points reasons { ruleName sentence points } } } } } }"""
ORDERS = (
    "query T($id: ID!) { memberOrders(memberId: $id) { totalCount edges { node { number state points memberId } } } }"
)
TIMELINE = "query T($id: ID!) { member(id: $id) { timeline { code text actor } } }"


@pytest.fixture
def world(alfa: Any) -> World:
    """1,000 points of one invoice, 50 of them spent on a card."""
    return build(alfa, "a")


@pytest.fixture
def admin(world: World) -> HostClient:
    return HostClient(world.host, session_key(world.admin, world.host))


def asked(admin: HostClient, query: str, world: World, **variables: Any) -> Any:
    status, body = admin.graphql("console", query, {"id": str(world.member.pk), **variables})
    assert (status, body.get("errors")) == (200, None)
    [data] = body["data"].values()
    return data


def adjust(admin: HostClient, world: World, points: str, reason: str = "Reklamacja", key: str = "klucz-0001") -> Any:
    variables = {"input": {"memberId": str(world.member.pk), "points": points, "reason": reason, "idempotencyKey": key}}
    status, body = admin.graphql("console", ADJUST, variables)
    assert status == 200
    return body["data"]["adjustPoints"]


def test_standing(admin: HostClient, world: World) -> None:
    assert asked(admin, STANDING, world) == {
        "available": "950.00", "pending": "0.00", "held": "0.00", "debt": "0.00", "expiringSoon": "0.00", "expiringOn": None,
        "maturingNext": "0.00", "maturingOn": None,
    }  # fmt: skip


def test_documents_say_why_these_points(admin: HostClient, world: World) -> None:
    with tenant_context(world.wholesaler):
        import_documents(invoice("FV/a/9", "obcy@example.com"))
    found = asked(admin, DOCUMENTS, world)
    assert found["totalCount"] == 1
    [edge] = found["edges"]
    [line] = edge["node"].pop("lines")
    assert edge["node"] == {
        "number": "FV/a/1", "kind": "invoice", "saleDate": "2026-03-02", "correctedNumber": None,
        "net": {"amount": "1000.00", "currency": "PLN"}, "points": "1000.00",
    }  # fmt: skip
    assert (line["productName"], line["quantity"], line["points"]) == ("Zawór kulowy 1/2", "2", "1000.00")
    [reason] = line["reasons"]
    assert reason["points"] == "1000.00"
    assert "1 000,00" in reason["sentence"].replace("\xa0", " ")


def test_movements_page_by_page_and_orders(admin: HostClient, world: World) -> None:
    first = asked(admin, HISTORY, world)
    assert first["totalCount"] == 2
    assert first["edges"][0]["node"] == {
        "kind": "HOLD", "points": "-50.00", "balanceAfter": "950.00", "documentNumber": None,
        "orderNumber": world.order.number, "reason": None,
    }  # fmt: skip
    last = asked(admin, HISTORY, world, after=first["pageInfo"]["endCursor"])
    assert last["pageInfo"]["hasNextPage"] is False
    assert (last["edges"][0]["node"]["kind"], last["edges"][0]["node"]["documentNumber"]) == ("AWARD", "FV/a/1")
    assert asked(admin, ORDERS, world) == {
        "totalCount": 1,
        "edges": [{"node": {
            "number": world.order.number, "state": "FULFILLED", "points": "50.00", "memberId": str(world.member.pk),
        }}],
    }  # fmt: skip


def test_points_are_adjusted_once_with_reason_and_timeline(admin: HostClient, world: World) -> None:
    for _ in range(2):
        assert adjust(admin, world, "-50.25") == {"member": {"available": "899.75"}, "errors": []}
    with tenant_context(world.wholesaler):
        owner = Owner("member", world.member.pk)
        assert str(ledger.balances([owner])[owner].available) == "899.75"
        assert AuditEntry.objects.filter(action="member.points_adjusted").count() == 1
    entry = asked(admin, HISTORY, world)["edges"][0]["node"]
    assert (entry["kind"], entry["points"], entry["reason"]) == ("ADJUST", "-50.25", "Reklamacja")
    assert asked(admin, TIMELINE, world)["timeline"][-1] == {
        "code": "member.points_adjusted", "text": "Korekta punktów: -50.25 (Reklamacja)", "actor": "Anna Zielińska",
    }  # fmt: skip
    assert asked(admin, STANDING, world)["available"] == "899.75"


@pytest.mark.parametrize(
    ("points", "reason", "code", "field"),
    [
        ("0", "Reklamacja", "AMOUNT_ZERO", "points"),
        ("1.234", "Reklamacja", "BAD_INPUT", "points"),
        ("dużo", "Reklamacja", "BAD_INPUT", "points"),
        ("5", " x ", "REASON_MISSING", "reason"),
        ("-950.01", "Reklamacja", "BALANCE_TOO_LOW", "points"),
    ],
)
def test_bad_adjustments_change_nothing(
    admin: HostClient, world: World, points: str, reason: str, code: str, field: str
) -> None:
    refused = adjust(admin, world, points, reason)
    assert refused["member"] is None
    assert [(error["code"], error["field"]) for error in refused["errors"]] == [(code, field)]
    assert asked(admin, HISTORY, world)["totalCount"] == 2


def test_of_an_import_taken_back_nothing_is_listed(admin: HostClient, world: World) -> None:
    from tenants.sales.models import SalesDocument

    with tenant_context(world.wholesaler):
        SalesDocument.objects.filter(pk=world.document.pk).update(reverted_at="2026-11-25T00:00:00Z")
    assert asked(admin, DOCUMENTS, world)["totalCount"] == 0
