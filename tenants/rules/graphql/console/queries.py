"""Rules, read-only."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import is_program_admin
from kolektor.api.scalars import Points
from kolektor.api.schema import Type
from tenants.rules import selectors


class Rule(Type):
    """One rule version: DRAFT, SCHEDULED, LIVE or RETIRED"""

    class Meta:
        kit = CONSOLE

    id = graphene.ID(required=True)
    code = graphene.String(required=True)
    name = graphene.String(required=True)
    version = graphene.Int(required=True)
    state = graphene.String(required=True)
    valid_from = graphene.Date()
    valid_until = graphene.Date()
    sentence = graphene.String(required=True, description="The rule read back in the reader's language.")
    points_given = graphene.Field(Points, required=True, description="Corrections taken off.")


@CONSOLE.query(graphene.NonNull(graphene.List(graphene.NonNull(Rule))), permission=is_program_admin)
def rules(_info: Any) -> list[Rule]:
    """Every rule's versions, the live ones first."""
    return [
        Rule(
            id=str(row.id),
            code=row.code,
            name=row.name,
            version=row.version,
            state=row.state,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            sentence=row.sentence,
            points_given=row.points_given,
        )
        for row in selectors.rules()
    ]
