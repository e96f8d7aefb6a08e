"""A firm as its people and the wholesaler's staff see it: the same types once for each schema."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

import graphene

from kolektor.api.scalars import uuid_of
from kolektor.api.schema import SchemaKit, Type
from kolektor.kernel.errors import DomainError
from tenants.members.firm_views import Place
from tenants.members.models import FirmInvitation as InvitationRow


def percent(basis_points: int) -> str:
    """A share as a decimal string of percent, such as "12.5"."""
    return f"{(Decimal(basis_points) / 100).normalize():f}"


def shares_of_input(rows: list[dict[str, str]]) -> dict[UUID, int]:
    """Basis points by member. Raises DomainError BAD_SHARE; NotFound for an id that is none."""
    found: dict[UUID, int] = {}
    for row in rows:
        try:
            value = Decimal(row["percent"].strip().replace(",", ".")) * 100
        except InvalidOperation as error:
            raise DomainError("BAD_SHARE", field="shares") from error
        key = uuid_of(row["member_id"], "shares")
        if not value.is_finite() or value != value.to_integral_value() or key in found or not 0 <= value <= 10_000:
            raise DomainError("BAD_SHARE", field="shares")
        found[key] = int(value)
    return found


class FirmTypes:
    """`FirmMember` and `FirmInvitation` of one schema, and how a row becomes one."""

    def __init__(self, of: SchemaKit) -> None:
        class FirmMember(Type):
            """Somebody's time in a firm in one role: owner or fitter."""

            class Meta:
                kit = of

            member_id = graphene.ID(required=True)
            name = graphene.String(required=True)
            role = graphene.String(required=True)
            spending = graphene.String(
                required=True, description="free, approval (the owner says yes first) or none; an owner is free."
            )
            percent = graphene.String(description="A fitter's share today, decimal percent; null for the owner.")
            joined_at = graphene.DateTime(required=True)
            left_at = graphene.DateTime()

        class FirmInvitation(Type):
            """An invitation that waits for an answer."""

            class Meta:
                kit = of

            id = graphene.ID(required=True)
            email = graphene.String(required=True)
            name = graphene.String(required=True)
            spending = graphene.String(required=True)
            created_at = graphene.DateTime(required=True)
            expires_at = graphene.DateTime(required=True)

        self.member: Any = FirmMember
        self.invitation: Any = FirmInvitation

    def member_of(self, row: Place) -> Any:
        """One person's place."""
        return self.member(
            member_id=str(row.member_id),
            name=row.name,
            role=row.role,
            spending=row.spending,
            percent=None if row.basis_points is None else percent(row.basis_points),
            joined_at=row.joined_at,
            left_at=row.left_at,
        )

    def invitation_of(self, row: InvitationRow) -> Any:
        """One invitation."""
        return self.invitation(
            id=str(row.pk),
            email=row.email,
            name=row.name,
            spending=row.spending,
            created_at=row.created_at,
            expires_at=row.expires_at,
        )
