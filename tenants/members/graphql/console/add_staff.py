"""Mutation `addStaff`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.schema import Mutation
from tenants.members import staff
from tenants.members.graphql.console.staff import Staff, staff_type


class AddStaff(Mutation):
    """Let somebody work here; they hear of it by mail and add a second factor before the console opens."""

    class Meta:
        kit = CONSOLE
        permission = is_program_admin
        error_codes = (
            "BAD_EMAIL",
            "NAME_MISSING",
            "NAME_TOO_LONG",
            "UNKNOWN_ROLE",
            "ROLE_MISSING",
            "ALREADY_STAFF",
            "TOO_MANY_STAFF",
        )

    class Input:
        email = graphene.String(required=True)
        name = graphene.String(required=True)
        roles = graphene.List(
            graphene.NonNull(graphene.String),
            required=True,
            description="program_admin, care_agent, marketer, auditor.",
        )

    staff = graphene.Field(Staff)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), is_program_admin)
        facts = staff.add(email=arguments["email"], name=arguments["name"], roles=arguments["roles"], actor=actor)
        return {"staff": staff_type(facts)}
