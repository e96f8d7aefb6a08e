"""Tremendous: the shared suite over real HTTP, and the wire bodies against the models of its own SDK."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest
from tremendous import CreateOrderRequest
from tremendous.models.create_order200_response import CreateOrder200Response
from tremendous.models.generate_reward_link200_response import GenerateRewardLink200Response
from tremendous.models.get_funding_source200_response import GetFundingSource200Response
from tremendous.models.get_order200_response import GetOrder200Response
from tremendous.models.list_funding_sources200_response import ListFundingSources200Response
from tremendous.models.list_products_response import ListProductsResponse
from tremendous.models.list_rewards401_response import ListRewards401Response
from tremendous.models.order_status import OrderStatus
from tremendous.models.single_reward_order import SingleRewardOrder

from catalog.rewards.ports import CallLog, IssueResult, IssueState, VoucherCode, VoucherRequest, WebhookNotice
from integrations.kit.http import RetryPolicy
from integrations.vouchers.tremendous import Tremendous, TremendousConfig
from kolektor.kernel.errors import DomainError
from tests.integrations.sandbox_process import API_KEY, WEBHOOK_SECRET, SandboxProcess, tremendous_id
from tests.integrations.vouchers.contract import PartnerOrder, Recorded, VoucherIssuerContract

FAST = RetryPolicy(attempts=2, first_pause_seconds=0.01, longest_pause_seconds=0.01, patience_seconds=0)


FUEL = tremendous_id("paliwo-szlak")


def signed(body: str, key: str = WEBHOOK_SECRET) -> tuple[bytes, dict[str, str]]:
    digest = hmac.new(key.encode(), body.encode(), hashlib.sha256).hexdigest()
    return body.encode(), {"Tremendous-Webhook-Signature": f"sha256={digest}"}


class TremendousPartner:
    """The stand-in as the contract suite wants it."""

    fixed = (FUEL, Decimal(50))
    webhook_states: ClassVar[dict[str, IssueState]] = {
        "ORDERS.APPROVED": "accepted", "ORDERS.CREATED": "accepted", "ORDERS.FAILED": "failed",
        "ORDERS.CANCELED": "failed",
    }  # fmt: skip
    stale = (timedelta(hours=24, minutes=1), timedelta(minutes=-6))

    def __init__(self, process: SandboxProcess) -> None:
        self.process = process

    def issuer(self, log: CallLog | None = None, *, api_key: str = API_KEY) -> Tremendous:
        config = TremendousConfig(
            f"{self.process.url}/api/v2", api_key, WEBHOOK_SECRET, connect_seconds=1, read_seconds=1
        )
        return Tremendous(config, log or Recorded(), retry=FAST)

    def unreachable(self, *, webhook_secret: str = WEBHOOK_SECRET) -> Tremendous:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        config = TremendousConfig(f"http://127.0.0.1:{port}/api/v2", API_KEY, webhook_secret, connect_seconds=1)
        return Tremendous(config, Recorded(), retry=FAST)

    def fault(self, name: str, **options: object) -> None:
        extra = {"seconds": 1.5} if name == "timeout_after_issue" else {}
        self.process.fault(name, **{**extra, **options})

    def order(self, reference: str) -> PartnerOrder | None:
        found = [order for order in self.process.orders() if order["external_id"] == reference]
        assert len(found) <= 1
        if not found:
            return None
        return PartnerOrder(found[0]["state"], found[0]["codes"], Decimal(found[0]["charged_minor"]).scaleb(-2))

    def about(self, notice: WebhookNotice) -> str | None:
        return notice.partner_id

    def signed(self, order: str, state: str, at: datetime) -> tuple[bytes, dict[str, str]]:
        # the published example of a webhook, with another event and resource
        return signed(
            json.dumps(
                {
                    "event": state,
                    "uuid": "5ccc7bb1-7659-4e23-a407-77d8cd9c62f5",
                    "created_utc": at.isoformat(timespec="milliseconds"),
                    "payload": {"resource": {"id": order, "type": "orders"}, "meta": {}},
                }
            )
        )


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    running = SandboxProcess(tmp_path_factory.mktemp("tremendous") / "state.sqlite3", partner="tremendous")
    running.start()
    yield running
    assert running.stop() == 0


@pytest.fixture
def partner(process: SandboxProcess) -> TremendousPartner:
    process.reset()
    return TremendousPartner(process)


class TestTremendous(VoucherIssuerContract):
    pass


REQUEST = VoucherRequest("ref-own", FUEL, Decimal(50), "PLN")


class Scripted:
    """Answers each request with the next (status, body) and keeps what was asked."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, Any]] = []
        self.asked: list[tuple[str, str, dict[str, str], Any]] = []
        scripted = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                scripted.asked.append((self.command, self.path, dict(self.headers), json.loads(raw) if raw else None))
                status, body = scripted.answers.pop(0)
                content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST  # noqa: N815

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def issuer(self) -> Tremendous:
        url = f"http://127.0.0.1:{self.server.server_port}/api/v2"
        return Tremendous(TremendousConfig(url, "key-1", "hook-key"), Recorded(), retry=FAST)


