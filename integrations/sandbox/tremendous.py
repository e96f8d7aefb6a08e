"""A stand-in for Tremendous that really runs: the calls of its published API that vouchers need, below `/api/v2`.

Sells what the sandbox aggregator sells, keeps the same kind of books and takes the same faults below `/sandbox/…`. Products
have ids as Tremendous gives them: twelve capitals and digits, made from the aggregator's id (`product_id`).
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from decimal import Decimal
from html import escape
from typing import Any, Final

from werkzeug.routing import Rule
from werkzeug.wrappers import Request, Response

from integrations.sandbox.aggregator import Aggregator, as_json, body_of, url_map
from integrations.sandbox.aggregator_catalog import PRODUCTS, Product
from integrations.sandbox.aggregator_store import Refusal

BALANCE_ID: Final = "BALANCEPLN01"
_STATUS: Final = {
    "accepted": "PENDING APPROVAL",
    "issued": "EXECUTED",
    "failed": "FAILED",
    "canceled": "CANCELED",
}
# refusal of the books → status, message, the properties of the request that were wrong
_REFUSALS: Final[dict[str, tuple[int, str, dict[str, Any] | None]]] = {
    "unknown_product": (400, "Product is invalid", {"reward": {"products": ["At least one valid product required"]}}),
    "bad_amount": (400, "Value is invalid", {"reward": {"value": {"denomination": ["is not supported"]}}}),
    "rejected": (422, "The order was rejected", {}),
    "out_of_funds": (402, "Insufficient funds", None),
    "conflict": (409, "An order with this external_id exists already", None),
    "already_issued": (422, "The order does not wait for approval", None),
    "not_issued": (404, "The reward is not there yet", None),
}


def product_id(aggregator_id: str) -> str:
    """The id under which Tremendous would list a product of the aggregator."""
    return hashlib.sha256(f"tremendous {aggregator_id}".encode()).hexdigest()[:12].upper()


_BY_ID: Final = {product_id(product.id): product for product in PRODUCTS}


class Tremendous(Aggregator):
    """The WSGI application."""

    urls = url_map(
        Rule("/api/v2/products", endpoint="catalog", methods=["GET"]),
        Rule("/api/v2/orders", endpoint="place", methods=["POST"]),
        Rule("/api/v2/orders/<path:reference>", endpoint="poll", methods=["GET"]),
        Rule("/api/v2/rewards/<reward_id>/generate_link", endpoint="code", methods=["POST"]),
        Rule("/api/v2/order_approvals/<order_id>/reject", endpoint="cancel", methods=["POST"]),
        Rule("/api/v2/funding_sources", endpoint="balance", methods=["GET"]),
        Rule("/api/v2/funding_sources/<source_id>", endpoint="balance", methods=["GET"]),
        Rule("/rewards/payout/<token>", endpoint="payout", methods=["GET"]),
    )

    def _refused(self, refusal: Refusal) -> Response:
        status, message, payload = _REFUSALS.get(refusal.error, (refusal.status, refusal.error, None))
        errors: dict[str, Any] = {"message": message}
        if payload is not None:
            errors["payload"] = payload
        return as_json(status, {"status": status, "errors": errors}, refusal.headers)

    def _reference(self, key: str, values: dict[str, Any]) -> str:
        if "reward_id" in values:
            return str(self._store.order(key, order_id=_order_id(values["reward_id"]))["external_id"])
        return super()._reference(key, values)

    def _order_of(self, request: Request) -> dict[str, Any]:
        body = body_of(request)
        reward = body.get("reward")
        reference = body.get("external_id")
        if not isinstance(reward, dict) or not isinstance(reference, str) or not 0 < len(reference) <= 100:
            raise Refusal(422, "rejected")
        products, value, delivery = reward.get("products"), reward.get("value"), reward.get("delivery")
        if not isinstance(value, dict) or not isinstance(delivery, dict) or delivery.get("method") != "LINK":
            raise Refusal(422, "rejected")
        if body.get("payment") != {"funding_source_id": "BALANCE"}:
            raise Refusal(422, "rejected")
        known = _BY_ID.get(products[0]) if isinstance(products, list) and len(products) == 1 else None
        amount = value.get("denomination")
        if isinstance(amount, bool) or not isinstance(amount, int | float):
            raise Refusal(422, "bad_amount")
        minor = Decimal(str(amount)) * 100
        return {
            "external_id": reference,
            "product_id": "" if known is None else known.id,
            "amount_minor": int(minor) if minor == minor.to_integral_value() else -1,
            "currency": str(value.get("currency_code")),
            "body": body,
        }

    def _placed_answer(self, request: Request, created: bool, order: dict[str, Any]) -> Response:
        # the published API answers 201 for the order of a known external_id as well
        return as_json(201, {"order": self._order(request, order, with_link=True)})

    def _read(
        self, request: Request, endpoint: str, key: str, account: dict[str, Any], values: dict[str, Any]
    ) -> Response:
        if endpoint == "catalog":
            wanted = request.args.get("currency")
            shown = [_product(product) for product in PRODUCTS if wanted in (None, product.currency)]
            return as_json(200, {"products": shown})
        if endpoint == "balance":
            return _funding(account, values.get("source_id"))
        if endpoint == "poll":
            return as_json(200, {"order": self._order(request, self._find(key, values["reference"]), with_link=False)})
        if endpoint == "cancel":
            return as_json(
                200, {"order": self._order(request, self._store.cancel(key, values["order_id"]), with_link=False)}
            )
        given = self._store.code(key, _order_id(values["reward_id"]))
        return as_json(200, {"reward": {"id": values["reward_id"], "link": _link(request, given["code"])}})

    def _find(self, key: str, reference: str) -> dict[str, Any]:
        """By external_id, or else by Tremendous's own id. Raises Refusal 404."""
        try:
            return self._store.order(key, external_id=reference)
        except Refusal:
            return self._store.order(key, order_id=reference)

    def _order(self, request: Request, row: dict[str, Any], *, with_link: bool) -> dict[str, Any]:
        issued = row["state"] == "issued"
        given = self._store.code(row["account"], row["id"]) if issued else None
        value = _number(row["amount_minor"])
        delivery = {"method": "LINK", "status": "SUCCEEDED" if issued else "PENDING"}
        if with_link and given is not None:
            delivery["link"] = _link(request, given["code"])
        created_at = datetime.fromtimestamp(row["created_at"], UTC).isoformat(timespec="milliseconds")
        order: dict[str, Any] = {
            "id": row["id"],
            "external_id": row["external_id"],
            "campaign_id": None,
            "created_at": created_at,
            "status": _STATUS[row["state"]],
            "channel": "API",
            "rewards": [
                {
                    "id": _reward_id(row["id"]),
                    "order_id": row["id"],
                    "created_at": created_at,
                    "expires_at": None if given is None else f"{given['expires_on']}T12:00:00.000+00:00",
                    "value": {"denomination": value, "currency_code": row["currency"]},
                    "recipient": {"name": row["external_id"], "email": None, "phone": None},
                    "custom_fields": [],
                    "delivery": delivery,
                }
            ],
        }
        if issued:
            order["payment"] = {
                "subtotal": value, "total": value, "fees": 0, "discount": 0, "currency_code": row["currency"],
            }  # fmt: skip
        return order

    def _payout(self, request: Request) -> Response:
        """Where a link leads: the real one lets its holder choose the card's form."""
        token = escape(request.path.rsplit("/", 1)[-1])
        page = f"<!doctype html><meta charset=utf-8><title>Karta podarunkowa</title><p>Karta <code>{token}</code></p>"
        return Response(page, mimetype="text/html")


