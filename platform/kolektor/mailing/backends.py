"""Django's mail backend of a development machine: every mail is kept to be read, none is sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from kolektor.mailing.channels import keep


class DevelopmentMail(BaseEmailBackend):
    """Keeps mails on the page of the `id.` host. Refuses to work where that page is off: mails would be lost in silence."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep them; returns how many."""
        if not settings.DEVELOPMENT_OUTBOX:
            raise RuntimeError("the development mail backend is on where it must not be")
        for message in email_messages:
            alternatives: list[Any] = getattr(message, "alternatives", [])
            html = next((str(part[0]) for part in alternatives if part[1] == "text/html"), "")
            keep(
                channel="email",
                sender=str(message.from_email),
                recipient=", ".join(message.to),
                subject=str(message.subject),
                text=str(message.body),
                html=html,
                reference=str(message.extra_headers.get("Message-ID", "")),
            )
        return len(email_messages)
