"""A voucher aggregator that really runs: HTTP on the loopback, its own books, faults on request.

Answers the contract of docs/partners/voucher-aggregator.md (`/v1/…`) and, without a key, `/sandbox/…` for
tests:

- `POST /sandbox/faults` `{"fault", "times": 1, "match": null, "operation": "place", "seconds": null}`
- `GET /sandbox/orders`: its own record of every order with the codes given and the charges made
- `POST /sandbox/accounts` `{"api_key", "name", "float_minor", "webhook_url", "webhook_secret"}`
- `POST /sandbox/reset`, `GET /healthz`
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Literal

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from integrations.sandbox.aggregator_catalog import PRODUCTS
from integrations.sandbox.aggregator_store import Fault, Refusal, Store
from integrations.sandbox.aggregator_webhooks import Clerk, check_url
from integrations.sandbox.dialects import KOLEKTOR_V1, Dialect

# fault → seconds when the request names none
FAULTS: Final[dict[str, float]] = {
    "timeout_after_issue": 30.0,  # issues, then answers too late
    "duplicate": 0.0,  # issues, answers 409, sends its webhook twice
    "malformed": 0.0,  # issues, answers with half a body
    "async": 0.5,  # accepts, issues after this time
    "async_fail": 0.5,  # accepts, fails after this time and gives the money back
    "slow": 3.0,  # waits, then does as asked
    "out_of_funds": 0.0,  # 402, nothing issued
    "decline": 0.0,  # 422 rejected, nothing issued
    "error_500": 0.0,  # 500, nothing issued
    "rate_limit": 1.0,  # 429 with Retry-After, nothing issued
}
OPERATIONS: Final = ("place", "poll", "code", "cancel", "balance", "catalog")
DEFAULT_FLOAT_MINOR: Final = 100_000_00
DEFAULT_API_KEY: Final = "sandbox-key"
# a fixed development value: 24 bytes, as Standard Webhooks asks
DEFAULT_WEBHOOK_SECRET: Final = "whsec_c2FuZGJveC1hZ2dyZWdhdG9yLWtl"  # noqa: S105

_MAX_BODY: Final = 64 * 1024


def url_map(*rules: Rule) -> Map:
    """The partner's own paths, and those that every sandbox partner has for tests."""
    common = [
        Rule("/sandbox/faults", endpoint="add_fault", methods=["POST"]),
        Rule("/sandbox/orders", endpoint="books", methods=["GET"]),
        Rule("/sandbox/accounts", endpoint="add_account", methods=["POST"]),
        Rule("/sandbox/reset", endpoint="reset", methods=["POST"]),
        Rule("/healthz", endpoint="health", methods=["GET"]),
    ]
    return Map([*rules, *common], merge_slashes=False)


