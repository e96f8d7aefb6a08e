"""Our own contract, against the sandbox aggregator in a process of its own, over real HTTP."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import ClassVar
from uuid import uuid4

import pytest
from standardwebhooks import Webhook

from catalog.rewards.ports import CallLog, IssueResult, IssueState, VoucherRequest, WebhookNotice
from integrations.kit.http import RetryPolicy
from integrations.vouchers.kolektor_v1 import KolektorV1, KolektorV1Config
from kolektor.kernel.errors import DomainError
from tests.integrations.sandbox_process import API_KEY, WEBHOOK_SECRET, SandboxProcess
from tests.integrations.vouchers.contract import (
    UNDECIDED,
    PartnerOrder,
    Recorded,
    VoucherIssuerContract,
    wait_for,
)

FAST = RetryPolicy(attempts=2, first_pause_seconds=0.01, longest_pause_seconds=0.01, patience_seconds=0)


class SandboxPartner:
    """The aggregator as the contract suite wants it."""

    fixed = ("paliwo-szlak", Decimal(50))
    webhook_states: ClassVar[dict[str, IssueState]] = {"issued": "done", "failed": "failed"}
    stale = (timedelta(minutes=6), timedelta(minutes=-6))

    def __init__(self, process: SandboxProcess) -> None:
        self.process = process

    def issuer(self, log: CallLog | None = None, *, api_key: str = API_KEY) -> KolektorV1:
        config = KolektorV1Config(self.process.url, api_key, WEBHOOK_SECRET, connect_seconds=1, read_seconds=1)
        return KolektorV1(config, log or Recorded(), retry=FAST)

    def unreachable(self, *, webhook_secret: str = WEBHOOK_SECRET) -> KolektorV1:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        config = KolektorV1Config(f"http://127.0.0.1:{port}", API_KEY, webhook_secret, connect_seconds=1)
        return KolektorV1(config, Recorded(), retry=FAST)

    def fault(self, name: str, **options: object) -> None:
        # late enough for a read timeout of one second, soon enough for a test
        extra = {"seconds": 1.5} if name == "timeout_after_issue" else {}
        self.process.fault(name, **{**extra, **options})

    def order(self, reference: str) -> PartnerOrder | None:
        found = [order for order in self.process.orders() if order["external_id"] == reference]
        assert len(found) <= 1
        if not found:
            return None
        return PartnerOrder(found[0]["state"], found[0]["codes"], Decimal(found[0]["charged_minor"]).scaleb(-2))

    def about(self, notice: WebhookNotice) -> str | None:
        return notice.reference

    def signed(self, order: str, state: str, at: datetime) -> tuple[bytes, dict[str, str]]:
        body = json.dumps({"type": f"order.{state}", "data": {"id": "o", "external_id": order, "state": state}})
        signature = Webhook(WEBHOOK_SECRET).sign("msg_1", at, body)
        return body.encode(), {
            "Webhook-Id": "msg_1",
            "Webhook-Timestamp": str(int(at.timestamp())),
            "Webhook-Signature": signature,
        }


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    running = SandboxProcess(tmp_path_factory.mktemp("aggregator") / "state.sqlite3")
    running.start()
    yield running
    assert running.stop() == 0


@pytest.fixture
def partner(process: SandboxProcess) -> SandboxPartner:
    process.reset()
    return SandboxPartner(process)


class TestKolektorV1(VoucherIssuerContract):
    pass


REQUEST = VoucherRequest("ref-own", "paliwo-szlak", Decimal(50), "PLN")


def test_wrong_key_decides_nothing(partner: SandboxPartner) -> None:
    issuer = partner.issuer(api_key="wrong")
    assert issuer.place(REQUEST) == IssueResult("unknown", reason="unauthorized")
    assert issuer.poll("ref-own") == IssueResult("unknown", reason="unauthorized")
    with pytest.raises(DomainError, match="PARTNER_UNAVAILABLE"):
        issuer.balance()


@pytest.mark.parametrize("fault", ["malformed", "error_500", "rate_limit", "slow"])
def test_issued_but_the_code_cannot_be_had(partner: SandboxPartner, fault: str) -> None:
    """Issued for certain: not failed, not unknown; polled until the code is there."""
    partner.fault(fault, operation="code", times=FAST.attempts, seconds=1.5)
    first = partner.issuer().place(REQUEST)
    assert (first.state, first.code) == ("accepted", None)
    assert first.partner_id
    second = wait_for(partner.issuer(), "ref-own", lambda found: found.state not in UNDECIDED)
    assert (second.state, second.partner_id) == ("done", first.partner_id)
    assert partner.order("ref-own") == PartnerOrder("issued", 1, Decimal(50))


def test_reads_are_repeated_and_orders_are_not(partner: SandboxPartner) -> None:
    log = Recorded()
    partner.fault("error_500")
    partner.issuer(log).place(REQUEST)
    assert [call[:2] for call in log.calls] == [("place", 500)]
    log.calls.clear()
    partner.fault("slow", operation="balance", seconds=1.5)
    assert partner.issuer(log).balance()[1] == "PLN"
    assert [call[:2] for call in log.calls] == [("balance", None), ("balance", 200)]


def test_rate_limited_read_says_when(partner: SandboxPartner) -> None:
    partner.issuer().place(REQUEST)
    partner.fault("rate_limit", operation="poll", times=5, seconds=9)
    assert partner.issuer().poll("ref-own") == IssueResult("unknown", reason="rate_limited", retry_after_seconds=9)


def test_range_product_and_pin(partner: SandboxPartner) -> None:
    result = partner.issuer().place(VoucherRequest("r", "market-rodzinny", Decimal("123"), "PLN"))
    assert result.code is not None and result.code.pin is not None
    assert repr(result.code) == "VoucherCode(***)"
    result = partner.issuer().place(VoucherRequest("r2", "market-rodzinny", Decimal("123.45"), "PLN"))
    assert result == IssueResult("failed", reason="bad_amount")


def test_the_float_runs_out(partner: SandboxPartner) -> None:
    account = {"api_key": f"poor-{uuid4().hex}", "name": "poor", "float_minor": 12000}
    assert partner.process.ask("POST", "/sandbox/accounts", json=account).status_code == 201
    issuer = partner.issuer(api_key=str(account["api_key"]))
    everything = VoucherRequest("all", "podroze-kompas", Decimal(120), "PLN")
    first = issuer.place(everything)
    assert first.state == "done"
    assert issuer.balance() == (Decimal(0), "PLN")
    assert issuer.place(REQUEST) == IssueResult("failed", reason="out_of_funds")
    # the key is looked up before the funds: the first result holds
    assert issuer.place(everything) == first


def test_the_config_does_not_print_its_secrets() -> None:
    config = KolektorV1Config("http://x", "key-1", "whsec_2")
    assert "key-1" not in repr(config) and "whsec" not in repr(config)
