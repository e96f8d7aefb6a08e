"""The path for webhooks, with messages signed as each aggregator signs them: kept once, looked up, never believed."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection as database
from standardwebhooks import Webhook as Signer

from catalog.fulfillment.models import VoucherIssue
from catalog.orders import services as orders
from catalog.orders.models import Order
from catalog.rewards import services as rewards
from catalog.rewards.ports import CatalogItem
from kolektor.identity.services import ensure_person
from kolektor.kernel import vault
from kolektor.kernel.models import OutboxEvent
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.points import Points
from kolektor.kernel.tenant import tenant_context
from kolektor.network.selectors import wholesaler_named
from tenants.ledger import services as ledger
from tenants.ledger.services import Award, Owner
from tenants.members import services as members
from tenants.partners import services as partners
from tenants.partners.inbox import MAX_BYTES
from tenants.partners.models import Connection, Health, Webhook
from tests.api.client import HostClient

SECRET = "whsec_dGVzdHMtb2YtdGhlLWluYm94LXNlY3JldA=="
HOST = "alfa.kolektor.localhost"
OTHER = "beta.kolektor.localhost"

Signed = tuple[bytes, dict[str, str]]


def v1(message: str, order: str, at: datetime, *, secret: str = SECRET) -> Signed:
    body = json.dumps({"type": "order.issued", "data": {"id": "p-1", "external_id": order, "state": "issued"}})
    headers = {
        "webhook-id": message,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Signer(secret).sign(message, at, body),
    }
    return body.encode(), headers


def tremendous(message: str, order: str, at: datetime, *, secret: str = SECRET) -> Signed:
    body = json.dumps(
        {
            "event": "ORDERS.APPROVED", "uuid": message, "created_utc": at.isoformat(),
            "payload": {"resource": {"id": order, "type": "orders"}, "meta": {}},
        }
    )  # fmt: skip
    digest = hmac.new(secret.encode(), body.encode(), hashlib.sha256).hexdigest()
    return body.encode(), {"tremendous-webhook-signature": f"sha256={digest}"}


SIGNERS: dict[str, Callable[..., Signed]] = {"kolektor_v1": v1, "tremendous": tremendous}


@pytest.fixture(params=sorted(SIGNERS))
def connection(request: pytest.FixtureRequest, in_alfa: Any) -> Connection:
    return partners.connect(
        name="Agregator", kind="voucher", adapter=request.param, base_url="http://127.0.0.1:1",
        credentials={"api_key": "k", "webhook_secret": SECRET},
    )  # fmt: skip


@pytest.fixture
def order(connection: Connection) -> Order:
    """An order that was asked for, and whose number at the partner (`PARTNERNO1`) is known."""
    member = members.enroll(person=ensure_person(email="jan@example.com"))
    award = Award(Owner("member", member.pk), Points.parse("100"), "a", datetime(2026, 3, 1, tzinfo=UTC), "d", None)
    ledger.award(awards=[award], source_kind="document")
    item = CatalogItem("P1", "Karta", "Sklep", "PLN", (Decimal(50),))
    reward = rewards.offer(connection=connection, item=item)
    placed = orders.place(member=member, reward_id=reward.pk, face_value=Decimal(50), idempotency_key="key-12345")
    VoucherIssue.objects.create(
        order=placed, connection=connection, reference=placed.pk.hex, partner_id="PARTNERNO1", asked=1
    )
    return placed


def send(connection: Connection, signed: Signed, *, host: str = HOST, path: str = "") -> int:
    body, headers = signed
    extra: dict[str, Any] = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    # no CSRF token and no session: a partner has neither
    client = HostClient(host)
    answer = client.client.generic(
        "POST", path or f"/hooks/partners/{connection.pk}", data=body, content_type="application/json",
        HTTP_HOST=host, **extra,
    )  # fmt: skip
    # the request left the schema that the test looks into
    database.set_tenant(wholesaler_named("alfa"))  # type: ignore[attr-defined]
    return int(answer.status_code)


def named(connection: Connection, order: Order) -> str:
    """How the partner names the order in its webhooks."""
    return order.pk.hex if connection.adapter == "kolektor_v1" else "PARTNERNO1"


def checks() -> list[str]:
    return [event.payload["order"] for event in OutboxEvent.objects.filter(name="orders.check_asked")]


def deliver() -> None:
    """What the worker does with the kept message; the order itself is not worked on."""
    from catalog.fulfillment.webhooks import on_kept

    for event in OutboxEvent.objects.filter(name="partners.webhook_kept").order_by("id"):
        on_kept(event.payload)


def test_kept_once_encrypted_and_looked_up(connection: Connection, order: Order) -> None:
    signed = SIGNERS[connection.adapter]("msg-0001", named(connection, order), datetime.now(UTC))
    assert send(connection, signed) == 204
    row = Webhook.objects.get()
    assert (row.connection_id, row.message_id, row.about) == (connection.pk, "msg-0001", named(connection, order))
    assert signed[0] not in bytes(row.body_encrypted)
    assert vault.decrypt(row.body_encrypted).encode() == signed[0]
    deliver()
    assert checks() == [str(order.pk)]
    order.refresh_from_db()
    assert order.state == "PLACED", "what a message says is not believed"


def test_replayed_and_reordered(connection: Connection, order: Order) -> None:
    sign = SIGNERS[connection.adapter]
    late = sign("msg-0002", named(connection, order), datetime.now(UTC))
    early = sign("msg-0001", named(connection, order), datetime.now(UTC) - timedelta(minutes=3))
    assert [send(connection, signed) for signed in (late, early, late, early, late)] == [204] * 5
    assert sorted(Webhook.objects.values_list("message_id", flat=True)) == ["msg-0001", "msg-0002"]
    assert OutboxEvent.objects.filter(name="partners.webhook_kept").count() == 2


def test_forged_stale_or_garbled_is_refused_and_only_counted(connection: Connection, order: Order) -> None:
    sign, name, now = SIGNERS[connection.adapter], named(connection, order), datetime.now(UTC)
    body, headers = sign("msg-0001", name, now)
    refused = [
        sign("msg-0001", name, now, secret="whsec_aW5ueS1pbm55LWlubnktaW5ueQ=="),
        sign("msg-0001", name, now - timedelta(days=2)),
        sign("msg-0001", name, now + timedelta(minutes=10)),
        (body.replace(name.encode(), b"OTHEROTHER"), headers),
        (body, {}),
        (b"\xff\xfe", headers),
    ]
    assert [send(connection, signed) for signed in refused] == [403] * len(refused)
    assert not Webhook.objects.exists()
    assert not OutboxEvent.objects.filter(name="partners.webhook_kept").exists()
    health = Health.objects.get(connection=connection)
    assert health.refused_webhooks == len(refused)
    assert health.refused_at is not None


def test_too_large(connection: Connection) -> None:
    assert send(connection, (b"x" * (MAX_BYTES + 1), {})) == 413
    assert Health.objects.get(connection=connection).refused_webhooks == 0


def test_no_such_connection_and_another_wholesalers(connection: Connection, beta: Any) -> None:
    signed = SIGNERS[connection.adapter]("msg-0001", "X", datetime.now(UTC))
    assert send(connection, signed, path="/hooks/partners/00000000-0000-7000-8000-000000000000") == 404
    assert send(connection, signed, path="/hooks/partners/nonsense") == 404
    assert send(connection, signed, host=OTHER) == 404
    with tenant_context(beta):
        assert not Webhook.objects.exists()
    assert not Webhook.objects.exists()


def test_get_is_not_for_partners(connection: Connection) -> None:
    assert HostClient(HOST).get(f"/hooks/partners/{connection.pk}").status_code == 405


def test_the_number_was_lost_with_the_answer(connection: Connection, order: Order) -> None:
    """A timeout took the partner's number along: open orders without one are looked up, those with another are not."""
    VoucherIssue.objects.update(partner_id="")
    known = "nobody" if connection.adapter == "kolektor_v1" else "PARTNERNO1"
    assert send(connection, SIGNERS[connection.adapter]("msg-0001", known, datetime.now(UTC))) == 204
    deliver()
    # our own contract names our reference, so there is nothing to guess
    assert checks() == ([] if connection.adapter == "kolektor_v1" else [str(order.pk)])


def test_a_closed_order_is_left_alone(connection: Connection, order: Order) -> None:
    orders.fail(order_id=order.pk, reason="rejected")
    assert send(connection, SIGNERS[connection.adapter]("msg-0001", named(connection, order), datetime.now(UTC))) == 204
    deliver()
    assert checks() == []


def test_a_paused_partner_is_still_heard(connection: Connection, order: Order) -> None:
    partners.set_enabled(connection_id=connection.pk, enabled=False)
    assert send(connection, SIGNERS[connection.adapter]("msg-0001", named(connection, order), datetime.now(UTC))) == 204
    assert Webhook.objects.count() == 1
    outbox.drain()
    order.refresh_from_db()
    assert order.state in {"PLACED", "ISSUING"}
