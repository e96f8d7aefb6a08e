"""Webhooks of Tremendous: HMAC-SHA-256 of the raw body with the webhook's private key, in hex.

The header holds no time. The signed body does (`created_utc`, when the event happened), and a delivery that failed is sent
again with the same body, so the window is wide; within it the inbox drops what it has seen by `uuid`.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Final

from catalog.rewards.ports import IssueState, WebhookNotice
from kolektor.kernel.errors import DomainError

HEADER: Final = "tremendous-webhook-signature"
OLDEST: Final = timedelta(hours=24)
AHEAD: Final = timedelta(minutes=5)
# a hint, never a verdict: the order is looked up before anything is done
_STATES: Final[dict[str, IssueState]] = {
    "ORDERS.CREATED": "accepted",
    "ORDERS.APPROVED": "accepted",
    "ORDERS.FAILED": "failed",
    "ORDERS.CANCELED": "failed",
}


def notice_of(raw: bytes, headers: dict[str, str], key: str) -> WebhookNotice:
    """Check signature and age; events that are not about orders have no `partner_id`. Raises DomainError WEBHOOK_REFUSED."""
    try:
        given = {name.lower(): value for name, value in headers.items()}[HEADER]
        wanted = "sha256=" + hmac.new(key.encode(), raw, hashlib.sha256).hexdigest()
        if not key or not hmac.compare_digest(given.encode(), wanted.encode()):
            raise ValueError("signature")
        body = json.loads(raw)
        sent_at = datetime.fromisoformat(body["created_utc"]).astimezone(UTC)
        if not -AHEAD <= datetime.now(UTC) - sent_at <= OLDEST:
            raise ValueError("age")
        resource = body["payload"]["resource"]
        message_id, event = str(body["uuid"]), str(body["event"])
        if not 8 <= len(message_id) <= 80:
            raise ValueError("uuid")
        about_order = resource["type"] == "orders"
        return WebhookNotice(
            message_id=message_id,
            partner_id=str(resource["id"])[:80] if about_order else None,
            state=_STATES.get(event, "unknown"),
            sent_at=sent_at,
        )
    except Exception as error:
        # whatever a stranger sent, it is refused in the same way
        raise DomainError("WEBHOOK_REFUSED", reason=type(error).__name__) from error
