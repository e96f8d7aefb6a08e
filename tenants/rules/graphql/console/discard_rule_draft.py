"""Mutation `discardRuleDraft`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, makes_offer, require
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from tenants.rules import services


class DiscardRuleDraft(Mutation):
    """Drop a draft. A rule that never had anything else goes with it."""

    class Meta:
        kit = CONSOLE
        permission = makes_offer
        error_codes = ("NOT_FOUND", "RULE_NOT_READY")

    class Input:
        id = graphene.ID(required=True, description="Of the version.")

    discarded = graphene.ID()

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), makes_offer)
        services.discard_draft(version_id=uuid_of(arguments["id"]), actor=actor)
        return {"discarded": arguments["id"]}