@pytest.fixture
def scripted() -> Iterator[Scripted]:
    made = Scripted()
    yield made
    made.server.shutdown()
    made.server.server_close()


LINK = "https://testflight.tremendous.com/rewards/payout/ve0jrwn6q--ba1eoadem8ayukldsygyrlbikascdgsh"


def order_body(status: str = "EXECUTED", *, link: str | None = LINK, **changed: Any) -> dict[str, Any]:
    """An order as the SDK's models write it: built by them, so that a field they do not know cannot slip in."""
    delivery: dict[str, Any] = {"method": "LINK", "status": "SUCCEEDED"}
    if link is not None:
        delivery["link"] = link
    body = {
        "id": "TQ1W2E3R4T5Y", "external_id": "ref-own", "created_at": "2026-11-25T10:00:00.000Z", "status": status,
        "channel": "API",
        "rewards": [
            {
                "id": "SOMEIDSOMEID", "order_id": "TQ1W2E3R4T5Y", "created_at": "2026-11-25T10:00:00.000Z",
                "expires_at": "2027-11-24T23:30:00.000Z", "value": {"denomination": 50.0, "currency_code": "PLN"},
                "recipient": {"name": "ref-own"}, "delivery": delivery,
            }
        ],
    }  # fmt: skip
    built = CreateOrder200Response.from_dict({"order": {**body, **changed}})
    assert built is not None
    written: dict[str, Any] = json.loads(built.to_json())
    return written


def test_the_order_that_is_sent_is_one_of_the_sdk(scripted: Scripted) -> None:
    scripted.answers = [(201, order_body())]
    result = scripted.issuer().place(REQUEST)
    # 23:30 UTC is the next day in Poland
    assert result == IssueResult(
        "done", "TQ1W2E3R4T5Y", VoucherCode(LINK, None, datetime(2027, 11, 25, tzinfo=UTC).date())
    )
    ((method, path, headers, body),) = scripted.asked
    assert (method, path, headers["Authorization"]) == ("POST", "/api/v2/orders", "Bearer key-1")
    assert "Idempotency-Key" not in headers
    parsed = SingleRewardOrder.from_dict(body)
    assert parsed is not None
    # nothing of the body is unknown to the SDK: written by its model, it is the same
    assert _plain(parsed.to_dict()) == body
    assert CreateOrderRequest.from_json(json.dumps(body)).actual_instance == parsed
    assert parsed.external_id == "ref-own"
    assert body["reward"]["value"] == {"denomination": 50, "currency_code": "PLN"}


