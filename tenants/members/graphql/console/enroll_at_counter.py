"""Mutation `enrollAtCounter`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, enrolls_members, require
from kolektor.api.schema import Mutation
from tenants.members import counter
from tenants.members.graphql.console.counter import CounterEntry, entry_type


class EnrollAtCounter(Mutation):
    """Make a member of an address or a phone number. The answer never tells whether it is known elsewhere."""

    class Meta:
        kit = CONSOLE
        permission = enrolls_members
        error_codes = ("CONTACT_MISSING", "BAD_EMAIL", "BAD_PHONE", "TOO_MANY_A_DAY")

    class Input:
        contact = graphene.String(
            required=True, description="E-mail, or a phone number; without a country: a Polish one."
        )

    entry = graphene.Field(CounterEntry)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), enrolls_members)
        return {"entry": entry_type(counter.enter(contact=arguments["contact"], actor=actor))}
