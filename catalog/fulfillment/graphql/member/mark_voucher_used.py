"""Mutation `markVoucherUsed`."""

from __future__ import annotations

from typing import Any

import graphene

from catalog.fulfillment import services
from catalog.fulfillment.graphql.member.types import Voucher, voucher_type
from kolektor.api.kits import MEMBER
from kolektor.api.permissions import is_member
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Mutation
from tenants.members.graphql.viewer import member_of


class MarkVoucherUsed(Mutation):
    """The member's own note that a voucher is spent; `used: false` takes it back."""

    class Meta:
        kit = MEMBER
        permission = is_member
        error_codes = ("NOT_FOUND",)

    class Input:
        voucher_id = graphene.ID(required=True)
        used = graphene.Boolean(required=True)

    voucher = graphene.Field(Voucher)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        member = member_of(info)
        voucher = services.mark_used(
            member_id=member.pk,
            voucher_id=uuid_of(arguments["voucher_id"], "voucherId"),
            used=arguments["used"],
            actor=member.person_id,
        )
        return {"voucher": voucher_type(voucher)}
