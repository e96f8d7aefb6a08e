"""Mutation `updateProgram`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.schema import Mutation
from tenants.program import editing, selectors
from tenants.program.graphql.console.types import Program, program_type


class UpdateProgram(Mutation):
    """Change how the program works. Points that were given keep the end that they have."""

    class Meta:
        kit = CONSOLE
        permission = is_program_admin
        error_codes = (
            "NAME_MISSING", "NAME_TOO_LONG", "BAD_NIP", "BAD_EMAIL", "BAD_PHONE", "UNKNOWN_ROUNDING", "OUT_OF_RANGE",
        )  # fmt: skip

    class Input:
        name = graphene.String(required=True)
        nip = graphene.String(required=True)
        support_email = graphene.String(required=True)
        support_phone = graphene.String(required=True)
        rounding = graphene.String(required=True, description="half_even or half_up.")
        lot_life_months = graphene.Int(description="1 to 120; left out or null: points never end.")
        late_match_days = graphene.Int(required=True, description="0 to 730.")
        confirm_above = graphene.Int(
            description="Points, 1 to 10,000,000; null: nobody proves anew who they are before spending; left out: as it is."
        )

    program = graphene.Field(Program)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        row = editing.update_program(
            name=arguments["name"],
            nip=arguments["nip"],
            support_email=arguments["support_email"],
            support_phone=arguments["support_phone"],
            rounding=arguments["rounding"],
            lot_life_months=arguments.get("lot_life_months"),
            late_match_days=arguments["late_match_days"],
            confirm_above=arguments.get("confirm_above", selectors.settings().confirm_above),
            actor=require(actor_of(info.context), is_program_admin),
        )
        return {"program": program_type(row)}
