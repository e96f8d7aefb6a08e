"""Mails that tell a person what changed in how they sign in, and when a browser that was never seen signs in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import structlog
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from kolektor.identity.agents import browser_and_system
from kolektor.identity.clients import id_host, origin
from kolektor.identity.models import Person
from kolektor.kernel import clock
from kolektor.kernel.outbox.delivery import Delivery
from kolektor.kernel.outbox.services import emit
from kolektor.kernel.tenant import public_context
from kolektor.mailing import channels, frame
from kolektor.mailing.channels import Mail
from kolektor.mailing.frame import Face
from kolektor.mailing.templates import Template, render

log = structlog.get_logger(__name__)

EVENT: Final = "identity.security_changed"
KINDS: Final = (
    "app_added",
    "app_removed",
    "passkey_added",
    "passkey_removed",
    "recovery_codes_made",
    "recovery_code_used",
    "factors_taken_off",
    "password_set",
    "new_browser",
)
# a mail that could not be sent for so long helps nobody
_LATE: Final = timedelta(days=2)
_MAILS: Final = Path(__file__).parent / "mails"


def tell(person: Person, kind: str, request: HttpRequest | None, **details: Any) -> None:
    """Let the worker mail the person, if the caller's transaction holds; `request` None for an operator's deed."""
    agent = request.headers.get("User-Agent", "")[:300] if request else ""
    payload = {
        "id": str(uuid4()),
        "person": str(person.pk),
        "kind": kind,
        "agent": agent,
        "at": clock.now().isoformat(),
        **details,
    }
    with public_context(), transaction.atomic():
        emit(EVENT, payload)


def send(delivery: Delivery, payload: Mapping[str, Any]) -> None:
    """Handle `identity.security_changed`. A crash after sending sends it once more. A step handler, run in `public`."""
    person = Person.objects.filter(pk=payload["person"], is_active=True).first()
    late = clock.now() - datetime.fromisoformat(payload["at"]) > _LATE
    if person is None or late or not channels.can_receive_mail(person.email):
        with delivery.finish():
            log.info("security_notice.not_sent", kind=payload["kind"], late=late)
        return
    channels.send_mail(_mail(person, payload))
    with delivery.finish():
        log.info("security_notice.sent", kind=payload["kind"])


def device(agent: str) -> str:
    """Browser and system of a `User-Agent`, as people call them; "" if it says neither."""
    return ", ".join(part for part in browser_and_system(agent) if part and part != "Other")


def _mail(person: Person, payload: Mapping[str, Any]) -> Mail:
    at = datetime.fromisoformat(payload["at"]).astimezone(clock.WARSAW)
    values = {
        "kind": payload["kind"],
        "device": device(payload["agent"]),
        "at": f"{at:%d.%m.%Y, %H:%M}" if person.language == "pl" else f"{at:%d/%m/%Y, %H:%M}",
        "left": str(payload.get("left", "")),
        "url": f"{origin(id_host())}/account/security",
    }
    template = Template.read(_MAILS / f"security.{person.language}.liquid")
    rendered = render(template, values)
    face = Face(name="Kolektor", url=origin(id_host()))
    page = frame.build(rendered, face=face, language=person.language)
    return Mail(
        sender=channels.sender(face.name, settings.MAIL_FROM),
        recipient=person.email,
        subject=rendered.subject,
        text=page.text,
        html=page.html,
        reference=f"security-{payload['id']}",
    )
