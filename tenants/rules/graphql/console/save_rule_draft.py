"""Mutation `saveRuleDraft`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, makes_offer, require
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from tenants.rules import services
from tenants.rules.graphql.console.types import Rule, body_of, rule_type


class SaveRuleDraft(Mutation):
    """Keep the draft of a new rule, or of the next version of a known one. It awards nothing until it is published."""

    class Meta:
        kit = CONSOLE
        permission = makes_offer
        error_codes = ("NOT_FOUND", "BAD_JSON", "BAD_RULE")

    class Input:
        rule_id = graphene.ID(description="Left out for a new rule.")
        body = graphene.String(required=True, description="JSON text, in the form of docs/rules.md; without a code.")

    rule = graphene.Field(Rule)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), makes_offer)
        rule_id = arguments.get("rule_id")
        version = services.save_draft(
            body=body_of(arguments["body"]), rule_id=uuid_of(rule_id, "ruleId") if rule_id else None, actor=actor
        )
        return {"rule": rule_type(version)}
