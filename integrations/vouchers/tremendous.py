"""Tremendous (docs/partners/tremendous.md): gift cards by `POST /orders`, one reward an order, delivered as a link.

Amounts on the wire are numbers of whole currency units; moments are ISO 8601 with an offset. The link is the code: whoever
has it has the voucher, so it is kept and shown like one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from urllib.parse import quote

from catalog.rewards.ports import (
    CallLog,
    CatalogItem,
    IssueResult,
    IssueState,
    VoucherCode,
    VoucherRequest,
    WebhookNotice,
)
from integrations.kit.http import Answer, NoAnswer, PartnerHttp, RetryPolicy
from integrations.vouchers import tremendous_wire as wire
from integrations.vouchers.tremendous_webhooks import notice_of
from kolektor.kernel.errors import DomainError

# what may stand in the partner log; links, recipients and everything not named here is hidden
_LOGGED: Final = frozenset(
    {"id", "external_id", "status", "method", "denomination", "currency_code", "message", "total_count"}
)
_STATES: Final[dict[str, IssueState]] = {
    "OPEN": "accepted",
    "PENDING APPROVAL": "accepted",
    "PENDING INTERNAL PAYMENT APPROVAL": "accepted",
    "PENDING SETTLEMENT": "accepted",
    "EXECUTED": "done",
    "FAILED": "failed",
    "CANCELED": "failed",
}
_GROSZ: Final = Decimal("0.01")
_MOST: Final = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class TremendousConfig:
    """A connection of one wholesaler. `currency` (ISO 4217) is that of the vouchers; the secrets never show in a log."""

    base_url: str
    api_key: str
    webhook_key: str
    funding_source_id: str = "BALANCE"
    currency: str = "PLN"
    connect_seconds: float = 2.0
    read_seconds: float = 10.0

    @classmethod
    def of(cls, base_url: str, credentials: Mapping[str, str], **options: float) -> TremendousConfig:
        """From the credentials of a connection: `api_key`, `webhook_secret`, and maybe `funding_source_id`, `currency`."""
        return cls(
            base_url=base_url,
            api_key=credentials["api_key"],
            webhook_key=credentials["webhook_secret"],
            funding_source_id=credentials.get("funding_source_id") or "BALANCE",
            currency=credentials.get("currency") or "PLN",
            **options,
        )

    def __repr__(self) -> str:
        return f"TremendousConfig(base_url={self.base_url!r})"


class Tremendous:
    """A VoucherIssuer over HTTP. Safe to share between threads; each call opens its own connection."""

    def __init__(self, config: TremendousConfig, log: CallLog, *, retry: RetryPolicy | None = None) -> None:
        self._http = PartnerHttp(
            base_url=config.base_url,
            headers={"Authorization": f"Bearer {config.api_key}"},
            log=log,
            logged_fields=_LOGGED,
            connect_seconds=config.connect_seconds,
            read_seconds=config.read_seconds,
            retry=retry,
            # the list of products comes in one answer, with pictures and legal texts
            max_body_bytes=8 * 1024 * 1024,
        )
        self._config = config

    def catalog(self) -> list[CatalogItem]:
        """The gift cards in the connection's currency. Raises DomainError PARTNER_UNAVAILABLE."""
        currency = self._config.currency
        return wire.catalog(self._read("catalog", f"/products?currency={quote(currency, safe='')}"), currency)

    def balance(self) -> tuple[Decimal, str]:
        """The prefunded balance, in units of its currency. Raises DomainError PARTNER_UNAVAILABLE."""
        source = self._config.funding_source_id
        if source.upper() == "BALANCE":
            source = wire.balance_source(self._read("balance", "/funding_sources"))
        # the list's figure may be an old one, that of the single source is not
        return wire.balance(self._read("balance", f"/funding_sources/{quote(source, safe='')}"))

    def place(self, request: VoucherRequest) -> IssueResult:
        """Order once per reference. Failed only when Tremendous refuses the order itself; all else is unknown."""
        value = request.face_value
        if not value.is_finite() or not 0 < value <= _MOST or value != value.quantize(_GROSZ):
            return IssueResult("failed", reason="bad_amount")
        body = {
            "external_id": request.reference,
            "payment": {"funding_source_id": self._config.funding_source_id},
            "reward": {
                "products": [request.product_id],
                "value": {"denomination": wire.number(value), "currency_code": request.currency},
                # no name and no address of the member: the reference says enough for their books
                "recipient": {"name": request.reference},
                "delivery": {"method": "LINK"},
                "language": "pl",
            },
        }
        outcome = self._http.post("place", "/orders", body)
        if isinstance(outcome, NoAnswer):
            return IssueResult("unknown", reason=outcome.reason)
        if outcome.status in (200, 201):
            return self._order(outcome, request.reference, expected=request)
        return wire.refusal(outcome)

    def poll(self, reference: str) -> IssueResult:
        """The order by our reference (Tremendous takes `external_id` in place of its own id)."""
        outcome = self._http.get("poll", f"/orders/{quote(reference, safe='')}")
        if isinstance(outcome, NoAnswer):
            return IssueResult("unknown", reason=outcome.reason)
        if outcome.status == 200:
            return self._order(outcome, reference)
        if outcome.status == 404 and wire.errors(outcome) is not None:
            return IssueResult("failed", reason="not_found")
        return _undecided(outcome)

    def cancel(self, reference: str) -> IssueResult:
        """Reject an order that still waits for approval: `failed` with `canceled`. An executed one stays as it is."""
        known = self.poll(reference)
        if known.state != "accepted" or known.partner_id is None:
            return known
        outcome = self._http.post("cancel", f"/order_approvals/{quote(known.partner_id, safe='')}/reject", {})
        if isinstance(outcome, NoAnswer):
            return IssueResult("unknown", partner_id=known.partner_id, reason=outcome.reason)
        if outcome.status == 200:
            return self._order(outcome, reference)
        # not waiting any more (or never was): what holds is what the order says now
        return self.poll(reference) if outcome.status in (404, 422) else _undecided(outcome)

    def verify_webhook(self, raw: bytes, headers: dict[str, str]) -> WebhookNotice:
        """A message signed with the webhook's private key. Raises DomainError WEBHOOK_REFUSED."""
        return notice_of(raw, headers, self._config.webhook_key)

    def _order(self, answer: Answer, reference: str, *, expected: VoucherRequest | None = None) -> IssueResult:
        """An order as published; one that is not ours, or not what was ordered, is not understood."""
        try:
            order = wire.order(answer, reference, expected)
            state = _STATES.get(order.status)
            if state is None:
                raise wire.Malformed
        except wire.Malformed:
            return IssueResult("unknown", reason="malformed")
        if state == "done":
            return self._executed(order)
        reason = None
        if state == "failed":
            reason = "canceled" if order.status == "CANCELED" else "rejected"
        return IssueResult(state, partner_id=order.id, reason=reason, retry_after_seconds=answer.retry_after_seconds)

    def _executed(self, order: wire.Order) -> IssueResult:
        """Paid for certain. While its link cannot be had, the order is `accepted`: poll again, do not refund."""
        link = order.link
        if link is None:
            path = f"/rewards/{quote(order.reward_id, safe='')}/generate_link"
            outcome = self._http.post("code", path, {})
            if isinstance(outcome, NoAnswer):
                return IssueResult("accepted", partner_id=order.id, reason=outcome.reason)
            link = wire.link(outcome, order.reward_id)
            if link is None:
                wait = outcome.retry_after_seconds
                return IssueResult("accepted", partner_id=order.id, reason="malformed", retry_after_seconds=wait)
        return IssueResult("done", partner_id=order.id, code=VoucherCode(link, None, order.expires_on))

    def _read(self, operation: str, path: str) -> dict[str, Any]:
        outcome = self._http.get(operation, path)
        if isinstance(outcome, NoAnswer):
            raise DomainError("PARTNER_UNAVAILABLE", reason=outcome.reason)
        body = outcome.json()
        if outcome.status != 200 or body is None:
            raise DomainError("PARTNER_UNAVAILABLE", reason="malformed", status=outcome.status)
        return body


def _undecided(answer: Answer) -> IssueResult:
    """A refusal of a question about an order: nothing is said about the order itself."""
    return IssueResult(
        "unknown", reason=wire.undecided_reason(answer.status), retry_after_seconds=answer.retry_after_seconds
    )
