"""Mutation `leaveFirm`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import MEMBER
from kolektor.api.permissions import is_member
from kolektor.api.schema import Mutation
from tenants.members import firms
from tenants.members.graphql.viewer import member_of


class LeaveFirm(Mutation):
    """Leave the firm. Points and history stay the member's."""

    class Meta:
        kit = MEMBER
        permission = is_member
        error_codes = ("NOT_IN_A_FIRM", "FIRM_NEEDS_OWNER")

    left = graphene.Boolean()

    @classmethod
    def perform(cls, info: Any, **_arguments: Any) -> dict[str, Any]:
        member = member_of(info)
        firms.leave(member=member, actor=member.person_id)
        return {"left": True}
