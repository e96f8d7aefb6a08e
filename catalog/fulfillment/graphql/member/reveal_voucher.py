"""Mutation `revealVoucher`."""

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


class RevealVoucher(Mutation):
    """Show the code of a voucher to its owner. Each look is in the audit trail."""

    class Meta:
        kit = MEMBER
        permission = is_member
        while_suspended = True
        error_codes = ("NOT_FOUND", "VAULT_UNREADABLE")

    class Input:
        voucher_id = graphene.ID(required=True)

    voucher = graphene.Field(Voucher)
    code = graphene.String()
    pin = graphene.String()

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        member = member_of(info)
        voucher, code, pin = services.reveal(
            member_id=member.pk, voucher_id=uuid_of(arguments["voucher_id"], "voucherId"), actor=member.person_id
        )
        return {"voucher": voucher_type(voucher), "code": code, "pin": pin}
