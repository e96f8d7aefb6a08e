"""What rewards need from outside: somebody who issues vouchers (an aggregator)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, Protocol

IssueState = Literal["done", "accepted", "failed", "unknown"]


@dataclass(frozen=True, slots=True)
class CatalogItem:
    """One product of an aggregator: fixed `denominations`, or any amount from `minimum` to `maximum` (face value)."""

    product_id: str
    name: str
    brand: str
    currency: str
    denominations: tuple[Decimal, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    validity_days: int | None = None


@dataclass(frozen=True, slots=True)
class VoucherRequest:
    """One voucher to issue. `reference` is ours, unique, and the idempotency key at the partner."""

    reference: str
    product_id: str
    face_value: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class VoucherCode:
    """The secret itself. Never logged; encrypted at rest by fulfillment."""

    code: str
    pin: str | None
    expires_on: date | None

    def __repr__(self) -> str:
        return "VoucherCode(***)"


@dataclass(frozen=True, slots=True)
class IssueResult:
    """What the partner said. `unknown` (no answer, or one that cannot be understood) is never treated as failed.

    `reason` is a stable code: out_of_funds, unknown_product, bad_amount, rejected, canceled, sold_out, not_found (definite);
    timeout, malformed, unavailable, rate_limited, conflict, unauthorized (undecided).
    """

    state: IssueState
    partner_id: str | None = None
    code: VoucherCode | None = None
    reason: str | None = None
    retry_after_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class WebhookNotice:
    """A verified message of the partner: about the order with our `reference` or its own `partner_id`; neither: not of ours.

    `state` is a hint. Nothing is decided by it: the order is looked up.
    """

    message_id: str
    state: IssueState
    sent_at: datetime
    reference: str | None = None
    partner_id: str | None = None


class VoucherIssuer(Protocol):
    """An aggregator. Each call may take seconds; none is ever made inside a database transaction."""

    def catalog(self) -> list[CatalogItem]: ...

    def place(self, request: VoucherRequest) -> IssueResult:
        """Issue once per `reference`: placing again with the same reference gives the first result."""
        ...

    def poll(self, reference: str) -> IssueResult:
        """Look an order up by our reference. A reference that the partner never saw is `failed` with reason `not_found`."""
        ...

    def cancel(self, reference: str) -> IssueResult: ...

    def balance(self) -> tuple[Decimal, str]:
        """What is left of the prefunded float, and its currency."""
        ...

    def verify_webhook(self, raw: bytes, headers: dict[str, str]) -> WebhookNotice:
        """Check signature and age of a webhook. Raises DomainError WEBHOOK_REFUSED."""
        ...


class CallLog(Protocol):
    """Where an adapter reports each call: request id, status, milliseconds, redacted body."""

    def record(self, *, operation: str, request_id: str, status: int | None, milliseconds: int, note: str) -> None: ...


class Issuers(Protocol):
    """Opens the adapter of a connection."""

    def open(self, *, adapter: str, base_url: str, credentials: Mapping[str, str], log: CallLog) -> VoucherIssuer:
        """The issuer behind an adapter's name. Raises DomainError UNKNOWN_ADAPTER."""
        ...
