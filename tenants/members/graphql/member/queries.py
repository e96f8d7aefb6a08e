"""Who the member is."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import MEMBER
from kolektor.api.permissions import is_member
from kolektor.api.schema import Type
from tenants.members.graphql.viewer import member_of
from tenants.members.models import Member


class Me(Type):
    """The member who is signed in."""

    class Meta:
        kit = MEMBER

    id = graphene.ID(required=True)
    first_name = graphene.String(required=True)
    last_name = graphene.String(required=True)
    email = graphene.String(required=True)
    phone = graphene.String(required=True)
    firm_name = graphene.String()
    member_since = graphene.Date(required=True)
    language = graphene.String(required=True)


@MEMBER.query(graphene.NonNull(Me), permission=is_member)
def me(info: Any) -> Me:
    """The member who is signed in."""
    return me_type(member_of(info), info.context.user.language)


def me_type(member: Member, language: str) -> Me:
    """A member as they see themselves."""
    return Me(
        id=str(member.pk),
        first_name=member.first_name,
        last_name=member.last_name,
        email=member.email,
        phone=member.reachable_phone,
        firm_name=member.firm.name if member.firm else None,
        member_since=member.joined_on,
        language=language,
    )
