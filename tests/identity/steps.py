"""Steps of signing in that several tests take."""

from __future__ import annotations

import json
from typing import Any

from django.core import mail
from django.http import HttpResponse

from kolektor.identity.clients import id_host
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.tenant import public_context
from tests.identity.hosts import Browser

EMAIL = "anna@example.com"


def body(answer: HttpResponse) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer.content)
    return found


def code_of(answer: HttpResponse) -> str:
    return str(body(answer)["errors"][0]["code"])


def post(browser: Browser, path: str, **given: Any) -> HttpResponse:
    return browser.at(id_host()).post(path, given)


def signed_in(browser: Browser) -> bool:
    return bool(browser.session(id_host())["authenticated"])


def sent() -> list[str]:
    """Subjects of the mails of the worker."""
    with public_context():
        outbox.drain()
    return [str(message.subject) for message in mail.outbox]
