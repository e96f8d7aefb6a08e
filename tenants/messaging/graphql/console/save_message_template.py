"""Mutation `saveMessageTemplate`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, makes_offer, require
from kolektor.api.schema import Mutation
from kolektor.mailing.templates import Template
from tenants.messaging import services
from tenants.messaging.graphql.console.types import MessageTemplate, template_type


class SaveMessageTemplate(Mutation):
    """Say it in the wholesaler's own words from now on. What was said before stays as it was said."""

    class Meta:
        kit = CONSOLE
        permission = makes_offer
        error_codes = (
            "UNKNOWN_MESSAGE_KIND", "UNKNOWN_LANGUAGE", "TEXT_TOO_LONG", "TEMPLATE_REFUSED", "TEMPLATE_VARIABLE_UNKNOWN",
        )  # fmt: skip

    class Input:
        kind = graphene.String(required=True)
        language = graphene.String(required=True, description="pl or en.")
        subject = graphene.String(required=True)
        text = graphene.String(required=True)
        mjml = graphene.String(required=True)
        action = graphene.String(required=True)

    template = graphene.Field(MessageTemplate)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        row = services.override_template(
            kind=arguments["kind"],
            language=arguments["language"],
            template=Template.written(arguments),
            actor=require(actor_of(info.context), makes_offer),
        )
        return {"template": template_type(row.kind, row.language)}
