"""Mutation `endRule`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from tenants.rules import services
from tenants.rules.graphql.console.types import Rule, rule_type


class EndRule(Mutation):
    """Let a published version end today; one that has not begun is retired. What it gave stays."""

    class Meta:
        kit = CONSOLE
        permission = is_program_admin
        error_codes = ("NOT_FOUND", "RULE_NOT_READY")

    class Input:
        id = graphene.ID(required=True, description="Of the version.")

    rule = graphene.Field(Rule)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), is_program_admin)
        version = services.end(version_id=uuid_of(arguments["id"]), actor=actor)
        return {"rule": rule_type(version)}
