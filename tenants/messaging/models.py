"""What this wholesaler says to its members: own templates, the sender, and every message with what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from kolektor.kernel.fields import created_stamp, uuid_key
from tenants.members.models import Member


class Language(models.TextChoices):
    """Languages that templates are written in."""

    PL = "pl"
    EN = "en"


class TemplateOverride(models.Model):
    """The wholesaler's own text for one kind of message in one language; without it the platform's is used."""

    id = uuid_key()
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=2, choices=Language.choices)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    mjml = models.TextField()
    action = models.CharField(max_length=100, blank=True, default="")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "language"], name="one_override")]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language})"


class Sender(models.Model):
    """Where this wholesaler's mail comes from. At most one row; without it the platform's address with the program's name."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=120)
    address = models.EmailField(max_length=254)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="sender_one_row")]

    def __str__(self) -> str:
        return self.address


class Message(models.Model):
    """One message through one channel, as it was said: in the language and with the template of that moment.

    To a member; or by mail or SMS to somebody who is none yet: then `address` says to whom, until it is sent.
    """

    class Channel(models.TextChoices):
        INBOX = "inbox"
        EMAIL = "email"
        SMS = "sms"
        PUSH = "push"

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        # not sent and never will be: see `reason`
        SKIPPED = "skipped"
        FAILED = "failed"

    id = uuid_key()
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="messages")
    address = models.CharField(max_length=254, blank=True, default="", db_default="")
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=5, choices=Channel.choices)
    language = models.CharField(max_length=2, choices=Language.choices)
    # the same thing is said once: the caller names it, e.g. "order:<id>"
    dedupe_key = models.CharField(max_length=120)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    html = models.TextField(blank=True, default="")
    action = models.CharField(max_length=100, blank=True, default="")
    path = models.CharField(max_length=300, blank=True, default="")
    state = models.CharField(max_length=7, choices=State.choices, default=State.QUEUED)
    reason = models.CharField(max_length=40, blank=True, default="")
    created_at = created_stamp()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "kind", "dedupe_key", "channel"], name="said_once"),
            models.UniqueConstraint(
                fields=["kind", "dedupe_key", "channel"],
                name="said_once_to_a_guest",
                condition=models.Q(member__isnull=True),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["member", "-created_at", "-id"], name="inbox", condition=models.Q(channel="inbox")),
            models.Index(
                fields=["member"], name="inbox_unread", condition=models.Q(channel="inbox", read_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.channel}: {self.state}"
