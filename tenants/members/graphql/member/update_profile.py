"""Mutation `updateProfile`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import MEMBER
from kolektor.api.permissions import is_member
from kolektor.api.schema import Mutation
from tenants.members import profile
from tenants.members.graphql.member.queries import Me, me_type
from tenants.members.graphql.viewer import member_of


class UpdateProfile(Mutation):
    """Change one's own name, phone and language."""

    class Meta:
        kit = MEMBER
        permission = is_member
        error_codes = ("NAME_MISSING", "NAME_TOO_LONG", "BAD_PHONE", "UNKNOWN_LANGUAGE")

    class Input:
        first_name = graphene.String(required=True)
        last_name = graphene.String(required=True)
        phone = graphene.String(required=True, description="Empty for none; without a country code it is Polish.")
        language = graphene.String(required=True, description="pl or en.")

    me = graphene.Field(Me)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        member = member_of(info)
        row = profile.update(member=member, actor=member.person_id, **arguments)
        return {"me": me_type(row, arguments["language"])}
