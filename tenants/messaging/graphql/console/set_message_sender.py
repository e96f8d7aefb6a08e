"""Mutation `setMessageSender`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.schema import Mutation
from tenants.messaging import services
from tenants.messaging.graphql.console.queries import sender_type
from tenants.messaging.graphql.console.types import MessageSender


class SetMessageSender(Mutation):
    """Whom mail comes from; both empty: the platform's address under the program's name."""

    class Meta:
        kit = CONSOLE
        permission = is_program_admin
        error_codes = ("BAD_EMAIL", "NAME_MISSING", "NAME_TOO_LONG")

    class Input:
        name = graphene.String(required=True)
        address = graphene.String(required=True)

    sender = graphene.Field(MessageSender)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        row = services.set_sender(
            name=arguments["name"],
            address=arguments["address"],
            actor=require(actor_of(info.context), is_program_admin),
        )
        return {"sender": sender_type(row)}
