"""The member's inbox; the wholesaler's templates and sender."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from kolektor.mailing.templates import Template
from tenants.messaging import rendering
from tenants.messaging.kinds import KINDS
from tenants.messaging.models import Language, Message, Sender, TemplateOverride
from tenants.program import selectors as program


@dataclass(frozen=True, slots=True)
class TemplateInForce:
    """What one kind of message says in one language. `own_since` (UTC) is None where the platform's template is in force;
    `variables` maps what a template may name to a sample value.
    """

    kind: str
    language: str
    template: Template
    own_since: datetime | None
    variables: Mapping[str, str]


def templates() -> list[TemplateInForce]:
    """Every kind in every language, in a fixed number of queries."""
    own = {(row.kind, row.language): row for row in TemplateOverride.objects.all()}
    settings = program.settings()
    found = []
    for code, kind in KINDS.items():
        for language in Language.values:
            row = own.get((code, language))
            template = rendering.own_template(row) if row else rendering.default(code, language)
            variables = rendering.values(
                kind.sample, settings=settings, language=language, first_name=rendering.SAMPLE_NAME
            )
            found.append(TemplateInForce(code, language, template, row.updated_at if row else None, variables))
    return found


def sender() -> Sender | None:
    """The wholesaler's own sender; None: the platform's address under the program's name."""
    return Sender.objects.first()


def inbox(member_id: UUID) -> QuerySet[Message]:
    """A member's messages, youngest first."""
    mine = Message.objects.filter(member_id=member_id, channel=Message.Channel.INBOX)
    return mine.defer("html").order_by("-created_at", "-id")


def unread_count(member_id: UUID) -> int:
    """How many of them were not opened yet."""
    return Message.objects.filter(member_id=member_id, channel=Message.Channel.INBOX, read_at__isnull=True).count()