class Aggregator:
    """The WSGI application."""

    urls = url_map(
        Rule("/v1/catalog", endpoint="catalog", methods=["GET"]),
        Rule("/v1/orders", endpoint="place", methods=["POST"]),
        Rule("/v1/orders/by-external-id/<path:reference>", endpoint="poll", methods=["GET"]),
        Rule("/v1/orders/<order_id>/code", endpoint="code", methods=["GET"]),
        Rule("/v1/orders/<order_id>/cancel", endpoint="cancel", methods=["POST"]),
        Rule("/v1/balance", endpoint="balance", methods=["GET"]),
    )

    def __init__(self, store: Store) -> None:
        self._store = store
        self._stopped = threading.Event()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        request = Request(environ)
        request.max_content_length = _MAX_BODY
        try:
            endpoint, values = self.urls.bind_to_environ(environ).match()
            answer = self._dispatch(endpoint, request, dict(values))
        except Refusal as refusal:
            answer = self._refused(refusal)
        except HTTPException as error:
            answer = self._refused(Refusal(error.code or 500, (error.name or "").lower().replace(" ", "_")))
        return answer(environ, start_response)

    def _refused(self, refusal: Refusal) -> Response:
        return as_json(refusal.status, {"error": refusal.error}, refusal.headers)

    def stop(self) -> None:
        """Let go of the requests that a fault is holding."""
        self._stopped.set()

    def _dispatch(self, endpoint: str, request: Request, values: dict[str, Any]) -> Response:
        if endpoint not in OPERATIONS:
            handler: Callable[..., Response] = getattr(self, f"_{endpoint}")
            return handler(request)
        key = (request.headers.get("Authorization") or "").removeprefix("Bearer ")
        account = self._store.account(key)
        if account is None:
            raise Refusal(401, "unauthorized")
        if endpoint == "place":
            return self._place(request, key)
        reference = self._reference(key, values)
        fault = self._strike(endpoint, reference)
        answer = self._read(request, endpoint, key, account, values)
        return _after(fault, answer)

    def _reference(self, key: str, values: dict[str, Any]) -> str:
        if "order_id" in values:
            return str(self._store.order(key, order_id=values["order_id"])["external_id"])
        return str(values.get("reference", ""))

    def _read(
        self, request: Request, endpoint: str, key: str, account: dict[str, Any], values: dict[str, Any]
    ) -> Response:
        if endpoint == "catalog":
            return as_json(200, {"products": [product.as_json() for product in PRODUCTS]})
        if endpoint == "balance":
            return as_json(200, {"balance_minor": account["float_minor"], "currency": "PLN"})
        if endpoint == "poll":
            return as_json(200, _order(self._store.order(key, external_id=values["reference"])))
        if endpoint == "cancel":
            return as_json(200, _order(self._store.cancel(key, values["order_id"])))
        return as_json(200, self._store.code(key, values["order_id"]))

    def _placed_answer(self, request: Request, created: bool, order: dict[str, Any]) -> Response:
        return as_json(201 if created else 200, _order(order))

    def _place(self, request: Request, key: str) -> Response:
        payload = self._order_of(request)
        reference = payload["external_id"]
        try:
            answer = self._placed(request, key, payload, reference)
        except Refusal as refusal:
            self._store.note_attempt(key, reference, refusal.status)
            raise
        self._store.note_attempt(key, reference, answer.status_code)
        return answer

    def _order_of(self, request: Request) -> dict[str, Any]:
        """What is ordered: external_id, product_id, amount_minor and currency. Raises Refusal."""
        payload = body_of(request)
        reference = payload.get("external_id")
        if payload.keys() != {"external_id", "product_id", "amount_minor", "currency"} or not isinstance(
            reference, str
        ):
            raise Refusal(422, "rejected")
        if not reference or len(reference) > 100 or request.headers.get("Idempotency-Key") != reference:
            raise Refusal(422, "rejected")
        return payload

    def _placed(self, request: Request, key: str, payload: dict[str, Any], reference: str) -> Response:
        try:
            fault = self._strike("place", reference)
        except Refusal as refusal:
            # a final no would be a lie for a key that was served: the contract has the key looked up first
            if refusal.status not in (402, 422) or not self._store.knows(key, reference):
                raise
            fault = None
        name = None if fault is None else fault.name
        created, order = self._store.place(
            key,
            payload,
            delay_seconds=_seconds(fault) if fault is not None and name in ("async", "async_fail") else None,
            ends_as="failed" if name == "async_fail" else "issued",
            copies=2 if name == "duplicate" else 1,
        )
        if fault is not None and name == "timeout_after_issue":
            self._stopped.wait(_seconds(fault))
        if name == "duplicate":
            raise Refusal(409, "conflict")
        return _after(fault, self._placed_answer(request, created, order))

    def _strike(self, operation: str, reference: str) -> Fault | None:
        """The fault for this call. Those that keep the call from being done are raised here."""
        fault = self._store.take_fault(operation, reference)
        if fault is None:
            return None
        if fault.name == "slow":
            self._stopped.wait(_seconds(fault))
        refusals = {
            "out_of_funds": (402, "out_of_funds"),
            "decline": (422, "rejected"),
            "error_500": (500, "internal"),
        }
        if fault.name in refusals:
            raise Refusal(*refusals[fault.name])
        if fault.name == "rate_limit":
            raise Refusal(429, "rate_limited", {"Retry-After": f"{_seconds(fault):.0f}"})
        return fault

    def _add_fault(self, request: Request) -> Response:
        data = body_of(request)
        fault, times, seconds = data.get("fault"), data.get("times", 1), data.get("seconds")
        operation, match = data.get("operation", "place"), data.get("match")
        if fault not in FAULTS or operation not in OPERATIONS or not isinstance(times, int) or times < 1:
            raise Refusal(422, "rejected")
        if not isinstance(match, str | None) or not isinstance(seconds, int | float | None):
            raise Refusal(422, "rejected")
        self._store.add_fault(fault=fault, operation=operation, times=times, match=match, seconds=seconds)
        return as_json(201, {"fault": fault, "operation": operation, "times": times, "match": match})

    def _add_account(self, request: Request) -> Response:
        data = body_of(request)
        url = data.get("webhook_url")
        try:
            if url is not None:
                check_url(str(url))
            self._store.open_account(
                api_key=str(data["api_key"]),
                name=str(data.get("name") or "account"),
                float_minor=int(data.get("float_minor", DEFAULT_FLOAT_MINOR)),
                webhook_url=None if url is None else str(url),
                webhook_secret=str(data.get("webhook_secret") or DEFAULT_WEBHOOK_SECRET),
            )
        except (KeyError, ValueError) as error:
            raise Refusal(422, "rejected") from error
        return as_json(201, {"ok": True})

    def _books(self, request: Request) -> Response:
        return as_json(200, {"orders": self._store.books()})

    def _reset(self, request: Request) -> Response:
        self._store.reset(DEFAULT_FLOAT_MINOR)
        return as_json(200, {"ok": True})

    def _health(self, request: Request) -> Response:
        return as_json(200, {"status": "ok"})


