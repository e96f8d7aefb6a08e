"""Mutation `acceptApplication`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, require, serves_members
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from tenants.insight import registering
from tenants.insight.graphql.console.applications import Application, application_types


class AcceptApplication(Mutation):
    """Make the member: owner of the firm, or its fitter where somebody owns it already."""

    class Meta:
        kit = CONSOLE
        permission = serves_members
        error_codes = ("NOT_FOUND", "APPLICATION_DECIDED", "MEMBER_OF_ANOTHER_FIRM")

    class Input:
        id = graphene.ID(required=True)

    application = graphene.Field(Application)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        row = registering.accept(
            application_id=uuid_of(arguments["id"]),
            actor=require(actor_of(info.context), serves_members),
        )
        return {"application": application_types(registering.weigh([row]))[0]}
