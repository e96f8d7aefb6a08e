"""Who works at this wholesaler."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api import timeline
from kolektor.api.kits import CONSOLE, ConsoleTimelineEvent
from kolektor.api.permissions import reads_program
from kolektor.api.schema import Type
from kolektor.audit.selectors import timelines
from tenants.members import staff as staff_of
from tenants.members.selectors import staff_names
from tenants.members.staff import StaffFacts


class Staff(Type):
    """Somebody who works here."""

    class Meta:
        kit = CONSOLE

    person_id = graphene.ID(required=True)
    name = graphene.String(required=True, description="As it was written down here.")
    email = graphene.String(required=True)
    roles = graphene.List(graphene.NonNull(graphene.String), required=True)
    added_at = graphene.DateTime(required=True)


def staff_type(facts: StaffFacts) -> Staff:
    """Somebody as the console reads them."""
    return Staff(
        person_id=facts.person_id, name=facts.name, email=facts.email, roles=list(facts.roles), added_at=facts.added_at
    )


@CONSOLE.query(graphene.NonNull(graphene.List(graphene.NonNull(Staff))), permission=reads_program)
def staff(_info: Any) -> list[Staff]:
    """Everybody who has a role here, by name."""
    return [staff_type(facts) for facts in staff_of.staff()]


@CONSOLE.query(graphene.NonNull(graphene.List(graphene.NonNull(ConsoleTimelineEvent))), permission=reads_program)
def staff_timeline(_info: Any) -> list[dict[str, Any]]:
    """Who was added, changed or removed, by whom, oldest first."""
    entries = timelines("staff", [1])["1"]
    return timeline.events(entries, names=staff_names({entry.actor for entry in entries if entry.actor}))