class _QuietHandler(WSGIRequestHandler):
    def log(self, type: Literal["debug", "info", "warning", "error"] | str, message: str, *args: Any) -> None:
        """Nothing: references would end up in the demo's terminal."""


class RunningAggregator:
    """The server with its clerk, in threads of this process. `port` 0 takes a free one."""

    def __init__(
        self,
        state: Path,
        *,
        port: int = 0,
        dialect: Dialect = KOLEKTOR_V1,
        application: type[Aggregator] = Aggregator,
    ) -> None:
        self.store = Store(state, dialect)
        self._app = application(self.store)
        self._clerk = Clerk(self.store)
        # threads: a request that a fault holds must not hold the others. Loopback only, always
        self._server: BaseWSGIServer = make_server(
            "127.0.0.1", port, self._app, threaded=True, request_handler=_QuietHandler
        )
        self.port = int(self._server.server_port)
        self.url = f"http://127.0.0.1:{self.port}"

    def serve(self) -> None:
        """Serve until `stop` is called."""
        self._clerk.start()
        self._server.serve_forever()

    def stop(self) -> None:
        self._app.stop()
        self._server.shutdown()
        self._server.server_close()
        self._clerk.stop()


def body_of(request: Request) -> dict[str, Any]:
    try:
        data = json.loads(request.get_data() or b"{}")
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "bad_request") from error
    if not isinstance(data, dict):
        raise Refusal(400, "bad_request")
    return data


def _order(row: dict[str, Any]) -> dict[str, Any]:
    shown = ("id", "external_id", "state", "product_id", "amount_minor", "currency", "reason")
    return {name: row[name] for name in shown}


def _after(fault: Fault | None, answer: Response) -> Response:
    if fault is not None and fault.name == "malformed":
        body = answer.get_data()
        return Response(body[: len(body) // 2], status=answer.status_code, mimetype="application/json")
    return answer


def _seconds(fault: Fault) -> float:
    return FAULTS[fault.name] if fault.seconds is None else fault.seconds


def as_json(status: int, data: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    return Response(json.dumps(data, ensure_ascii=False), status=status, mimetype="application/json", headers=headers)