def test_grosze_are_not_lost(scripted: Scripted) -> None:
    for text in ("50.05", "0.1", "999999.99", "33.33"):
        value = Decimal(text)
        reward = {
            **order_body()["order"]["rewards"][0],
            "value": {"denomination": float(value), "currency_code": "PLN"},
        }
        scripted.answers = [(201, order_body(rewards=[reward]))]
        assert scripted.issuer().place(VoucherRequest("ref-own", FUEL, value, "PLN")).state == "done"
        assert Decimal(str(scripted.asked[-1][3]["reward"]["value"]["denomination"])) == value


STATES = {
    "OPEN": ("accepted", None), "PENDING APPROVAL": ("accepted", None),
    "PENDING INTERNAL PAYMENT APPROVAL": ("accepted", None), "PENDING SETTLEMENT": ("accepted", None),
    "EXECUTED": ("done", None), "FAILED": ("failed", "rejected"), "CANCELED": ("failed", "canceled"),
}  # fmt: skip


def test_every_state_of_the_sdk_is_known() -> None:
    assert {state.value for state in OrderStatus} == set(STATES)


@pytest.mark.parametrize("status", sorted(STATES))
def test_states(scripted: Scripted, status: str) -> None:
    scripted.answers = [(201, order_body(status))]
    result = scripted.issuer().place(REQUEST)
    assert (result.state, result.reason) == STATES[status]
    assert result.partner_id == "TQ1W2E3R4T5Y"


MISUNDERSTOOD: dict[str, Any] = {
    "a new state": order_body("ON HOLD"),
    "another reference": order_body(external_id="ref-other"),
    "no reference": order_body(external_id=None),
    "two rewards": order_body(rewards=[order_body()["order"]["rewards"][0]] * 2),
    "another value": order_body(
        rewards=[{**order_body()["order"]["rewards"][0], "value": {"denomination": 5, "currency_code": "PLN"}}]
    ),
    "another currency": order_body(
        rewards=[{**order_body()["order"]["rewards"][0], "value": {"denomination": 50, "currency_code": "USD"}}]
    ),
    "a link that is none": order_body(link="javascript:alert(1)"),
    "a list": [],
    "half": '{"order": {"id": "TQ1W2',
}


@pytest.mark.parametrize("what", sorted(MISUNDERSTOOD))
def test_an_answer_that_is_not_understood_is_unknown(scripted: Scripted, what: str) -> None:
    scripted.answers = [(201, MISUNDERSTOOD[what])]
    assert scripted.issuer().place(REQUEST) == IssueResult("unknown", reason="malformed")


def refused(status: int, message: str = "No", payload: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
    built = ListRewards401Response.from_dict({"status": status, "errors": {"message": message, "payload": payload}})
    assert built is not None
    return status, json.loads(built.to_json())


REFUSALS = [
    (refused(402), ("failed", "out_of_funds")),
    (refused(400, payload={"reward": {"products": ["At least one valid product required"]}}), ("failed", "unknown_product")),
    (refused(400, payload={"reward": {"value": {"denomination": ["too small"]}}}), ("failed", "bad_amount")),
    (refused(422, payload={"payment": {"funding_source_id": ["unknown"]}}), ("failed", "rejected")),
    (refused(409), ("unknown", "conflict")),
    (refused(401), ("unknown", "unauthorized")),
    (refused(403), ("unknown", "unauthorized")),
    (refused(429), ("unknown", "rate_limited")),
    (refused(500), ("unknown", "unavailable")),
    (refused(418), ("unknown", "malformed")),
    # a proxy's pages: the statuses look definite, but it is not Tremendous who speaks
    ((402, "<html>Payment required</html>"), ("unknown", "malformed")),
    ((422, "{}"), ("unknown", "malformed")),
    ((503, "<html>down</html>"), ("unknown", "unavailable")),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(REFUSALS)))
def test_refusals(scripted: Scripted, number: int) -> None:
    answer, expected = REFUSALS[number]
    scripted.answers = [answer]
    result = scripted.issuer().place(REQUEST)
    assert (result.state, result.reason) == expected
    assert len(scripted.asked) == 1


