"""The sandbox aggregator itself: its published contract, one voucher a key, books that survive a kill, webhooks."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import jsonschema  # type: ignore[import-untyped]
import openapi_spec_validator
import pytest
import yaml
from standardwebhooks import Webhook

from integrations.sandbox.__main__ import main
from integrations.sandbox.aggregator import FAULTS
from tests.integrations.sandbox_process import WEBHOOK_SECRET, SandboxProcess
from tests.shared_data import CHECKOUT

CONTRACT = CHECKOUT / "docs" / "partners" / "voucher-aggregator.openapi.yaml"


class Receiver:
    """A webhook address on this machine that remembers what came; answers 500 as often as told."""

    def __init__(self) -> None:
        self.messages: list[tuple[bytes, dict[str, str]]] = []
        self.failures = 0
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers["Content-Length"]))
                fail = receiver.failures > 0
                receiver.failures -= fail
                if not fail:
                    receiver.messages.append((raw, dict(self.headers)))
                self.send_response(500 if fail else 204)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def wait(self, count: int) -> list[tuple[bytes, dict[str, str]]]:
        deadline = time.monotonic() + 10
        while len(self.messages) < count and time.monotonic() < deadline:
            time.sleep(0.05)
        return self.messages

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    running = Receiver()
    yield running
    running.close()


@pytest.fixture
def sandbox(tmp_path: Path, receiver: Receiver) -> Iterator[SandboxProcess]:
    # a name under .localhost, which only the sandbox's own dialing can reach
    url = f"http://hurt.kolektor.localhost:{receiver.server.server_port}/hooks/vouchers"
    running = SandboxProcess(tmp_path / "state.sqlite3", webhook_url=url)
    running.start()
    yield running
    running.stop()


def schema(name: str) -> dict[str, Any]:
    document = yaml.safe_load(CONTRACT.read_text("utf-8"))
    return {"$ref": f"#/components/schemas/{name}", "components": document["components"]}


def assert_is(name: str, data: object) -> None:
    jsonschema.validate(data, schema(name), cls=jsonschema.Draft202012Validator)


def test_answers_are_of_the_published_contract(sandbox: SandboxProcess) -> None:
    placed = sandbox.place("r-1")
    assert placed.status_code == 201
    assert_is("Order", placed.json())
    again = sandbox.place("r-1")
    assert (again.status_code, again.json()) == (200, placed.json())
    assert sandbox.ask("GET", "/v1/orders/by-external-id/r-1").json() == placed.json()
    code = sandbox.ask("GET", f"/v1/orders/{placed.json()['id']}/code")
    assert_is("Code", code.json())
    assert_is("Balance", sandbox.ask("GET", "/v1/balance").json())
    products = sandbox.ask("GET", "/v1/catalog").json()["products"]
    assert len(products) >= 25
    for product in products:
        assert_is("Product", product)
        assert (product["denominations_minor"] is None) == (product["min_minor"] is not None)
    refusals = [
        (sandbox.place("r-1", amount_minor=10000), 409, "conflict"),
        (sandbox.place("r-2", product="none"), 422, "unknown_product"),
        (sandbox.place("r-2", amount_minor=1), 422, "bad_amount"),
        (sandbox.ask("GET", "/v1/orders/by-external-id/r-9"), 404, "not_found"),
        (sandbox.ask("GET", "/v1/orders/none/code"), 404, "not_found"),
        (sandbox.ask("POST", f"/v1/orders/{placed.json()['id']}/cancel"), 409, "already_issued"),
        (sandbox.ask("GET", "/v1/balance", key="wrong"), 401, "unauthorized"),
        (sandbox.ask("GET", "/v1/balance", key=None), 401, "unauthorized"),
        (sandbox.ask("GET", "/v1/none"), 404, "not_found"),
        (sandbox.ask("POST", "/v1/orders", content=b"{"), 400, "bad_request"),
        (sandbox.ask("POST", "/v1/orders", json={}), 422, "rejected"),
        (sandbox.ask("POST", "/v1/orders", content=b" " * 100_000), 413, "request_entity_too_large"),
    ]
    for answer, status, error in refusals:
        assert (answer.status_code, answer.json()) == (status, {"error": error})
    assert [(order["external_id"], order["codes"]) for order in sandbox.orders()] == [("r-1", 1)]


def test_the_idempotency_key_is_the_reference(sandbox: SandboxProcess) -> None:
    body = {"external_id": "r-1", "product_id": "paliwo-szlak", "amount_minor": 5000, "currency": "PLN"}
    for headers in ({}, {"Idempotency-Key": "other"}):
        assert sandbox.ask("POST", "/v1/orders", json=body, headers=headers).status_code == 422
    assert sandbox.orders() == []


def test_the_published_paths_are_the_served_ones() -> None:
    document = yaml.safe_load(CONTRACT.read_text("utf-8"))
    openapi_spec_validator.validate(document)
    assert {(method.upper(), path) for path, item in document["paths"].items() for method in item} == {
        ("GET", "/v1/catalog"),
        ("POST", "/v1/orders"),
        ("GET", "/v1/orders/by-external-id/{external_id}"),
        ("GET", "/v1/orders/{id}/code"),
        ("POST", "/v1/orders/{id}/cancel"),
        ("GET", "/v1/balance"),
    }


def test_the_same_key_at_once_issues_once(sandbox: SandboxProcess) -> None:
    start = threading.Barrier(10)

    def work(index: int) -> tuple[int, str]:
        start.wait()
        answer = sandbox.place(f"r-{index % 2}")
        return answer.status_code, answer.json()["id"]

    with ThreadPoolExecutor(10) as pool:
        results = list(pool.map(work, range(10)))
    assert sorted(status for status, _ in results) == [200] * 8 + [201] * 2
    assert len({order_id for _, order_id in results}) == 2
    assert [(order["codes"], order["charged_minor"], order["attempts"]) for order in sandbox.orders()] == [
        (1, 5000, 5),
        (1, 5000, 5),
    ]
    assert sandbox.ask("GET", "/v1/balance").json()["balance_minor"] == 100_000_00 - 2 * 5000


def test_books_survive_a_kill(sandbox: SandboxProcess) -> None:
    first = sandbox.place("r-1").json()
    code = sandbox.ask("GET", f"/v1/orders/{first['id']}/code").json()
    sandbox.fault("async", seconds=1)
    assert sandbox.place("r-2").json()["state"] == "accepted"
    sandbox.fault("decline", times=2)
    sandbox.kill()
    sandbox.start()
    again = sandbox.ask("GET", "/v1/orders/by-external-id/r-1").json()
    assert again == first
    assert sandbox.ask("GET", f"/v1/orders/{first['id']}/code").json() == code
    # what was due is done after the restart, and a fault switched on stays on
    assert sandbox.place("r-3").status_code == 422
    deadline = time.monotonic() + 10
    while sandbox.orders()[1]["state"] != "issued" and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [(order["external_id"], order["state"], order["codes"]) for order in sandbox.orders()] == [
        ("r-1", "issued", 1),
        ("r-2", "issued", 1),
    ]


def test_a_kill_while_it_keeps_the_caller_waiting(sandbox: SandboxProcess) -> None:
    """The worst moment: issued, not yet answered."""
    sandbox.fault("timeout_after_issue", match="r-")

    def call() -> None:
        with pytest.raises(httpx.TransportError):
            sandbox.place("r-1")

    caller = threading.Thread(target=call)
    caller.start()
    deadline = time.monotonic() + 10
    while not sandbox.orders() and time.monotonic() < deadline:
        time.sleep(0.05)
    sandbox.kill()
    caller.join(timeout=10)
    sandbox.start()
    assert sandbox.place("r-1").status_code == 200
    assert [(order["codes"], order["charged_minor"]) for order in sandbox.orders()] == [(1, 5000)]


def test_webhooks_are_signed_repeated_and_without_the_code(sandbox: SandboxProcess, receiver: Receiver) -> None:
    receiver.failures = 2
    order = sandbox.place("r-1").json()
    code = sandbox.ask("GET", f"/v1/orders/{order['id']}/code").json()["code"]
    ((raw, headers),) = receiver.wait(1)
    assert_is("OrderEnded", Webhook(WEBHOOK_SECRET).verify(raw, headers))
    assert code.encode() not in raw
    assert headers["Host"].startswith("hurt.kolektor.localhost:")


def test_a_duplicate_webhook_has_the_same_id(sandbox: SandboxProcess, receiver: Receiver) -> None:
    sandbox.fault("duplicate")
    assert sandbox.place("r-1").status_code == 409
    messages = receiver.wait(2)
    assert len(messages) == 2
    assert len({headers["webhook-id"] for _, headers in messages}) == 1
    assert [(order["codes"], order["attempts"]) for order in sandbox.orders()] == [(1, 1)]


def test_a_failed_order_gives_the_money_back_and_says_so(sandbox: SandboxProcess, receiver: Receiver) -> None:
    sandbox.fault("async_fail", seconds=0.1)
    sandbox.place("r-1")
    ((raw, headers),) = receiver.wait(1)
    assert Webhook(WEBHOOK_SECRET).verify(raw, headers)["data"]["state"] == "failed"
    (order,) = sandbox.orders()
    assert (order["state"], order["codes"], order["charged_minor"]) == ("failed", 0, 0)


def test_faults_by_prefix_and_number_of_times(sandbox: SandboxProcess) -> None:
    sandbox.fault("error_500", times=2, match="a-")
    assert [sandbox.place(reference).status_code for reference in ("b-1", "a-1", "a-2", "a-1")] == [201, 500, 500, 201]
    for bad in ({}, {"fault": "x"}, {"fault": "async", "times": 0}, {"fault": "async", "operation": "x"}):
        assert sandbox.ask("POST", "/sandbox/faults", json=bad).status_code == 422
    # the issue names these
    assert {"timeout_after_issue", "duplicate", "out_of_funds", "slow", "malformed"} <= FAULTS.keys()


def test_slow_does_not_hold_the_others(sandbox: SandboxProcess) -> None:
    sandbox.fault("slow", match="slow", seconds=2)
    slow = threading.Thread(target=sandbox.place, args=("slow-1",))
    slow.start()
    started = time.monotonic()
    assert sandbox.place("quick").status_code == 201
    assert time.monotonic() - started < 1.5
    slow.join()
    assert {order["external_id"] for order in sandbox.orders()} == {"quick", "slow-1"}


def test_accounts_are_apart(sandbox: SandboxProcess) -> None:
    account = {"api_key": "second", "name": "second", "float_minor": 7000}
    assert sandbox.ask("POST", "/sandbox/accounts", json=account).status_code == 201
    sandbox.place("r-1")
    headers = {"Idempotency-Key": "r-1"}
    body = {"external_id": "r-1", "product_id": "paliwo-szlak", "amount_minor": 5000, "currency": "PLN"}
    assert sandbox.ask("GET", "/v1/orders/by-external-id/r-1", key="second").status_code == 404
    assert sandbox.ask("POST", "/v1/orders", key="second", json=body, headers=headers).status_code == 201
    assert sandbox.ask("GET", "/v1/balance", key="second").json()["balance_minor"] == 2000
    assert [order["account"] for order in sandbox.orders()] == ["default", "second"]
    # a restart must not fill the float up again
    assert sandbox.ask("POST", "/sandbox/accounts", json=account).status_code == 201
    assert sandbox.ask("GET", "/v1/balance", key="second").json()["balance_minor"] == 2000


def test_reset_and_health(sandbox: SandboxProcess) -> None:
    sandbox.place("r-1")
    sandbox.reset()
    assert sandbox.orders() == []
    assert sandbox.ask("GET", "/v1/balance").json()["balance_minor"] == 100_000_00
    assert sandbox.ask("GET", "/healthz", key=None).json() == {"status": "ok"}


@pytest.mark.parametrize("url", ["http://example.com/x", "https://127.0.0.1/x", "http://127.0.0.1.example.com/", "x"])
def test_webhooks_never_leave_this_machine(sandbox: SandboxProcess, url: str, tmp_path: Path) -> None:
    account = {"api_key": "k", "webhook_url": url}
    assert sandbox.ask("POST", "/sandbox/accounts", json=account).status_code == 422
    with pytest.raises(SystemExit) as left:
        main(["aggregator", "--state", str(tmp_path / "x"), "--webhook-url", url])
    assert left.value.code == 2
