"""Our own documented aggregator contract, version 1 (docs/partners/voucher-aggregator.md).

For aggregators without a public API. Amounts on the wire are integers of minor units (grosze); dates are
local (Poland), moments UTC.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final, TypeVar
from urllib.parse import quote

from standardwebhooks import Webhook

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
from kolektor.kernel.errors import DomainError

T = TypeVar("T")

# what may stand in the partner log; codes, PINs and everything not named here is hidden
_LOGGED: Final = frozenset(
    {
        "id",
        "external_id",
        "state",
        "product_id",
        "amount_minor",
        "currency",
        "error",
        "reason",
        "balance_minor",
    }
)
# order states of the contract
_STATES: Final[dict[str, IssueState]] = {
    "accepted": "accepted",
    "issued": "done",
    "failed": "failed",
    "canceled": "failed",
}
# refusals of the contract that are final: nothing was issued and nothing will be
_REFUSALS: Final = frozenset({"out_of_funds", "unknown_product", "bad_amount", "rejected"})
# ISO 4217 currencies with two decimal places that the contract carries
_CURRENCIES: Final = frozenset({"PLN", "EUR", "GBP", "USD", "CZK"})


@dataclass(frozen=True, slots=True)
class KolektorV1Config:
    """A connection of one wholesaler. The secrets never show in a log or a traceback."""

    base_url: str
    api_key: str
    webhook_secret: str
    connect_seconds: float = 2.0
    read_seconds: float = 10.0

    def __repr__(self) -> str:
        return f"KolektorV1Config(base_url={self.base_url!r})"


class _Malformed(Exception):
    """The answer is not of the contract."""


class KolektorV1:
    """A VoucherIssuer over HTTP. Safe to share between threads; each call opens its own connection."""

    def __init__(self, config: KolektorV1Config, log: CallLog, *, retry: RetryPolicy | None = None) -> None:
        self._http = PartnerHttp(
            base_url=config.base_url,
            headers={"Authorization": f"Bearer {config.api_key}"},
            log=log,
            logged_fields=_LOGGED,
            connect_seconds=config.connect_seconds,
            read_seconds=config.read_seconds,
            retry=retry,
        )
        self._webhook_secret = config.webhook_secret

    def catalog(self) -> list[CatalogItem]:
        """All products. Raises DomainError PARTNER_UNAVAILABLE."""
        return self._read("catalog", "/v1/catalog", _catalog)

    def balance(self) -> tuple[Decimal, str]:
        """The float that is left, in units of its currency. Raises DomainError PARTNER_UNAVAILABLE."""
        return self._read(
            "balance", "/v1/balance", lambda body: (_money(body, "balance_minor"), _text(body, "currency"))
        )

    def place(self, request: VoucherRequest) -> IssueResult:
        """Issue once per reference. Failed only when the partner says so by the contract; all else is
        unknown.
        """
        minor = request.face_value * 100
        if minor != minor.to_integral_value() or minor <= 0 or request.currency not in _CURRENCIES:
            return IssueResult("failed", reason="bad_amount")
        body = {
            "external_id": request.reference,
            "product_id": request.product_id,
            "amount_minor": int(minor),
            "currency": request.currency,
        }
        outcome = self._http.post("place", "/v1/orders", body, idempotency_key=request.reference)
        if isinstance(outcome, NoAnswer):
            return IssueResult("unknown", reason=outcome.reason)
        if outcome.status in (200, 201):
            return self._order(outcome, request.reference, expected=body)
        return _refused(outcome)

    def poll(self, reference: str) -> IssueResult:
        """The order by our reference; `failed` with `not_found` when the partner never saw it."""
        outcome = self._http.get("poll", f"/v1/orders/by-external-id/{quote(reference, safe='')}")
        if isinstance(outcome, NoAnswer):
            return IssueResult("unknown", reason=outcome.reason)
        if outcome.status == 200:
            return self._order(outcome, reference)
        if outcome.status == 404 and _error(outcome) == "not_found":
            return IssueResult("failed", reason="not_found")
        return _refused(outcome)

    def cancel(self, reference: str) -> IssueResult:
        """Withdraw an order that is not issued yet: `failed` with `canceled`. An issued one stays as it is."""
        known = self.poll(reference)
        if known.state != "accepted" or known.partner_id is None:
            return known
        outcome = self._http.post("cancel", f"/v1/orders/{quote(known.partner_id, safe='')}/cancel", {})
        if isinstance(outcome, NoAnswer):
            return IssueResult("unknown", partner_id=known.partner_id, reason=outcome.reason)
        if outcome.status == 200:
            return self._order(outcome, reference)
        # issued in the meantime: what holds is what the order says now
        return self.poll(reference) if outcome.status == 409 else _refused(outcome)

    def verify_webhook(self, raw: bytes, headers: dict[str, str]) -> WebhookNotice:
        """A message signed by Standard Webhooks, at most five minutes old. Raises DomainError
        WEBHOOK_REFUSED.

        The same message may come twice: `message_id` is what the inbox drops the second one by.
        """
        given = {name.lower(): value for name, value in headers.items()}
        try:
            data = Webhook(self._webhook_secret).verify(raw, given)
            order = data["data"]
            return WebhookNotice(
                message_id=given["webhook-id"],
                reference=_text(order, "external_id"),
                state=_STATES[_text(order, "state")],
                sent_at=datetime.fromtimestamp(int(float(given["webhook-timestamp"])), UTC),
            )
        except Exception as error:
            # the library lets decoding errors of a forged header through; whatever it was, it is refused
            raise DomainError("WEBHOOK_REFUSED", reason=type(error).__name__) from error

    def _order(self, answer: Answer, reference: str, *, expected: dict[str, object] | None = None) -> IssueResult:
        """An order of the contract; one that is not ours, or not what was ordered, is not understood."""
        try:
            body = answer.json()
            if body is None:
                raise _Malformed
            partner_id = _text(body, "id")
            state = _STATES.get(_text(body, "state"))
            if state is None or _text(body, "external_id") != reference:
                raise _Malformed
            if expected is not None and any(body.get(name) != value for name, value in expected.items()):
                raise _Malformed
        except _Malformed:
            return IssueResult("unknown", reason="malformed")
        if state == "done":
            return self._issued(partner_id)
        reason = None
        if state == "failed":
            reason = "canceled" if body["state"] == "canceled" else _reason(body)
        return IssueResult(state, partner_id=partner_id, reason=reason, retry_after_seconds=answer.retry_after_seconds)

    def _issued(self, partner_id: str) -> IssueResult:
        """Issued for certain. While its code cannot be had, the order is `accepted`: poll again, do not
        refund.
        """
        outcome = self._http.get("code", f"/v1/orders/{quote(partner_id, safe='')}/code")
        if isinstance(outcome, NoAnswer):
            return IssueResult("accepted", partner_id=partner_id, reason=outcome.reason)
        body = outcome.json()
        try:
            if outcome.status != 200 or body is None:
                raise _Malformed
            code = VoucherCode(
                code=_text(body, "code"),
                pin=_optional_text(body, "pin"),
                expires_on=_optional_day(body, "expires_on"),
            )
        except _Malformed:
            wait = outcome.retry_after_seconds
            return IssueResult("accepted", partner_id=partner_id, reason="malformed", retry_after_seconds=wait)
        return IssueResult("done", partner_id=partner_id, code=code)

    def _read(self, operation: str, path: str, parse: Callable[[dict[str, Any]], T]) -> T:
        outcome = self._http.get(operation, path)
        if isinstance(outcome, NoAnswer):
            raise DomainError("PARTNER_UNAVAILABLE", reason=outcome.reason)
        body = outcome.json()
        try:
            if outcome.status != 200 or body is None:
                raise _Malformed
            return parse(body)
        except _Malformed as error:
            raise DomainError("PARTNER_UNAVAILABLE", reason="malformed", status=outcome.status) from error


def _refused(answer: Answer) -> IssueResult:
    """A status other than success. Only 402 and 422 with a reason of the contract say that nothing was
    issued.

    The partner looks the key up before anything else (it is in the contract), so these hold for a repeated
    order too. Everything else leaves open whether an earlier attempt went through: 409 (our reference exists
    with another payload), 401 and 403 (our key is wrong), 429, 5xx.
    """
    if answer.status in (402, 422):
        reason = _error(answer)
        if answer.status == 402 and reason == "out_of_funds":
            return IssueResult("failed", reason=reason)
        if answer.status == 422 and reason in _REFUSALS:
            return IssueResult("failed", reason=reason)
        return IssueResult("unknown", reason="malformed")
    reasons = {401: "unauthorized", 403: "unauthorized", 409: "conflict", 429: "rate_limited"}
    reason = reasons.get(answer.status, "unavailable" if answer.status >= 500 else "malformed")
    return IssueResult("unknown", reason=reason, retry_after_seconds=answer.retry_after_seconds)


def _error(answer: Answer) -> str | None:
    body = answer.json()
    error = None if body is None else body.get("error")
    return error if isinstance(error, str) else None


def _reason(body: dict[str, Any]) -> str:
    reason = body.get("reason")
    return reason if isinstance(reason, str) and reason in _REFUSALS else "rejected"


def _text(body: Any, name: str) -> str:
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, str) or not value or len(value) > 500:
        raise _Malformed
    return value


def _optional_text(body: dict[str, Any], name: str) -> str | None:
    return None if body.get(name) is None else _text(body, name)


def _optional_day(body: dict[str, Any], name: str) -> date | None:
    if body.get(name) is None:
        return None
    try:
        return date.fromisoformat(_text(body, name))
    except ValueError as error:
        raise _Malformed from error


def _minor(value: object) -> Decimal:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _Malformed
    return Decimal(value).scaleb(-2)


def _money(body: dict[str, Any], name: str) -> Decimal:
    return _minor(body.get(name))


def _catalog(body: dict[str, Any]) -> list[CatalogItem]:
    products = body.get("products")
    if not isinstance(products, list):
        raise _Malformed
    return [_product(product) for product in products]


def _product(product: Any) -> CatalogItem:
    if not isinstance(product, dict):
        raise _Malformed
    denominations = product.get("denominations_minor") or []
    days = product.get("validity_days")
    if not isinstance(denominations, list) or (days is not None and not isinstance(days, int)):
        raise _Malformed
    minimum, maximum = product.get("min_minor"), product.get("max_minor")
    if not denominations and (minimum is None or maximum is None):
        raise _Malformed
    return CatalogItem(
        product_id=_text(product, "id"),
        name=_text(product, "name"),
        brand=_text(product, "brand"),
        currency=_text(product, "currency"),
        denominations=tuple(_minor(value) for value in denominations),
        minimum=None if minimum is None else _minor(minimum),
        maximum=None if maximum is None else _minor(maximum),
        validity_days=days,
    )
