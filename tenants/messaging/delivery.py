"""Send one message: a step of the outbox, outside any transaction, until it is sent, not wanted any more, or given up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from smtplib import SMTPRecipientsRefused
from typing import Any, Final

import structlog
from anymail.exceptions import AnymailRecipientsRefused
from django.conf import settings

from kolektor.kernel import clock, faultpoints
from kolektor.kernel.outbox.delivery import Delivery
from kolektor.kernel.tenant import require_tenant
from kolektor.mailing import channels
from kolektor.mailing.channels import Mail, Push, Sms
from tenants.messaging import services
from tenants.messaging.kinds import KINDS
from tenants.messaging.models import Message, Sender
from tenants.program import selectors as program

log = structlog.get_logger(__name__)

MAX_ATTEMPTS: Final = 10
# the carrier knows the address and will not have it: trying again is rude
_FINAL: Final = (AnymailRecipientsRefused, SMTPRecipientsRefused)


def send(delivery: Delivery, payload: Mapping[str, Any]) -> None:
    """Handle `messaging.queued`. Consent and address are looked at again: both may have changed since."""
    message = Message.objects.select_related("member").filter(pk=payload["message"]).first()
    if message is None or message.state != Message.State.QUEUED:
        with delivery.finish():
            pass
        return
    late = "until" in payload and clock.now() >= datetime.fromisoformat(payload["until"])
    unwanted = "TOO_LATE" if late else _unwanted(message)
    if unwanted:
        _close(delivery, message, Message.State.SKIPPED, unwanted)
        return
    try:
        _hand_over(message)
    except _FINAL:
        _close(delivery, message, Message.State.FAILED, "RECIPIENT_REFUSED")
        return
    except Exception as error:
        # the reason may hold an address: only its kind is kept
        log.warning("message.not_sent", message=str(message.pk), reason=type(error).__name__, attempt=delivery.attempt)
        if delivery.attempt >= MAX_ATTEMPTS:
            _close(delivery, message, Message.State.FAILED, type(error).__name__)
        else:
            delivery.postpone(min(3600, 15 * 2**delivery.attempt), type(error).__name__)
        return
    faultpoints.reach("message.after_send")
    _close(delivery, message, Message.State.SENT, "")


def _unwanted(message: Message) -> str:
    kind = KINDS.get(message.kind)
    if kind is None:
        return "KIND_GONE"
    if message.member is None:
        mail = message.channel == Message.Channel.EMAIL
        return "NO_ADDRESS" if mail and not channels.can_receive_mail(message.address) else ""
    if not services.allowed(kind, message.member):
        return "NO_CONSENT"
    if message.channel == Message.Channel.EMAIL and not channels.can_receive_mail(message.member.email):
        return "NO_ADDRESS"
    return "NO_ADDRESS" if message.channel == Message.Channel.SMS and not message.member.reachable_phone else ""


def _close(delivery: Delivery, message: Message, state: Message.State, reason: str) -> None:
    # of somebody who is no member here nothing is kept but that they were written to
    forgotten = {"address": "", "body": "", "html": ""} if message.member is None else {}
    with delivery.finish():
        Message.objects.filter(pk=message.pk).update(
            state=state, reason=reason[:40], sent_at=clock.now() if state == Message.State.SENT else None, **forgotten
        )


def _hand_over(message: Message) -> None:
    # a development machine shows the codes that it finds in such
    mark = "code-" if message.kind == "claim_code" else ""
    reference = f"{mark}{message.pk}.{require_tenant().slug}"
    if message.channel == Message.Channel.EMAIL:
        program_settings, own = program.settings(), Sender.objects.first()
        name, address = (own.name, own.address) if own else (program_settings.name, settings.MAIL_FROM)
        channels.send_mail(
            Mail(
                sender=channels.sender(name, address),
                recipient=message.address if message.member is None else message.member.email,
                subject=message.subject,
                text=message.body,
                html=message.html,
                reference=reference,
                reply_to=program_settings.support_email,
            )
        )
        return
    if message.channel == Message.Channel.SMS:
        number = message.address if message.member is None else message.member.reachable_phone
        channels.send_sms(Sms(number, f"{message.subject}\n{message.body}"[:600], reference))
    else:
        channels.send_push(Push(str(message.member_id), message.subject, message.body, message.path, reference))
