"""What every VoucherIssuer must do, whatever contract it speaks. Subclass, and give the fixture `partner`.

The proof is always the partner's own record, read past the adapter: at most one code and one charge a reference.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Protocol
from uuid import uuid4

import pytest

from catalog.rewards.ports import CallLog, IssueResult, IssueState, VoucherIssuer, VoucherRequest, WebhookNotice
from kolektor.kernel.errors import DomainError

UNDECIDED = ("unknown", "accepted")


@dataclass
class Recorded:
    """A call log that keeps everything, so that tests can look for secrets in it."""

    calls: list[tuple[str, int | None, str]] = field(default_factory=list)

    def record(self, *, operation: str, request_id: str, status: int | None, milliseconds: int, note: str) -> None:
        assert request_id
        assert milliseconds >= 0
        self.calls.append((operation, status, note))


@dataclass(frozen=True)
class PartnerOrder:
    """One order in the partner's own record. Amounts in units of the currency."""

    state: str
    codes: int
    charged: Decimal


class Partner(Protocol):
    """A running partner and how to misuse it."""

    fixed: tuple[str, Decimal]
    """A product with fixed denominations, and one of them."""

    webhook_states: Mapping[str, IssueState]
    """What `signed` can say of an order, and the state of the notice that an adapter makes of it."""

    stale: tuple[timedelta, ...]
    """Ages that the partner's way of signing cannot excuse: too old, and too far ahead of our clock."""

    def issuer(self, log: CallLog | None = None) -> VoucherIssuer: ...

    def unreachable(self, *, webhook_secret: str = ...) -> VoucherIssuer: ...

    def fault(self, name: str, **options: object) -> None:
        """One of timeout_after_issue, duplicate, malformed, async, async_fail, out_of_funds, decline, error_500,
        rate_limit.
        """
        ...

    def order(self, reference: str) -> PartnerOrder | None: ...

    def signed(self, order: str, state: str, at: datetime) -> tuple[bytes, dict[str, str]]:
        """A genuine webhook about an order, which is named as the partner names orders in webhooks."""
        ...

    def about(self, notice: WebhookNotice) -> str | None:
        """The order that a notice names, in the same way."""
        ...


def wait_for(issuer: VoucherIssuer, reference: str, decided: Callable[[IssueResult], bool]) -> IssueResult:
    deadline = time.monotonic() + 10
    while True:
        result = issuer.poll(reference)
        if decided(result) or time.monotonic() > deadline:
            return result
        time.sleep(0.05)


