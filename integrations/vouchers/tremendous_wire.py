"""Tremendous's JSON, read with suspicion. Shapes as in its published OpenAPI, from which the SDK's models are made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from catalog.rewards.ports import CatalogItem, IssueResult, VoucherRequest
from integrations.kit.http import Answer
from kolektor.kernel.clock import WARSAW
from kolektor.kernel.errors import DomainError

# cards with a code; the other categories are transfers to an account of the recipient
_CARDS: Final = frozenset({"merchant_card", "visa_card"})
_GROSZ: Final = Decimal("0.01")


class Malformed(Exception):
    """The answer is not of the published shape."""


@dataclass(frozen=True, slots=True)
class Order:
    """What we need of an order with its one reward. `link` is in the answer to a placed order only."""

    id: str
    status: str
    reward_id: str
    link: str | None
    expires_on: date | None

    def __repr__(self) -> str:
        return f"Order({self.id!r}, {self.status!r})"


def number(value: Decimal) -> int | float:
    """A JSON number for an amount with at most two decimals; up to a million a float holds it exactly enough."""
    return int(value) if value == value.to_integral_value() else float(value)


def amount(value: object) -> Decimal:
    """The amount of a JSON number, to the hundredth. Raises Malformed."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Malformed
    found = Decimal(str(value))
    if not found.is_finite():
        raise Malformed
    return found.quantize(_GROSZ)


def text(body: object, name: str) -> str:
    """A non-empty string of at most 1,000 characters. Raises Malformed."""
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, str) or not value or len(value) > 1000:
        raise Malformed
    return value


def order(answer: Answer, reference: str, expected: VoucherRequest | None) -> Order:
    """The order of an answer: with our reference, one reward and, when `expected`, that value. Raises Malformed."""
    body = answer.json()
    found = body.get("order") if body else None
    rewards = found.get("rewards") if isinstance(found, dict) else None
    if not isinstance(found, dict) or text(found, "external_id") != reference:
        raise Malformed
    if not isinstance(rewards, list) or len(rewards) != 1 or not isinstance(rewards[0], dict):
        raise Malformed
    reward = rewards[0]
    value = reward.get("value")
    if expected is not None:
        if not isinstance(value, dict) or amount(value.get("denomination")) != expected.face_value:
            raise Malformed
        if value.get("currency_code") not in (None, expected.currency):
            raise Malformed
    delivery = reward.get("delivery")
    given = delivery.get("link") if isinstance(delivery, dict) else None
    return Order(
        id=text(found, "id"),
        status=text(found, "status"),
        reward_id=text(reward, "id"),
        link=_checked_link(given) if given is not None else None,
        expires_on=_day(reward.get("expires_at")),
    )


def link(answer: Answer, reward_id: str) -> str | None:
    """The link that `generate_link` answers, or None when it gave none for that reward."""
    body = answer.json()
    reward = body.get("reward") if body else None
    if answer.status != 200 or not isinstance(reward, dict) or reward.get("id") != reward_id:
        return None
    try:
        return _checked_link(reward.get("link"))
    except Malformed:
        return None


def _checked_link(value: object) -> str:
    # it becomes a link on the member's screen: nothing but the web may come through
    if not isinstance(value, str) or not value.startswith(("https://", "http://")) or not 12 <= len(value) <= 900:
        raise Malformed
    if any(character.isspace() or not character.isprintable() for character in value):
        raise Malformed
    return value


def _day(value: object) -> date | None:
    """The Polish day of a moment. Raises Malformed."""
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise Malformed from error
    if moment.tzinfo is None:
        raise Malformed
    return moment.astimezone(WARSAW).date()


def errors(answer: Answer) -> dict[str, Any] | None:
    """The `errors` object of a published refusal, or None when the answer is something else (a proxy's page, say)."""
    body = answer.json()
    found = body.get("errors") if body else None
    return found if isinstance(found, dict) else None


