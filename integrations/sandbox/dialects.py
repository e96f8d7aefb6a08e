"""How the sandbox partners differ in what they put on paper: ids, codes, webhooks and their signatures."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import UTC, datetime
from typing import Any, Final, Protocol
from uuid import uuid4

from standardwebhooks import Webhook

# no letters or digits that are taken for one another when read aloud
_ALPHABET: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


class Dialect(Protocol):
    """What the books of a partner need to know of its habits."""

    def order_id(self) -> str: ...

    def code(self, product_id: str) -> str: ...

    def pin(self) -> str: ...

    def message(self, order_id: str, external_id: str, state: str) -> tuple[str, dict[str, Any]]:
        """Id and body of the webhook about an order that ended (`issued` or `failed`)."""
        ...

    def signature(self, secret: str, message_id: str, body: str) -> dict[str, str]:
        """The headers that sign a body."""
        ...


class KolektorV1Dialect:
    """docs/partners/voucher-aggregator.md."""

    def order_id(self) -> str:
        return f"ord_{uuid4().hex[:20]}"

    def code(self, product_id: str) -> str:
        """Such as `MAR-7KQ2-X9FM-3TBC`: three letters of the product, then 60 bits by chance."""
        return "-".join([product_id[:3].upper(), *(_random(4) for _ in range(3))])

    def pin(self) -> str:
        return f"{secrets.randbelow(10_000):04}"

    def message(self, order_id: str, external_id: str, state: str) -> tuple[str, dict[str, Any]]:
        body = {
            "type": f"order.{state}",
            "timestamp": datetime.now(UTC).isoformat(timespec="seconds"),
            "data": {"id": order_id, "external_id": external_id, "state": state},
        }
        return f"msg_{hashlib.sha256(order_id.encode()).hexdigest()[:24]}", body

    def signature(self, secret: str, message_id: str, body: str) -> dict[str, str]:
        now = datetime.now(UTC)
        return {
            "webhook-id": message_id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Webhook(secret).sign(message_id, now, body),
        }


class TremendousDialect:
    """docs/partners/tremendous.md. An order and its one reward share all but the first letter of their ids."""

    def order_id(self) -> str:
        return "O" + _random(11)

    def code(self, product_id: str) -> str:
        """What stands in the link after `/rewards/payout/`."""
        return secrets.token_urlsafe(24).lower()

    def pin(self) -> str:
        """Links have none; the books ask only for products with a PIN."""
        return ""

    def message(self, order_id: str, external_id: str, state: str) -> tuple[str, dict[str, Any]]:
        body = {
            "event": "ORDERS.FAILED" if state == "failed" else "ORDERS.APPROVED",
            "uuid": str(uuid4()),
            "created_utc": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "payload": {"resource": {"id": order_id, "type": "orders"}, "meta": {}},
        }
        return str(body["uuid"]), body

    def signature(self, secret: str, message_id: str, body: str) -> dict[str, str]:
        digest = hmac.new(secret.encode(), body.encode(), hashlib.sha256).hexdigest()
        return {"Tremendous-Webhook-Signature": f"sha256={digest}"}


KOLEKTOR_V1: Final = KolektorV1Dialect()
TREMENDOUS: Final = TremendousDialect()


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))
