"""What a clerk entered at the counter."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, enrolls_members, require
from kolektor.api.schema import Type
from tenants.members import counter
from tenants.members.models import CounterEntry as Row


class CounterEntry(Type):
    """An address or number that was typed at the counter."""

    class Meta:
        kit = CONSOLE

    id = graphene.ID(required=True)
    kind = graphene.String(required=True, description="email or phone.")
    contact = graphene.String(required=True)
    known = graphene.Boolean(required=True, description="There was such a member here already.")
    done = graphene.Boolean(required=True, description="There is a member now; it takes a moment.")
    created_at = graphene.DateTime(required=True)


def entry_type(row: Row) -> CounterEntry:
    """An entry as the counter reads it."""
    return CounterEntry(
        id=str(row.pk),
        kind=row.kind,
        contact=row.contact,
        known=row.known,
        done=row.member_id is not None,
        created_at=row.created_at,
    )


@CONSOLE.query(graphene.NonNull(graphene.List(graphene.NonNull(CounterEntry))), permission=enrolls_members)
def counter_entries(info: Any) -> list[CounterEntry]:
    """What the reader entered last, the youngest first."""
    actor = require(actor_of(info.context), enrolls_members)
    return [entry_type(row) for row in counter.entries_of(actor)]
