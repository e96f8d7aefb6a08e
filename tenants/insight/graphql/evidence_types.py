"""Who of a firm got what in a year: the same type once for each schema."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.scalars import Money, Points, money
from kolektor.api.schema import SchemaKit, Type
from tenants.insight.firm_evidence import Got


def evidence_type(of: SchemaKit) -> tuple[Any, Any]:
    """`FirmEvidence` of one schema, and how a row becomes one."""

    class FirmEvidence(Type):
        """One person's year in a firm: points of the firm's purchases, and rewards."""

        class Meta:
            kit = of

        member_id = graphene.ID(required=True)
        name = graphene.String(required=True)
        points = graphene.Field(Points, required=True, description="What corrections took back is off.")
        moved = graphene.Field(
            Points, required=True, description="What colleagues passed on by hand, less what was passed on to them."
        )
        orders = graphene.Int(required=True, description="Rewards that were delivered.")
        spent = graphene.Field(Points, required=True)
        values = graphene.List(graphene.NonNull(Money), required=True, description="Face values, by currency.")

    def convert(row: Got) -> Any:
        return FirmEvidence(
            member_id=str(row.member_id),
            name=row.name,
            points=row.points,
            moved=row.moved,
            orders=row.orders,
            spent=row.spent,
            values=[money(value, currency) for value, currency in row.values],
        )

    return FirmEvidence, convert
