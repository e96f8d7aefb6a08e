"""The ways out: mail, SMS and push. Which one really sends is a setting; a development machine keeps all of them to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.module_loading import import_string

from kolektor.kernel.tenant import public_context
from kolektor.mailing.models import DevelopmentMessage

log = structlog.get_logger(__name__)

KEPT = 500
_NO_QUOTES = {ord(sign): None for sign in '"\\<>'}


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to one person. `reference` names it for good: the same again is the same mail, sent twice."""

    sender: str
    recipient: str
    subject: str
    text: str
    html: str
    reference: str
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Sms:
    """A text message. `recipient` in the form +48600100200."""

    recipient: str
    text: str
    reference: str


@dataclass(frozen=True, slots=True)
class Push:
    """A notice on a device. `recipient` is the member's id: the gateway knows the devices."""

    recipient: str
    title: str
    text: str
    path: str
    reference: str


class SmsGateway(Protocol):
    """Sends text messages. Raises any exception when it did not; the sender tries again."""

    def send(self, sms: Sms) -> None: ...


class PushGateway(Protocol):
    """Sends notices to a member's devices. Raises any exception when it did not; the sender tries again."""

    def send(self, push: Push) -> None: ...


def sender(name: str, address: str) -> str:
    """The From line: the name as people read it, and the address."""
    return f'"{" ".join(name.translate(_NO_QUOTES).split())}" <{address}>'


def can_receive_mail(address: str) -> bool:
    """Whether mail may go there. RFC 2606: `.invalid` stands for nobody, so nothing is ever sent to it."""
    domain = address.rpartition("@")[2].rstrip(".").lower()
    return bool(domain) and domain != "invalid" and not domain.endswith(".invalid")


def send_mail(mail: Mail) -> None:
    """Hand a mail to the configured backend. Raises ValueError for an address that cannot receive, and what the backend raises.

    The Message-ID follows from the reference, so that a mailbox may see that a second copy is the first one again.
    """
    if not can_receive_mail(mail.recipient):
        raise ValueError("no mail goes to this address")
    EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=mail.sender,
        to=[mail.recipient],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={
            "Message-ID": f"<{mail.reference}@{settings.BASE_DOMAIN}>",
            # some carriers write a Message-ID of their own; this one stays
            "X-Kolektor-Reference": mail.reference,
            "Auto-Submitted": "auto-generated",
        },
        alternatives=[(mail.html, "text/html")],
    ).send(fail_silently=False)


def send_sms(sms: Sms) -> None:
    """Hand an SMS to the configured gateway."""
    gateway: SmsGateway = import_string(settings.SMS_GATEWAY)()
    gateway.send(sms)


def send_push(push: Push) -> None:
    """Hand a push notice to the configured gateway."""
    gateway: PushGateway = import_string(settings.PUSH_GATEWAY)()
    gateway.send(push)


class LogSms:
    """No provider yet: the text is kept on a development machine; elsewhere only that there was one is logged."""

    def send(self, sms: Sms) -> None:
        """See the protocol."""
        log.info("sms.not_connected", reference=sms.reference)
        if settings.DEVELOPMENT_OUTBOX:
            keep(channel="sms", recipient=sms.recipient, text=sms.text, reference=sms.reference)


class LogPush:
    """No provider yet: the notice is kept on a development machine; elsewhere only that there was one is logged."""

    def send(self, push: Push) -> None:
        """See the protocol."""
        log.info("push.not_connected", reference=push.reference)
        if settings.DEVELOPMENT_OUTBOX:
            keep(
                channel="push",
                recipient=push.recipient,
                subject=push.title,
                text=push.text,
                reference=push.reference,
            )


def keep(*, channel: str, recipient: str, reference: str, **parts: str) -> None:
    """Keep a message for the page that shows them; the newest few hundred stay."""
    with public_context():
        row = DevelopmentMessage(
            channel=channel,
            recipient=recipient[:300],
            reference=reference[:300],
            sender=parts.get("sender", "")[:300],
            subject=parts.get("subject", "")[:300],
            text=parts.get("text", ""),
            html=parts.get("html", ""),
        )
        row.save()
        DevelopmentMessage.objects.filter(pk__lte=row.pk - KEPT).delete()