def refusal(answer: Answer) -> IssueResult:
    """What an answer to `POST /orders` other than success means.

    A known `external_id` with the same payload is answered 201, so 400, 402 and 422 say that there is no such order.
    409 (known with another payload), 401, 403, 429 and 5xx leave open what an earlier attempt did.
    """
    found = errors(answer)
    if found is not None and answer.status == 402:
        return IssueResult("failed", reason="out_of_funds")
    if found is not None and answer.status in (400, 422):
        return IssueResult("failed", reason=_rejected_for(found.get("payload")))
    return IssueResult(
        "unknown", reason=undecided_reason(answer.status), retry_after_seconds=answer.retry_after_seconds
    )


def undecided_reason(status: int) -> str:
    """The stable code for a status that decides nothing."""
    known = {401: "unauthorized", 403: "unauthorized", 409: "conflict", 429: "rate_limited"}
    return known.get(status, "unavailable" if status >= 500 else "malformed")


def _rejected_for(payload: object) -> str:
    """`payload` mirrors the request, with the properties that were wrong."""
    names = _names(payload, depth=4)
    if "products" in names:
        return "unknown_product"
    if names & {"value", "denomination", "currency_code"}:
        return "bad_amount"
    return "rejected"


def _names(payload: object, depth: int) -> set[str]:
    if not isinstance(payload, dict) or depth == 0:
        return set()
    return set(payload).union(*(_names(inner, depth - 1) for inner in payload.values()))


def balance_source(body: dict[str, Any]) -> str:
    """The id of the funding source `balance`. Raises DomainError PARTNER_UNAVAILABLE."""
    sources = body.get("funding_sources")
    for source in sources if isinstance(sources, list) else []:
        if isinstance(source, dict) and source.get("method") == "balance" and isinstance(source.get("id"), str):
            return str(source["id"])
    raise DomainError("PARTNER_UNAVAILABLE", reason="no_balance")


def balance(body: dict[str, Any]) -> tuple[Decimal, str]:
    """What is left, and its currency. Raises DomainError PARTNER_UNAVAILABLE."""
    try:
        source = body.get("funding_source")
        meta = source.get("meta") if isinstance(source, dict) else None
        if not isinstance(meta, dict):
            raise Malformed
        cents = meta.get("available_cents")
        left = amount(meta.get("available_amount")) if cents is None else amount(cents).scaleb(-2)
        # older answers carry no currency: the balance of an organization is in dollars unless it says otherwise
        return left.quantize(_GROSZ), str(meta.get("currency_code") or "USD")
    except Malformed as error:
        raise DomainError("PARTNER_UNAVAILABLE", reason="malformed") from error


def catalog(body: dict[str, Any], currency: str) -> list[CatalogItem]:
    """The cards that come in the currency. Raises DomainError PARTNER_UNAVAILABLE."""
    products = body.get("products")
    if not isinstance(products, list):
        raise DomainError("PARTNER_UNAVAILABLE", reason="malformed")
    try:
        found = [_product(product, currency) for product in products]
    except Malformed as error:
        raise DomainError("PARTNER_UNAVAILABLE", reason="malformed") from error
    return [item for item in found if item is not None]


def _product(product: Any, currency: str) -> CatalogItem | None:
    if text(product, "category") not in _CARDS:
        return None
    bands = [
        (amount(sku.get("min")), amount(sku.get("max")))
        for sku in product.get("skus") or []
        if isinstance(sku, dict) and sku.get("currency_code") == currency
    ]
    usable = [(low, high) for low, high in bands if 0 < low <= high]
    if not usable:
        return None  # without bands in our currency there is nothing to price
    name = text(product, "name")
    ranges = [band for band in usable if band[0] < band[1]]
    if not ranges:
        values = tuple(sorted({low for low, _ in usable}))
        return CatalogItem(text(product, "id"), name, name, currency, denominations=values)
    # several bands: the widest one, so that no amount between two bands is offered
    low, high = max(ranges, key=lambda band: band[1] - band[0])
    return CatalogItem(text(product, "id"), name, name, currency, minimum=low, maximum=high)
