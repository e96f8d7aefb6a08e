"""Mutation `setRegistration`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.schema import Mutation
from tenants.program import registration
from tenants.program.graphql.console.registration import Registration, registration_type


class SetRegistration(Mutation):
    """Open or close self-registration, and say what applicants confirm."""

    class Meta:
        kit = CONSOLE
        permission = is_program_admin
        error_codes = ("UNKNOWN_REGISTRATION", "TEXT_TOO_LONG", "CRITERIA_IN_ONE_LANGUAGE")

    class Input:
        mode = graphene.String(
            required=True,
            description="closed; reviewed: the staff decide; open: at once with the number of an invoice, else the staff decide.",
        )
        criteria_pl = graphene.String(required=True)
        criteria_en = graphene.String(required=True)

    registration = graphene.Field(Registration)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), is_program_admin)
        return {"registration": registration_type(registration.change(actor=actor, **arguments))}
