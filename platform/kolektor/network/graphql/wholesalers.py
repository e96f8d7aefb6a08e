"""Headquarters: the network's wholesalers and their life."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api import timeline
from kolektor.api.kits import NETWORK, NetworkTimelineEvent
from kolektor.api.permissions import is_director
from kolektor.api.schema import Type
from kolektor.audit.selectors import timelines
from kolektor.identity import selectors as identity
from kolektor.identity.clients import origin
from kolektor.network import life_cycle, selectors
from kolektor.network.hosts import wholesaler_host
from kolektor.network.models import Opening
from kolektor.network.models import Wholesaler as Row


class Wholesaler(Type):
    """A wholesaler of the network."""

    class Meta:
        kit = NETWORK

    id = graphene.ID(required=True)
    slug = graphene.String(required=True)
    name = graphene.String(required=True)
    state = graphene.String(required=True, description="requested, provisioned, live, suspended, closed or erased.")
    url = graphene.String(required=True)
    created_at = graphene.DateTime(required=True)
    admin_name = graphene.String(description="The first administrator, as headquarters wrote it down.")
    admin_email = graphene.String()
    attempts = graphene.Int(required=True, description="Failed tries to make it.")
    failure = graphene.String(description="The kind of the last trouble, while it is being made.")


def wholesaler_type(row: Row) -> Wholesaler:
    """A wholesaler as headquarters see it."""
    opening: Opening | None = getattr(row, "opening", None)
    waiting = opening is not None and opening.done_at is None
    return Wholesaler(
        id=str(row.pk),
        slug=row.slug,
        name=row.name,
        state=row.state,
        url=origin(wholesaler_host(row.slug)),
        created_at=row.created_at,
        admin_name=opening.admin_name if opening else None,
        admin_email=opening.admin_email if opening else None,
        attempts=opening.attempts if opening and waiting else 0,
        failure=(opening.failure or None) if opening and waiting else None,
    )


@NETWORK.query(graphene.NonNull(graphene.List(graphene.NonNull(Wholesaler))), permission=is_director)
def wholesalers(info: Any) -> list[Wholesaler]:
    """All of the network, whatever their state, by name."""
    return [wholesaler_type(row) for row in life_cycle.listed(info.context.network)]


@NETWORK.query(graphene.NonNull(graphene.List(graphene.NonNull(NetworkTimelineEvent))), permission=is_director)
def wholesalers_timeline(info: Any) -> list[dict[str, Any]]:
    """What was decided about wholesalers, by whom, oldest first."""
    network_id = info.context.network.pk
    entries = timelines("network", [network_id])[str(network_id)]
    people = selectors.people_of(network_id)
    named = identity.names({entry.actor for entry in entries if entry.actor} & people)
    return timeline.events(entries, names=named)
