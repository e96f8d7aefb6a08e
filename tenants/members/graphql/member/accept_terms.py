"""Mutation `acceptTerms`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import MEMBER
from kolektor.api.permissions import is_member
from kolektor.api.schema import Mutation
from tenants.members import terms
from tenants.members.graphql.member.terms import Terms, terms_type
from tenants.members.graphql.viewer import member_of


class AcceptTerms(Mutation):
    """Agree to the version of the terms that is in force."""

    class Meta:
        kit = MEMBER
        permission = is_member
        error_codes = ("TERMS_CHANGED",)

    class Input:
        version = graphene.Int(required=True, description="The version that was shown.")

    terms = graphene.Field(Terms)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        member = member_of(info)
        found = terms.accept(member=member, version=arguments["version"], channel="app", actor=member.person_id)
        return {"terms": terms_type(found)}