def test_polling_gets_the_link_of_the_reward(scripted: Scripted) -> None:
    link = GenerateRewardLink200Response.from_dict({"reward": {"id": "SOMEIDSOMEID", "link": LINK}})
    assert link is not None
    scripted.answers = [(200, order_body(link=None)), (200, json.loads(link.to_json()))]
    result = scripted.issuer().poll("ref-own")
    assert result.code is not None and result.code.code == LINK
    assert [call[:2] for call in scripted.asked] == [
        ("GET", "/api/v2/orders/ref-own"), ("POST", "/api/v2/rewards/SOMEIDSOMEID/generate_link"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "answer",
    [
        refused(404), refused(500), (200, "{"), (200, {"reward": {"id": "OTHEROTHER01", "link": LINK}}),
        (200, {"reward": {"id": "SOMEIDSOMEID", "link": "ftp://x.example/secret"}}),
    ],
)  # fmt: skip
def test_executed_but_the_link_cannot_be_had(scripted: Scripted, answer: tuple[int, Any]) -> None:
    """Paid for certain: not failed, not unknown."""
    scripted.answers = [(200, order_body(link=None)), answer]
    assert scripted.issuer().poll("ref-own") == IssueResult("accepted", "TQ1W2E3R4T5Y", reason="malformed")


def test_the_sandbox_answers_as_the_sdk_expects(partner: TremendousPartner) -> None:
    """The stand-in is held to the SDK's models too: written by them, its answers are the same."""
    process = partner.process
    issued, waiting = (
        {
            "external_id": reference, "payment": {"funding_source_id": "BALANCE"},
            "reward": {
                "products": [FUEL], "value": {"denomination": 50, "currency_code": "PLN"},
                "recipient": {"name": reference}, "delivery": {"method": "LINK"}, "language": "pl",
            },
        }
        for reference in ("sdk-1", "sdk-2")
    )  # fmt: skip
    process.fault("async", match="sdk-2", seconds=60)
    bodies = []
    for body in (issued, waiting):
        answer = process.ask("POST", "/api/v2/orders", json=body)
        assert answer.status_code == 201
        bodies.append(answer.json())
        _same(CreateOrder200Response, answer.json())
    assert [body["order"]["status"] for body in bodies] == ["EXECUTED", "PENDING APPROVAL"]
    _same(GetOrder200Response, process.ask("GET", "/api/v2/orders/sdk-1").json())
    own_id = bodies[0]["order"]["id"]
    assert process.ask("GET", f"/api/v2/orders/{own_id}").json()["order"]["external_id"] == "sdk-1"
    reward = bodies[0]["order"]["rewards"][0]
    link = process.ask("POST", f"/api/v2/rewards/{reward['id']}/generate_link", json={}).json()
    _same(GenerateRewardLink200Response, link)
    assert link["reward"]["link"] == reward["delivery"]["link"]
    _same(ListProductsResponse, process.ask("GET", "/api/v2/products").json())
    sources = process.ask("GET", "/api/v2/funding_sources").json()
    _same(ListFundingSources200Response, sources)
    source = sources["funding_sources"][0]["id"]
    _same(GetFundingSource200Response, process.ask("GET", f"/api/v2/funding_sources/{source}").json())
    for path in ("/api/v2/orders/unknown", "/api/v2/funding_sources/OTHEROTHER01"):
        refusal = process.ask("GET", path)
        assert refusal.status_code == 404
        _same(ListRewards401Response, refusal.json())
    assert process.ask("GET", "/api/v2/products", key="wrong").status_code == 401


def _same(model: Any, body: dict[str, Any]) -> None:
    written = json.loads(model.from_dict(body).to_json())
    assert _plain(written) == _plain(body)


def _plain(value: Any) -> Any:
    """Without nulls, and with moments in one spelling: the models leave out what is null."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, str) and value[:2] == "20" and "T" in value:
        return datetime.fromisoformat(value)
    return value


def test_only_cards_in_the_currency_are_offered(scripted: Scripted) -> None:
    def product(id: str, category: str, *skus: tuple[float, float, str]) -> dict[str, Any]:
        return {
            "id": id, "name": f"Karta {id}", "description": "", "category": category, "disclosure": "",
            "skus": [{"min": low, "max": high, "currency_code": currency} for low, high, currency in skus],
            "currency_codes": ["PLN"], "countries": [{"abbr": "PL"}], "images": [],
        }  # fmt: skip

    products = [
        product("FIXED0000001", "merchant_card", (20, 20, "PLN"), (50, 50, "PLN"), (10, 10, "EUR")),
        product("RANGE0000001", "visa_card", (10, 200.5, "PLN")),
        product("BANDS0000001", "merchant_card", (5, 10, "PLN"), (20, 500, "PLN"), (1000, 1000, "PLN")),
        product("EURO00000001", "merchant_card", (10, 10, "EUR")),
        product("BANK00000001", "ach", (1, 1000, "PLN")),
        product("FREE00000001", "merchant_card", (0, 0, "PLN")),
    ]
    body = ListProductsResponse.from_dict({"products": products})
    assert body is not None
    scripted.answers = [(200, json.loads(body.to_json()))]
    found = {item.product_id: item for item in scripted.issuer().catalog()}
    assert scripted.asked[0][1] == "/api/v2/products?currency=PLN"
    assert set(found) == {"FIXED0000001", "RANGE0000001", "BANDS0000001"}
    assert found["FIXED0000001"].denominations == (Decimal("20.00"), Decimal("50.00"))
    assert (found["RANGE0000001"].minimum, found["RANGE0000001"].maximum) == (Decimal("10.00"), Decimal("200.50"))
    assert (found["BANDS0000001"].minimum, found["BANDS0000001"].maximum) == (Decimal("20.00"), Decimal("500.00"))


@pytest.mark.parametrize("body", [{}, {"products": {}}, {"products": [{"id": "X"}]}, {"products": [7]}])
def test_a_catalog_that_is_not_understood(scripted: Scripted, body: dict[str, Any]) -> None:
    scripted.answers = [(200, body)]
    with pytest.raises(DomainError, match="PARTNER_UNAVAILABLE"):
        scripted.issuer().catalog()


def test_webhooks_about_other_things_name_no_order(partner: TremendousPartner) -> None:
    raw, headers = signed(
        json.dumps(
            {
                "event": "CAMPAIGNS.CREATED", "uuid": "5ccc7bb1-7659-4e23-a407-77d8cd9c62f5",
                "created_utc": datetime.now(UTC).isoformat(),
                "payload": {"resource": {"id": "2V3PCCL7QXDA", "type": "campaigns"}, "meta": {}},
            }
        )
    )  # fmt: skip
    notice = partner.issuer().verify_webhook(raw, headers)
    assert (notice.reference, notice.partner_id, notice.state) == (None, None, "unknown")


def test_a_connection_without_a_webhook_key_takes_none(scripted: Scripted) -> None:
    issuer = Tremendous(TremendousConfig("http://127.0.0.1:1", "k", ""), Recorded())
    raw, headers = signed('{"event": "ORDERS.APPROVED"}', key="")
    with pytest.raises(DomainError, match="WEBHOOK_REFUSED"):
        issuer.verify_webhook(raw, headers)


def test_wrong_key_decides_nothing(partner: TremendousPartner) -> None:
    issuer = partner.issuer(api_key="wrong")
    assert issuer.place(REQUEST) == IssueResult("unknown", reason="unauthorized")
    assert issuer.poll("ref-own") == IssueResult("unknown", reason="unauthorized")
    with pytest.raises(DomainError, match="PARTNER_UNAVAILABLE"):
        issuer.balance()


def test_the_config_does_not_print_its_secrets() -> None:
    config = TremendousConfig("http://x", "key-1", "hook-2")
    assert "key-1" not in repr(config) and "hook-2" not in repr(config)
