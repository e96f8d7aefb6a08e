"""The program, for its members."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import MEMBER
from kolektor.api.permissions import is_member
from kolektor.api.schema import Type
from kolektor.kernel.tenant import require_tenant
from tenants.program import selectors
from tenants.program.graphql.types import point_forms_type

PointForms = point_forms_type(MEMBER)


class Program(Type):
    """What members see of the program."""

    class Meta:
        kit = MEMBER

    name = graphene.String(required=True)
    slug = graphene.String(required=True)
    point_name = graphene.String(required=True)
    point_forms = graphene.Field(PointForms, required=True)
    currency = graphene.String(required=True)
    support_email = graphene.String(required=True)
    support_phone = graphene.String(required=True)


@MEMBER.query(graphene.NonNull(Program), permission=is_member)
def program(_info: Any) -> Program:
    """The program of this host."""
    row = selectors.settings()
    return Program(
        name=row.name,
        slug=require_tenant().slug,
        point_name=row.point_forms["few"],
        point_forms=PointForms(**row.point_forms),
        currency=row.currency,
        support_email=row.support_email,
        support_phone=row.support_phone,
    )