def _number(minor: int) -> int | float:
    return minor // 100 if minor % 100 == 0 else minor / 100


def _reward_id(order_id: str) -> str:
    return "R" + order_id[1:]


def _order_id(reward_id: str) -> str:
    return "O" + reward_id[1:]


def _link(request: Request, token: str) -> str:
    return f"{request.host_url}rewards/payout/{token}"


def _funding(account: dict[str, Any], source_id: str | None) -> Response:
    source = {
        "id": BALANCE_ID,
        "method": "balance",
        "usage_permissions": ["api_orders", "dashboard_orders", "balance_funding"],
        "status": "active",
        "meta": {
            "available_amount": _number(account["float_minor"]),
            "available_cents": account["float_minor"],
            "currency_code": "PLN",
            "pending_amount": 0,
            "pending_cents": 0,
        },
    }
    if source_id is None:
        return as_json(200, {"funding_sources": [source]})
    if source_id != BALANCE_ID:
        raise Refusal(404, "not_found")
    return as_json(200, {"funding_source": source})


def _product(product: Product) -> dict[str, Any]:
    bands = [(value, value) for value in product.denominations] or [(product.minimum or 0, product.maximum or 0)]
    return {
        "id": product_id(product.id),
        "name": f"{product.brand} · {product.name}",
        "description": product.name,
        "category": "merchant_card",
        "subcategory": "food_and_drink",
        "disclosure": "",
        "skus": [{"min": _number(low), "max": _number(high), "currency_code": product.currency} for low, high in bands],
        "currency_codes": [product.currency],
        "countries": [{"abbr": "PL"}],
        "images": [],
        "usage_instructions": None,
    }
