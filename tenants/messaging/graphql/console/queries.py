"""What a wholesaler says to its members."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api import timeline
from kolektor.api.errors import as_dict
from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import reads_offer
from kolektor.audit.selectors import timelines
from kolektor.kernel.errors import DomainError
from kolektor.mailing.templates import Template
from tenants.members.selectors import staff_names
from tenants.messaging import selectors, services
from tenants.messaging.graphql.console.types import (
    MessagePreview,
    MessageSender,
    MessageTemplate,
    TemplateProblem,
    template_arguments,
    template_types,
)
from tenants.messaging.models import Sender

_SHOWN = frozenset({"TEMPLATE_REFUSED", "TEMPLATE_VARIABLE_UNKNOWN", "TEXT_TOO_LONG"})


@CONSOLE.query(graphene.NonNull(graphene.List(graphene.NonNull(MessageTemplate))), permission=reads_offer)
def message_templates(_info: Any) -> list[MessageTemplate]:
    """Every kind of message in every language, as it is said now."""
    return template_types(selectors.templates())


@CONSOLE.query(graphene.NonNull(MessageSender), permission=reads_offer)
def message_sender(_info: Any) -> MessageSender:
    """Whom this wholesaler's mail comes from."""
    return sender_type(selectors.sender())


@CONSOLE.query(graphene.NonNull(MessagePreview), permission=reads_offer, **template_arguments())
def message_preview(_info: Any, **arguments: Any) -> MessagePreview:
    """What a template would say, with sample values; nothing is kept."""
    try:
        said = services.trial(
            kind=arguments["kind"], language=arguments["language"], template=Template.written(arguments)
        )
    except DomainError as error:
        if error.code not in _SHOWN or error.field is None:
            raise
        problem = TemplateProblem(part=error.field, line=error.data.get("line"), message=as_dict(error)["message"])
        return MessagePreview(problem=problem)
    return MessagePreview(subject=said.subject, text=said.text, action=said.action)


def sender_type(row: Sender | None) -> MessageSender:
    """The sender as the console reads it."""
    entries = timelines("sender", [1])["1"]
    names = staff_names({entry.actor for entry in entries if entry.actor})
    return MessageSender(
        name=row.name if row else "",
        address=row.address if row else "",
        timeline=timeline.events(entries, names=names),
    )
