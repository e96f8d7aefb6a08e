"""The GraphQL endpoints: limits before anything runs, CSRF, no introspection, errors with codes, no N+1."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kolektor.kernel.tenant import tenant_context
from tests.api.client import HostClient, session_key
from tests.isolation.selections import selection
from tests.support_data import World, build, import_documents, invoice


@pytest.fixture
def world(alfa: Any) -> World:
    return build(alfa, "a")


@pytest.fixture
def member(world: World) -> HostClient:
    return HostClient(world.host, session_key(world.person, world.host))


@pytest.fixture
def admin(world: World) -> HostClient:
    return HostClient(world.host, session_key(world.admin, world.host))


DEEP = "{ history { edges { node { lines { reasons { sentence } } } } } }"


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("{ " + " ".join(f"a{i}: balance {{ available }}" for i in range(16)) + " }", id="aliases"),
        pytest.param("{ me { " + "id " * 1000 + "} }", id="fields"),
        pytest.param("{ me { id } }" + " # " + "x" * 250_000, id="size"),
        pytest.param("query { ...F } fragment F on Query { ...F }", id="fragment cycle"),
        pytest.param("{ __schema { types { name } } }", id="introspection"),
        pytest.param("{ members { totalCount } }", id="a field of the console"),
        pytest.param("{ me { id ", id="syntax"),
    ],
)
def test_refused_before_it_runs(member: HostClient, query: str, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(8):  # session, person and role, none of the query
        status, body = member.graphql("member", query)
    assert status == 400
    assert body["errors"]
    assert "data" not in body


def test_no_batching(member: HostClient) -> None:
    answer = member.post("/graphql/member", [{"query": "{ me { id } }"}])
    assert answer.status_code == 400


def test_get_is_not_answered(member: HostClient) -> None:
    assert member.get("/graphql/member?query={me{id}}").status_code == 405


def test_a_mutation_without_csrf_token_is_refused(member: HostClient, world: World) -> None:
    member.client.cookies["kolektor_csrf"] = ""
    answer = member.post("/graphql/member", {"query": "{ me { id } }"})
    assert answer.status_code == 403
    assert json.loads(answer.content)["errors"][0]["code"] == "CSRF_FAILED"


def test_refusals_have_code_field_and_sentence_in_the_readers_language(member: HostClient, world: World) -> None:
    mutation = """mutation($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id }
      errors { code field message } } }"""
    too_much = {"input": {"rewardId": str(world.reward.pk), "faceValue": "70.00", "idempotencyKey": "refused-1"}}
    _, polish = member.graphql("member", mutation, too_much)
    member.client.cookies["kolektor_language"] = "en"
    _, english = member.graphql("member", mutation, too_much)
    first, second = (body["data"]["placeOrder"] for body in (polish, english))
    assert first["order"] is None
    assert first["errors"] == [
        {"code": "BAD_FACE_VALUE", "field": "faceValue", "message": "Tej nagrody nie ma o takim nominale."}
    ]
    assert second["errors"][0]["message"] == "The reward does not come in that face value."


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"faceValue": "NaN"}, "BAD_INPUT"),
        ({"faceValue": "fifty"}, "BAD_INPUT"),
        ({"faceValue": "-50"}, "BAD_FACE_VALUE"),
        ({"faceValue": "1e30"}, "BAD_FACE_VALUE"),
        ({"rewardId": "nonsense"}, "NOT_FOUND"),
        ({"idempotencyKey": "x"}, "BAD_KEY"),
        ({"idempotencyKey": "order-key-a-1", "faceValue": "100.00"}, "IDEMPOTENCY_CONFLICT"),
    ],
)
def test_bad_orders_change_nothing(member: HostClient, world: World, changes: dict[str, str], code: str) -> None:
    from catalog.orders.models import Order

    given = {"rewardId": str(world.reward.pk), "faceValue": "50.00", "idempotencyKey": "fresh-key-1", **changes}
    mutation = "mutation($input: PlaceOrderInput!) { placeOrder(input: $input) { errors { code } } }"
    with tenant_context(world.wholesaler):
        before = Order.objects.count()
    _, body = member.graphql("member", mutation, {"input": given})
    assert [error["code"] for error in body["data"]["placeOrder"]["errors"]] == [code]
    with tenant_context(world.wholesaler):
        assert Order.objects.count() == before


def test_page_limits(member: HostClient) -> None:
    for arguments, code in (("first: 101", "BAD_INPUT"), ("first: 0", "BAD_INPUT"), ('after: "zz"', "BAD_CURSOR")):
        _, body = member.graphql("member", f"{{ history({arguments}) {{ totalCount }} }}")
        assert body["errors"][0]["extensions"]["code"] == code


def test_a_refused_query_names_the_field(admin: HostClient) -> None:
    body = json.dumps(
        {
            "name": "x",
            "award": {"kind": "per_unit", "points": "1"},
            "caps": [{"points": "0", "per": "day", "for": "firm"}],
        }
    )
    _, answer = admin.graphql(
        "console", "query($body: String!) { rulePreview(body: $body) { lookedThrough } }", {"body": body}
    )
    assert answer["errors"][0]["extensions"] == {"code": "BAD_RULE", "field": "rule.caps[0].points"}


def test_paging_walks_the_whole_list(world: World, member: HostClient) -> None:
    with tenant_context(world.wholesaler):
        import_documents(*(invoice(f"FV/P/{n}", world.person.email, net="10.00") for n in range(7)))
    seen: list[str] = []
    after, pages = None, 0
    while True:
        query = """query($after: String) { history(first: 3, after: $after) { totalCount edges { node { id } }
          pageInfo { hasNextPage endCursor } } }"""
        _, body = member.graphql("member", query, {"after": after})
        page = body["data"]["history"]
        seen += [edge["node"]["id"] for edge in page["edges"]]
        pages += 1
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert pages == 3
    assert len(seen) == len(set(seen)) == page["totalCount"] == 9


LISTS = [
    ("member", "history"), ("member", "rewards"), ("member", "orders"), ("member", "vouchers"),
    ("console", "imports"), ("console", "members"), ("console", "orders"),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "field"), LISTS)
def test_no_list_asks_more_for_more_rows(world: World, schema: str, field: str) -> None:
    from decimal import Decimal

    from catalog.orders import services as orders
    from kolektor.config.graphql import SCHEMAS
    from kolektor.identity.services import ensure_person
    from kolektor.kernel.outbox import services as outbox
    from tenants.members import services as members

    person = world.person if schema == "member" else world.admin
    client = HostClient(world.host, session_key(person, world.host))
    root = SCHEMAS[schema].graphql_schema.query_type
    assert root is not None
    query = f"{{ {field}(first: 50) {selection(root.fields[field].type)} }}"

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            status, body = client.graphql(schema, query)
        assert status == 200
        assert "errors" not in body, body
        return len(captured)

    few = count()
    with tenant_context(world.wholesaler):
        for number in range(4):
            import_documents(invoice(f"FV/N/{number}", world.person.email))
            orders.place(
                member=world.member,
                reward_id=world.reward.pk,
                face_value=Decimal(50),
                idempotency_key=f"many-{number:04}",
            )
            members.enroll(person=ensure_person(email=f"n{number}@example.com", first_name="N", last_name=str(number)))
        del outbox
    many = count()
    # a batch's own problems are a list in a list: one count and one page per batch that is asked for them
    allowed = 8 if field == "imports" else 0
    assert many <= few + allowed, (few, many)


def test_console_never_shows_a_code(world: World, admin: HostClient) -> None:
    _, body = admin.graphql("console", "{ orders { edges { node { number timeline { text code } } } } }")
    assert "CODE-" not in json.dumps(body)
    assert any(item["code"] == "order.fulfilled" for item in body["data"]["orders"]["edges"][0]["node"]["timeline"])


def test_reveal_shows_the_code_to_its_owner_and_leaves_a_trace(world: World, member: HostClient) -> None:
    mutation = """mutation($input: RevealVoucherInput!) { revealVoucher(input: $input) { code pin
      voucher { revealedAt } errors { code } } }"""
    _, body = member.graphql("member", mutation, {"input": {"voucherId": str(world.voucher.pk)}})
    payload = body["data"]["revealVoucher"]
    assert (payload["code"], payload["pin"]) == (f"CODE-{world.order.pk.hex}", "1234")
    assert payload["voucher"]["revealedAt"]
    _, body = member.graphql("member", f'{{ order(id: "{world.order.pk}") {{ timeline {{ code }} }} }}')
    assert [item["code"] for item in body["data"]["order"]["timeline"]][-1] == "voucher.revealed"


def test_codes_lie_encrypted(world: World) -> None:
    with tenant_context(world.wholesaler), connection.cursor() as cursor:
        cursor.execute("SELECT code_encrypted, pin_encrypted FROM fulfillment_voucher")
        for row in cursor.fetchall():
            assert b"CODE" not in bytes(row[0])
            assert bytes(row[1]) != b"1234"
