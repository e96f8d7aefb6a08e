"""The program, for its staff."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import is_program_admin
from kolektor.api.schema import Type
from kolektor.kernel.tenant import require_tenant
from tenants.program import selectors
from tenants.program.graphql.types import point_forms_type

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


@CONSOLE.query(graphene.NonNull(Program), permission=is_program_admin)
def program(_info: Any) -> Program:
    """The program of this host."""
    row = selectors.settings()
    return Program(
        name=row.name,
        slug=require_tenant().slug,
        point_name=row.point_forms["few"],
        point_forms=PointForms(**row.point_forms),
        currency=row.currency,
        nip=row.nip,
    )
