"""Sign-in codes: who asked, and the mail that brings the code.

allauth makes, keeps, compares and ages the code (`allauth.account.internal.flows.login_by_code`, as its own headless views use
it). Asking does the same work for an account that exists and for one that does not: one event in the outbox of `public`, and the
mail is written and sent by the worker, so that neither the answer nor its time says which it was. Who has no account yet gets a
code that opens one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.db import transaction

from kolektor.identity.clients import CLIENT_PREFIX, id_host, origin
from kolektor.identity.models import Person
from kolektor.identity.ports import HostFaces
from kolektor.kernel import clock, faultpoints, vault
from kolektor.kernel.binding import bound
from kolektor.kernel.fields import same_address
from kolektor.kernel.outbox.delivery import Delivery
from kolektor.kernel.outbox.services import emit
from kolektor.kernel.tenant import public_context
from kolektor.mailing import channels, frame
from kolektor.mailing.channels import Mail
from kolektor.mailing.frame import Face
from kolektor.mailing.templates import Template, render

log = structlog.get_logger(__name__)

_MAILS: Final = Path(__file__).parent / "mails"


def host_of(next_path: str) -> str:
    """The host that a sign-in leads back to, from the `next` of the form; "" for none of ours."""
    if not next_path.startswith("/identity/o/authorize"):
        return ""
    client = parse_qs(urlsplit(next_path).query).get("client_id", [""])[0]
    return client.removeprefix(CLIENT_PREFIX) if client.startswith(CLIENT_PREFIX) else ""


def ask_for_mail(*, person_id: UUID | None, address: str, code: str, language: str, next_path: str) -> None:
    """Let the worker mail a code: to the person, or (`person_id` None) to the address, if it is nobody's yet."""
    payload = {
        "id": str(uuid4()),
        "person": str(person_id) if person_id else None,
        "address": vault.seal(address),
        "code": vault.seal(code),
        "language": language,
        "host": host_of(next_path)[:255],
        "until": (clock.now() + timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)).isoformat(),
    }
    with public_context(), transaction.atomic():
        emit("identity.code_asked", payload)


def send(delivery: Delivery, payload: Mapping[str, Any]) -> None:
    """Handle `identity.code_asked`: mail the code while it is good. A crash after sending sends it once more.

    A step handler, run in `public`.
    """
    recipient = _recipient(payload)
    late = clock.now() >= datetime.fromisoformat(payload["until"])
    if late or recipient is None or not channels.can_receive_mail(recipient.address):
        with delivery.finish():
            log.info("sign_in_code.not_sent", late=late)
        return
    channels.send_mail(_mail(recipient, payload))
    faultpoints.reach("sign_in_code.after_send")
    with delivery.finish():
        log.info("sign_in_code.sent")


@dataclass(frozen=True, slots=True)
class _Recipient:
    """Where a code goes; `new`: it opens the account."""

    address: str
    new: bool


def _recipient(payload: Mapping[str, Any]) -> _Recipient | None:
    """Who gets the code; None for somebody who may not sign in."""
    if payload["person"]:
        person = Person.objects.filter(pk=payload["person"], is_active=True).first()
        return _Recipient(person.email, new=False) if person else None
    # of before accounts could be opened: nobody's
    address = vault.unseal(payload["address"]) if "address" in payload else ""
    # somebody who may not sign in has no account to open either
    return None if Person.objects.filter(same_address(address)).exists() else _Recipient(address, new=True)


def _mail(to: _Recipient, payload: Mapping[str, Any]) -> Mail:
    language = payload["language"]
    face = (payload["host"] and bound(HostFaces).face_of(payload["host"])) or neutral_face()
    minutes = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60
    template = Template.read(_MAILS / f"{'sign_up' if to.new else 'sign_in'}_code.{language}.liquid")
    rendered = render(template, {"code": vault.unseal(payload["code"]), "minutes": str(minutes)})
    page = frame.build(rendered, face=face, language=language)
    return Mail(
        sender=channels.sender(face.name, settings.MAIL_FROM),
        recipient=to.address,
        subject=rendered.subject,
        text=page.text,
        html=page.html,
        reference=f"sign-in-{payload['id']}",
    )


def neutral_face() -> Face:
    """The sign-on's own."""
    return Face(name="Kolektor", url=origin(id_host()))
