"""Mutation `readMessage`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import MEMBER
from kolektor.api.permissions import is_member
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from tenants.members.graphql.viewer import member_of
from tenants.messaging import services
from tenants.messaging.graphql.member.types import Message, message_type


class ReadMessage(Mutation):
    """The member opened a message; the first time counts."""

    class Meta:
        kit = MEMBER
        permission = is_member
        error_codes = ("NOT_FOUND",)

    class Input:
        id = graphene.ID(required=True)

    message = graphene.Field(Message)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        row = services.mark_read(member_id=member_of(info).pk, message_id=uuid_of(arguments["id"]))
        return {"message": message_type(row)}
