"""The program as its staff see it."""

from __future__ import annotations

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.schema import Type
from kolektor.kernel.tenant import require_tenant
from kolektor.network.logos import address_of
from tenants.program.graphql.types import point_forms_type
from tenants.program.models import Branding as BrandingRow
from tenants.program.models import ProgramSettings

PointForms = point_forms_type(CONSOLE)


class Program(Type):
    """The program's settings."""

    class Meta:
        kit = CONSOLE

    name = graphene.String(required=True)
    slug = graphene.String(required=True)
    point_name = graphene.String(required=True)
    point_forms = graphene.Field(PointForms, required=True)
    currency = graphene.String(required=True)
    nip = graphene.String(required=True)
    support_email = graphene.String(required=True)
    support_phone = graphene.String(required=True)
    rounding = graphene.String(required=True, description="half_even or half_up.")
    lot_life_months = graphene.Int(description="Points end so many months after the sale; null: never.")
    late_match_days = graphene.Int(
        required=True, description="Sales of a buyer who joins later are awarded when not older than this; 0: never."
    )
    confirm_above = graphene.Int(
        description="Whoever spends more points at once proves first who they are; null: nobody is asked."
    )


class Branding(Type):
    """The program's look. Colors as #rrggbb; the shape is circle, square or hexagon."""

    class Meta:
        kit = CONSOLE

    primary_color = graphene.String(required=True)
    accent_color = graphene.String(required=True)
    surface_color = graphene.String(required=True)
    logo_text = graphene.String(required=True)
    logo_shape = graphene.String(required=True)
    logo = graphene.String(description="Address of the uploaded logo; null: the drawn one shows.")


def program_type(row: ProgramSettings) -> Program:
    """Settings as the console reads them."""
    return Program(
        name=row.name,
        slug=require_tenant().slug,
        point_name=row.point_forms["few"],
        point_forms=PointForms(**row.point_forms),
        currency=row.currency,
        nip=row.nip,
        support_email=row.support_email,
        support_phone=row.support_phone,
        rounding=row.rounding,
        lot_life_months=row.lot_life_months,
        late_match_days=row.late_match_days,
        confirm_above=row.confirm_above,
    )


def branding_type(row: BrandingRow) -> Branding:
    """The look as the console reads it."""
    return Branding(
        primary_color=row.primary_color,
        accent_color=row.accent_color,
        surface_color=row.surface_color,
        logo_text=row.logo_text,
        logo_shape=row.logo_shape,
        logo=address_of(row.logo),
    )
