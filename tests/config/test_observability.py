"""Logs and Sentry: the tenant is named, no person and no secret is."""

from __future__ import annotations

import io
import json
import logging
from typing import Any

import pytest
import sentry_sdk
import structlog

from kolektor.config.logs import configure_logs
from kolektor.config.sentry import start_sentry
from kolektor.kernel.tenant import tenant_context

SECRETS = ("jan.kowalski@example.com", "5260250274", "600 700 800", "CODE-SECRET-1", "Kowalski", "hunter2-password")


@pytest.fixture
def events() -> Any:
    caught: list[dict[str, Any]] = []

    class Transport(sentry_sdk.Transport):
        def capture_envelope(self, envelope: Any) -> None:
            event = envelope.get_event()
            if event is not None:
                caught.append(event)

    start_sentry("https://key@sentry.example/1", transport=Transport, default_integrations=False)
    yield caught
    sentry_sdk.get_client().close()
    sentry_sdk.init()


def test_an_event_carries_the_tenant_and_no_personal_data(alfa: Any, events: list[dict[str, Any]]) -> None:
    sentry_sdk.set_user({"email": SECRETS[0], "id": "1"})
    with tenant_context(alfa):
        buyer_email, password = SECRETS[0], SECRETS[5]
        sentry_sdk.add_breadcrumb(message=f"mail to {buyer_email}")
        try:
            raise ValueError(f"duplicate key: Key (email)=({buyer_email}) nip {SECRETS[1]} tel {SECRETS[2]}")
        except ValueError:
            sentry_sdk.set_extra("code", SECRETS[3])
            sentry_sdk.set_context("buyer", {"name": SECRETS[4], "password": password})
            sentry_sdk.capture_exception()
    assert len(events) == 1
    text = json.dumps(events[0], default=str)
    assert events[0]["tags"]["tenant"] == "w_alfa"
    assert "ValueError" in text
    for secret in SECRETS:
        assert secret not in text


def test_log_lines_are_json_bound_to_the_tenant(alfa: Any) -> None:
    configure_logs()
    out = io.StringIO()
    handler = logging.getLogger().handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    before = handler.setStream(out)
    level = logging.getLogger().level
    logging.getLogger().setLevel("INFO")
    try:
        structlog.contextvars.bind_contextvars(request_id="r-1", person="p-1")
        with tenant_context(alfa):
            structlog.get_logger("probe").info("order.placed", order="o-1", code="SECRET", password="x")
        logging.getLogger("probe").warning("plain %s", "line")
    finally:
        structlog.contextvars.clear_contextvars()
        handler.setStream(before or handler.stream)
        logging.getLogger().setLevel(level)
    first, second = (json.loads(line) for line in out.getvalue().splitlines())
    assert (first["tenant"], first["request_id"], first["person"], first["event"]) == (
        "w_alfa", "r-1", "p-1", "order.placed",
    )  # fmt: skip
    assert (first["code"], first["password"]) == ("[hidden]", "[hidden]")
    assert (second["event"], second["level"]) == ("plain line", "warning")
