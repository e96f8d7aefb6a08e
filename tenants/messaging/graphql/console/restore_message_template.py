"""Mutation `restoreMessageTemplate`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, makes_offer, require
from kolektor.api.schema import Mutation
from tenants.messaging import services
from tenants.messaging.graphql.console.types import MessageTemplate, template_type


class RestoreMessageTemplate(Mutation):
    """Say it in the platform's words again."""

    class Meta:
        kit = CONSOLE
        permission = makes_offer
        error_codes = ("UNKNOWN_MESSAGE_KIND", "UNKNOWN_LANGUAGE")

    class Input:
        kind = graphene.String(required=True)
        language = graphene.String(required=True, description="pl or en.")

    template = graphene.Field(MessageTemplate)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        kind, language = arguments["kind"], arguments["language"]
        actor = require(actor_of(info.context), makes_offer)
        services.restore_template(kind=kind, language=language, actor=actor)
        return {"template": template_type(kind, language)}
