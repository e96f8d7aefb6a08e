"""Mutation `publishTerms`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.schema import Mutation
from tenants.members.graphql.console.terms import TermsVersion, versions
from tenants.program import terms


class PublishTerms(Mutation):
    """Publish a new version of the terms. It is in force at once: members are asked before they spend again."""

    class Meta:
        kit = CONSOLE
        permission = is_program_admin
        error_codes = ("TEXT_MISSING", "TEXT_TOO_LONG", "TERMS_SAME")

    class Input:
        text_pl = graphene.String(required=True)
        text_en = graphene.String(required=True)

    versions = graphene.List(graphene.NonNull(TermsVersion))

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), is_program_admin)
        terms.publish(text_pl=arguments["text_pl"], text_en=arguments["text_en"], actor=actor)
        return {"versions": versions()}
