"""Mutation `setStaffRoles`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from tenants.members import staff
from tenants.members.graphql.console.staff import Staff, staff_type


class SetStaffRoles(Mutation):
    """What somebody may do here from now on."""

    class Meta:
        kit = CONSOLE
        permission = is_program_admin
        error_codes = (
            "NOT_FOUND",
            "UNKNOWN_ROLE",
            "ROLE_MISSING",
            "OWN_ROLES",
            "LAST_ADMIN",
        )

    class Input:
        person_id = graphene.ID(required=True)
        roles = graphene.List(
            graphene.NonNull(graphene.String),
            required=True,
            description="program_admin, care_agent, marketer, auditor.",
        )

    staff = graphene.Field(Staff)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), is_program_admin)
        person_id = uuid_of(arguments["person_id"], "personId")
        return {"staff": staff_type(staff.set_roles(person_id=person_id, roles=arguments["roles"], actor=actor))}
