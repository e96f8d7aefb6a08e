"""Mutation `removeStaff`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from tenants.members import staff


class RemoveStaff(Mutation):
    """Somebody no longer works here: the console is closed to them at once."""

    class Meta:
        kit = CONSOLE
        permission = is_program_admin
        error_codes = (
            "NOT_FOUND",
            "OWN_ROLES",
            "LAST_ADMIN",
        )

    class Input:
        person_id = graphene.ID(required=True)

    removed_id = graphene.ID()

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), is_program_admin)
        staff.remove(person_id=uuid_of(arguments["person_id"], "personId"), actor=actor)
        return {"removed_id": arguments["person_id"]}
