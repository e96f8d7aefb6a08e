"""Sentry: errors with the tenant's name and no personal data."""

from __future__ import annotations

import re
from typing import Any

import sentry_sdk
import structlog
from sentry_sdk.integrations.celery import CeleryIntegration
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.scrubber import DEFAULT_DENYLIST, DEFAULT_PII_DENYLIST, EventScrubber
from sentry_sdk.types import Event, Hint

PERSONAL_FIELDS = [
    "email", "phone", "first_name", "last_name", "name", "nip", "buyer", "buyer_nip", "buyer_name", "buyer_email",
    "password", "code", "pin", "api_key", "code_encrypted", "variables", "query",
]  # fmt: skip


# messages of the database quote the offending row: mail addresses and long numbers (NIP, phone) are masked there
_PERSONAL_TEXT = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|\d[\d -]{6,}\d|\)=\([^)]*\)")


def scrub(event: Event, _hint: Hint) -> Event | None:
    """Bind the tenant; drop bodies, cookies, query strings, local variables and everything about the person."""
    bound = structlog.contextvars.get_contextvars()
    tags: dict[str, Any] = dict(event.get("tags") or {})
    tags["tenant"] = bound.get("tenant", "public")
    if "request_id" in bound:
        tags["request_id"] = bound["request_id"]
    event["tags"] = tags
    event.pop("user", None)
    request = event.get("request")
    if isinstance(request, dict):
        event["request"] = {key: request[key] for key in ("method", "url") if key in request}
    for exception in (event.get("exception") or {}).get("values", []):
        exception["value"] = _PERSONAL_TEXT.sub("[hidden]", str(exception.get("value") or ""))
        for frame in ((exception.get("stacktrace") or {}).get("frames")) or []:
            frame.pop("vars", None)
    contexts = event.get("contexts") or {}
    event["contexts"] = {name: contexts[name] for name in ("trace", "runtime") if name in contexts}
    event.pop("server_name", None)
    event.pop("breadcrumbs", None)
    event.pop("extra", None)
    return event


def start_sentry(dsn: str, **overrides: Any) -> None:
    """Start the client. `overrides` let a test pass its own transport."""
    sentry_sdk.init(
        dsn=dsn,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        before_send=scrub,
        event_scrubber=EventScrubber(
            denylist=[*DEFAULT_DENYLIST, *PERSONAL_FIELDS], pii_denylist=DEFAULT_PII_DENYLIST, recursive=True
        ),
        integrations=[DjangoIntegration(), CeleryIntegration()],
        **overrides,
    )
