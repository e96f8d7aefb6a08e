"""Mutation `updateBranding`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, makes_offer, require
from kolektor.api.schema import Mutation
from kolektor.kernel.wording import PointForms
from tenants.program import editing
from tenants.program.graphql.console.types import Branding, branding_type
from tenants.program.services import Face


class UpdateBranding(Mutation):
    """Change the program's name, its look and what its points are called. Members see it when they open a page."""

    class Meta:
        kit = CONSOLE
        permission = makes_offer
        error_codes = (
            "NAME_MISSING", "NAME_TOO_LONG", "BAD_COLOR", "BAD_LOGO_TEXT", "UNKNOWN_SHAPE", "POINT_FORM_MISSING",
        )  # fmt: skip

    class Input:
        name = graphene.String(required=True)
        primary_color = graphene.String(required=True, description="#rrggbb")
        accent_color = graphene.String(required=True, description="#rrggbb")
        surface_color = graphene.String(required=True, description="#rrggbb")
        logo_text = graphene.String(required=True, description="One to three letters or digits.")
        logo_shape = graphene.String(required=True, description="circle, square or hexagon.")
        point_one = graphene.String(required=True, description="1 punkt")
        point_few = graphene.String(required=True, description="2 punkty")
        point_many = graphene.String(required=True, description="5 punktów")
        point_other = graphene.String(required=True, description="1,5 punktu")

    branding = graphene.Field(Branding)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        face = {field: arguments[field] for field in Face.__dataclass_fields__}
        forms = {form: arguments[f"point_{form}"] for form in PointForms.__dataclass_fields__}
        row = editing.update_branding(
            name=arguments["name"],
            face=Face(**face),
            point_forms=PointForms(**forms),
            actor=require(actor_of(info.context), makes_offer),
        )
        return {"branding": branding_type(row)}
