"""What a wholesaler says to its members, for its staff."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api import timeline
from kolektor.api.kits import CONSOLE, ConsoleTimelineEvent
from kolektor.api.schema import Type
from kolektor.audit.selectors import timelines
from tenants.members.selectors import staff_names
from tenants.messaging.selectors import TemplateInForce, templates


class TemplateVariable(Type):
    """What a template may name, with a sample of what stands there then."""

    class Meta:
        kit = CONSOLE

    name = graphene.String(required=True)
    sample = graphene.String(required=True)


class MessageTemplate(Type):
    """What one kind of message says in one language: four Liquid texts, `mjml` being MJML as well."""

    class Meta:
        kit = CONSOLE

    kind = graphene.String(required=True)
    language = graphene.String(required=True)
    subject = graphene.String(required=True)
    text = graphene.String(required=True)
    mjml = graphene.String(required=True)
    action = graphene.String(required=True)
    own_since = graphene.DateTime(description="null: the platform's template is in force.")
    variables = graphene.List(graphene.NonNull(TemplateVariable), required=True)
    timeline = graphene.List(graphene.NonNull(ConsoleTimelineEvent), required=True)

    def resolve_timeline(self, _info: Any) -> list[dict[str, Any]]:
        """Loaded when asked for."""
        events: list[dict[str, Any]] = self.timeline()
        return events


class MessageSender(Type):
    """Whom mail comes from. Empty: the platform's address under the program's name."""

    class Meta:
        kit = CONSOLE

    name = graphene.String(required=True)
    address = graphene.String(required=True)
    timeline = graphene.List(graphene.NonNull(ConsoleTimelineEvent), required=True)


class TemplateProblem(Type):
    """Why a template cannot be used. `line` counts from 1 within the part."""

    class Meta:
        kit = CONSOLE

    part = graphene.String(required=True)
    line = graphene.Int()
    message = graphene.String(required=True)


class MessagePreview(Type):
    """What a template says with sample values, or why it says nothing."""

    class Meta:
        kit = CONSOLE

    subject = graphene.String()
    text = graphene.String()
    action = graphene.String()
    problem = graphene.Field(TemplateProblem)


def template_arguments() -> dict[str, Any]:
    """A template as a client writes it."""
    return {
        "kind": graphene.String(required=True),
        "language": graphene.String(required=True, description="pl or en."),
        "subject": graphene.String(required=True),
        "text": graphene.String(required=True),
        "mjml": graphene.String(required=True),
        "action": graphene.String(required=True),
    }


def template_types(rows: list[TemplateInForce]) -> list[MessageTemplate]:
    """Templates as the console reads them."""
    ids = [f"{row.kind}.{row.language}" for row in rows]
    entries = timeline.shared(lambda: timelines("template", ids), names=staff_names)
    return [
        MessageTemplate(
            kind=row.kind,
            language=row.language,
            subject=row.template.subject,
            text=row.template.text,
            mjml=row.template.mjml,
            action=row.template.action,
            own_since=row.own_since,
            variables=[TemplateVariable(name=name, sample=sample) for name, sample in row.variables.items()],
            timeline=entries(f"{row.kind}.{row.language}"),
        )
        for row in rows
    ]


def template_type(kind: str, language: str) -> MessageTemplate:
    """The one that is in force now."""
    return template_types([row for row in templates() if (row.kind, row.language) == (kind, language)])[0]