class VoucherIssuerContract:
    """The suite."""

    @pytest.fixture
    def request_(self, partner: Partner) -> VoucherRequest:
        product, value = partner.fixed
        return VoucherRequest(reference=f"ref-{uuid4().hex}", product_id=product, face_value=value, currency="PLN")

    @staticmethod
    def assert_one_voucher(partner: Partner, request: VoucherRequest) -> None:
        assert partner.order(request.reference) == PartnerOrder("issued", 1, request.face_value)

    @staticmethod
    def assert_nothing(partner: Partner, request: VoucherRequest) -> None:
        order = partner.order(request.reference)
        assert order is None or (order.codes, order.charged) == (0, Decimal(0))

    def test_catalog(self, partner: Partner) -> None:
        items = partner.issuer().catalog()
        assert len({item.product_id for item in items}) == len(items) > 0
        for item in items:
            ranged = item.minimum is not None and item.maximum is not None and 0 < item.minimum < item.maximum
            assert bool(item.denominations) != ranged
            assert all(value > 0 for value in item.denominations)
        product, value = partner.fixed
        assert value in next(item for item in items if item.product_id == product).denominations

    def test_place(self, partner: Partner, request_: VoucherRequest) -> None:
        before, currency = partner.issuer().balance()
        result = partner.issuer().place(request_)
        assert (result.state, result.reason, currency) == ("done", None, "PLN")
        assert result.partner_id
        assert result.code is not None and result.code.code
        assert result.code.expires_on is not None and result.code.expires_on > datetime.now(UTC).date()
        self.assert_one_voucher(partner, request_)
        assert partner.issuer().balance() == (before - request_.face_value, "PLN")

    def test_placing_again_gives_the_first_result(self, partner: Partner, request_: VoucherRequest) -> None:
        first = partner.issuer().place(request_)
        assert partner.issuer().place(request_) == first
        assert partner.issuer().poll(request_.reference) == first
        self.assert_one_voucher(partner, request_)

    def test_the_reference_with_another_amount(self, partner: Partner, request_: VoucherRequest) -> None:
        first = partner.issuer().place(request_)
        product, value = partner.fixed
        other = next(
            amount
            for item in partner.issuer().catalog()
            if item.product_id == product
            for amount in item.denominations
            if amount != value
        )
        result = partner.issuer().place(VoucherRequest(request_.reference, product, other, "PLN"))
        # failed would give the points back for a voucher that exists
        assert (result.state, result.reason, result.code) == ("unknown", "conflict", None)
        assert partner.issuer().poll(request_.reference) == first
        self.assert_one_voucher(partner, request_)

    @pytest.mark.parametrize(("fault", "reason"), [("out_of_funds", "out_of_funds"), ("decline", "rejected")])
    def test_definite_refusals(self, partner: Partner, request_: VoucherRequest, fault: str, reason: str) -> None:
        partner.fault(fault)
        assert partner.issuer().place(request_) == IssueResult("failed", reason=reason)
        self.assert_nothing(partner, request_)

    @pytest.mark.parametrize(
        ("product", "value", "currency", "reason"),
        [
            ("no-such-product", "50", "PLN", "unknown_product"),
            (None, "0.01", "PLN", "bad_amount"),
            (None, "0.001", "PLN", "bad_amount"),
            (None, "-50", "PLN", "bad_amount"),
            (None, "50", "EUR", "bad_amount"),
            (None, "50", "JPY", "bad_amount"),
        ],
    )
    def test_bad_orders(
        self, partner: Partner, request_: VoucherRequest, product: str | None, value: str, currency: str, reason: str
    ) -> None:
        bad = VoucherRequest(request_.reference, product or request_.product_id, Decimal(value), currency)
        assert partner.issuer().place(bad) == IssueResult("failed", reason=reason)
        self.assert_nothing(partner, request_)

    @pytest.mark.parametrize("fault", ["timeout_after_issue", "malformed", "duplicate"])
    @pytest.mark.parametrize("again", ["poll", "place"])
    def test_issued_but_not_understood(
        self, partner: Partner, request_: VoucherRequest, fault: str, again: str
    ) -> None:
        partner.fault(fault, match=request_.reference)
        first = partner.issuer().place(request_)
        assert (first.state, first.code) == ("unknown", None)
        assert (
            first.reason == {"timeout_after_issue": "timeout", "malformed": "malformed", "duplicate": "conflict"}[fault]
        )
        issuer = partner.issuer()
        second = issuer.poll(request_.reference) if again == "poll" else issuer.place(request_)
        assert second.state == "done"
        assert second.code is not None
        self.assert_one_voucher(partner, request_)

    def test_server_error(self, partner: Partner, request_: VoucherRequest) -> None:
        partner.fault("error_500")
        result = partner.issuer().place(request_)
        assert (result.state, result.reason) == ("unknown", "unavailable")
        assert partner.issuer().place(request_).state == "done"
        self.assert_one_voucher(partner, request_)

    def test_rate_limit(self, partner: Partner, request_: VoucherRequest) -> None:
        partner.fault("rate_limit", seconds=7)
        result = partner.issuer().place(request_)
        assert (result.state, result.reason, result.retry_after_seconds) == ("unknown", "rate_limited", 7)
        self.assert_nothing(partner, request_)

    def test_unreachable(self, partner: Partner, request_: VoucherRequest) -> None:
        issuer = partner.unreachable()
        assert issuer.place(request_) == IssueResult("unknown", reason="unavailable")
        assert issuer.poll(request_.reference) == IssueResult("unknown", reason="unavailable")
        assert issuer.cancel(request_.reference).state == "unknown"
        for call in (issuer.balance, issuer.catalog):
            with pytest.raises(DomainError, match="PARTNER_UNAVAILABLE"):
                call()

    def test_accepted_then_done(self, partner: Partner, request_: VoucherRequest) -> None:
        partner.fault("async", seconds=0.3)
        first = partner.issuer().place(request_)
        assert (first.state, first.code) == ("accepted", None)
        assert partner.issuer().place(request_).state in ("accepted", "done")
        result = wait_for(partner.issuer(), request_.reference, lambda found: found.state not in UNDECIDED)
        assert (result.state, result.partner_id) == ("done", first.partner_id)
        self.assert_one_voucher(partner, request_)

    def test_accepted_then_failed(self, partner: Partner, request_: VoucherRequest) -> None:
        partner.fault("async_fail", seconds=0.1)
        assert partner.issuer().place(request_).state == "accepted"
        result = wait_for(partner.issuer(), request_.reference, lambda found: found.state not in UNDECIDED)
        assert (result.state, result.reason) == ("failed", "rejected")
        self.assert_nothing(partner, request_)

    def test_never_seen(self, partner: Partner) -> None:
        assert partner.issuer().poll("never/seen?") == IssueResult("failed", reason="not_found")
        assert partner.issuer().cancel("never-seen") == IssueResult("failed", reason="not_found")

    def test_cancel_in_time(self, partner: Partner, request_: VoucherRequest) -> None:
        partner.fault("async", seconds=60)
        partner.issuer().place(request_)
        result = partner.issuer().cancel(request_.reference)
        assert (result.state, result.reason) == ("failed", "canceled")
        assert partner.issuer().cancel(request_.reference) == result
        self.assert_nothing(partner, request_)

    def test_cancel_too_late(self, partner: Partner, request_: VoucherRequest) -> None:
        first = partner.issuer().place(request_)
        assert partner.issuer().cancel(request_.reference) == first
        self.assert_one_voucher(partner, request_)

    def test_placed_at_once_by_many(self, partner: Partner, request_: VoucherRequest) -> None:
        start = threading.Barrier(8)

        def work(_: int) -> IssueResult:
            start.wait()
            return partner.issuer().place(request_)

        with ThreadPoolExecutor(8) as pool:
            results = list(pool.map(work, range(8)))
        assert {result.state for result in results} == {"done"}
        assert len({result.code.code for result in results if result.code}) == 1
        self.assert_one_voucher(partner, request_)

    def test_no_secret_in_the_log(self, partner: Partner, request_: VoucherRequest) -> None:
        log = Recorded()
        issuer = partner.issuer(log)
        result = issuer.place(request_)
        issuer.poll(request_.reference)
        assert result.code is not None
        assert [status for _, status, _ in log.calls if status is None] == []
        assert any(request_.reference in note for _, _, note in log.calls)
        text = repr(log.calls) + repr(result)
        assert result.code.code not in text
        assert result.code.pin is None or result.code.pin not in text.replace(request_.reference, "")

    def test_the_log_says_when_there_was_no_answer(self, partner: Partner, request_: VoucherRequest) -> None:
        log = Recorded()
        partner.fault("timeout_after_issue", match=request_.reference)
        partner.issuer(log).place(request_)
        assert log.calls == [("place", None, "timeout")]

    def test_webhook(self, partner: Partner) -> None:
        at = datetime.now(UTC).replace(microsecond=0)
        for state, expected in partner.webhook_states.items():
            raw, headers = partner.signed("REF1", state, at)
            notice = partner.issuer().verify_webhook(raw, headers)
            assert (partner.about(notice), notice.state, notice.sent_at) == ("REF1", expected, at)

    def test_replayed_webhook(self, partner: Partner) -> None:
        """The same message again is still genuine; its id, which is what the inbox drops it by, is the same."""
        state = next(iter(partner.webhook_states))
        raw, headers = partner.signed("REF1", state, datetime.now(UTC) - timedelta(minutes=2))
        first, second = (partner.issuer().verify_webhook(raw, headers) for _ in range(2))
        assert first == second
        assert 0 < len(first.message_id) <= 80

    def test_stale_webhook(self, partner: Partner) -> None:
        state = next(iter(partner.webhook_states))
        for age in partner.stale:
            raw, headers = partner.signed("REF1", state, datetime.now(UTC) - age)
            with pytest.raises(DomainError, match="WEBHOOK_REFUSED"):
                partner.issuer().verify_webhook(raw, headers)

    def test_webhook_signed_with_another_key(self, partner: Partner) -> None:
        state = next(iter(partner.webhook_states))
        raw, headers = partner.signed("REF1", state, datetime.now(UTC))
        assert partner.about(partner.issuer().verify_webhook(raw, headers)) == "REF1"
        with pytest.raises(DomainError, match="WEBHOOK_REFUSED"):
            partner.unreachable(webhook_secret="whsec_bmllIHRlbiBrbHVjeiBuaWUgdGVuIGtsdWN6").verify_webhook(
                raw, headers
            )

    def test_altered_webhook(self, partner: Partner) -> None:
        raw, headers = partner.signed("REF1", next(iter(partner.webhook_states)), datetime.now(UTC))
        for forged in (raw.replace(b"REF1", b"REF2"), b"", raw + b" ", b"\xff\xfe"):
            with pytest.raises(DomainError, match="WEBHOOK_REFUSED"):
                partner.issuer().verify_webhook(forged, headers)
        for name in headers:
            for value in (None, "", "x", "v1,x", "v1,%%%", "v1", "nan", "9" * 400, "\u2026"):
                changed = {key: text for key, text in headers.items() if key != name}
                if value is not None:
                    changed[name] = value
                with pytest.raises(DomainError, match="WEBHOOK_REFUSED"):
                    partner.issuer().verify_webhook(raw, changed)
