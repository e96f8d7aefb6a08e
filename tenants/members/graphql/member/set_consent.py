"""Mutation `setConsent`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import MEMBER
from kolektor.api.permissions import is_member
from kolektor.api.schema import Mutation
from tenants.members import profile
from tenants.members.graphql.member.consents import Consent, consent_types
from tenants.members.graphql.viewer import member_of


class SetConsent(Mutation):
    """Give or withdraw a consent. Every decision is kept, with its time and the text it was given to."""

    class Meta:
        kit = MEMBER
        permission = is_member
        error_codes = ("UNKNOWN_CONSENT", "CONSENT_TEXT_CHANGED", "CONSENT_NOT_GIVEN")

    class Input:
        kind = graphene.String(required=True, description="email, sms, push or profiling.")
        given = graphene.Boolean(required=True)
        text_version = graphene.String(required=True, description="Version of the text that was shown.")

    consents = graphene.List(graphene.NonNull(Consent))

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        member = member_of(info)
        profile.decide(member=member, channel="app", actor=member.person_id, **arguments)
        return {"consents": consent_types(member)}
