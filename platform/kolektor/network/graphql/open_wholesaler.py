"""Mutation `openWholesaler`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import NETWORK
from kolektor.api.permissions import actor_of, is_director, require
from kolektor.api.schema import Mutation
from kolektor.network import life_cycle
from kolektor.network.graphql.wholesalers import Wholesaler, wholesaler_type


class OpenWholesaler(Mutation):
    """Ask for a new wholesaler with its first administrator; it is made within about a minute."""

    class Meta:
        kit = NETWORK
        permission = is_director
        error_codes = (
            "BAD_SLUG",
            "SLUG_RESERVED",
            "SLUG_TAKEN",
            "NAME_MISSING",
            "NAME_TOO_LONG",
            "BAD_NIP",
            "BAD_EMAIL",
            "TOO_MANY_WAITING",
        )

    class Input:
        slug = graphene.String(required=True, description="The host's name: letters, digits and dashes.")
        name = graphene.String(required=True)
        nip = graphene.String(required=True, description="Invoices of other sellers are refused; may be empty.")
        admin_name = graphene.String(required=True)
        admin_email = graphene.String(required=True)

    wholesaler = graphene.Field(Wholesaler)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), is_director)
        row = life_cycle.request(network=info.context.network, actor=actor, **arguments)
        return {"wholesaler": wholesaler_type(row)}
