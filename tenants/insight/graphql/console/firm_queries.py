"""Firms at the console: list, a page each, who got what."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api import timeline
from kolektor.api.kits import CONSOLE, ConsoleTimelineEvent
from kolektor.api.pagination import Page, connection_type, page_arguments, page_of
from kolektor.api.permissions import reads_members
from kolektor.api.scalars import uuid_of
from kolektor.api.schema import Type
from kolektor.audit.selectors import timelines
from kolektor.kernel.errors import NotFound
from tenants.insight import firm_evidence as evidence
from tenants.insight.graphql.evidence_types import evidence_type
from tenants.members import firm_views
from tenants.members import firms as firms_
from tenants.members import selectors as members_
from tenants.members.graphql.firm_types import FirmTypes, percent
from tenants.members.models import Firm as FirmRow

TYPES = FirmTypes(CONSOLE)
FirmEvidence, _convert = evidence_type(CONSOLE)


class FirmRowType(Type):
    """A firm in the list."""

    class Meta:
        kit = CONSOLE
        name = "FirmRow"

    id = graphene.ID(required=True)
    name = graphene.String(required=True)
    nip = graphene.String()
    people = graphene.Int(required=True, description="How many members belong to it now.")


class FirmSplitShare(Type):
    """A fitter's share in a split."""

    class Meta:
        kit = CONSOLE

    name = graphene.String(required=True)
    percent = graphene.String(required=True)


class FirmSplit(Type):
    """How the firm's points are split for sales from a day on, until the next split begins."""

    class Meta:
        kit = CONSOLE

    id = graphene.ID(required=True)
    valid_from = graphene.Date(required=True)
    created_at = graphene.DateTime(required=True)
    shares = graphene.List(graphene.NonNull(FirmSplitShare), required=True)


class Firm(Type):
    """A firm with its people, present and past."""

    class Meta:
        kit = CONSOLE

    id = graphene.ID(required=True)
    name = graphene.String(required=True)
    nip = graphene.String()
    decision_maker = graphene.String(required=True, description="Who decides there what is bought; empty when unknown.")
    members = graphene.List(graphene.NonNull(TYPES.member), required=True)
    invitations = graphene.List(graphene.NonNull(TYPES.invitation), required=True)
    splits = graphene.List(graphene.NonNull(FirmSplit), required=True, description="The latest first, at most 50.")
    timeline = graphene.List(graphene.NonNull(ConsoleTimelineEvent), required=True)


FirmConnection = connection_type(CONSOLE, FirmRowType, "Firm")


def firm_type(row: FirmRow) -> Firm:
    """One firm with everything about it."""
    places = firm_views.places(row)
    entries = timelines("firm", [row.pk])[str(row.pk)]
    actors = {entry.actor for entry in entries if entry.actor}
    people = {str(person): name for person, name in firm_views.people(row).items()}
    return Firm(
        id=str(row.pk),
        name=row.name,
        nip=row.nip,
        decision_maker=row.decision_maker,
        members=[TYPES.member_of(place) for place in places],
        invitations=[TYPES.invitation_of(invitation) for invitation in firms_.open_invitations(row)],
        splits=[
            FirmSplit(
                id=str(split.id),
                valid_from=split.valid_from,
                created_at=split.created_at,
                shares=[FirmSplitShare(name=name, percent=percent(share)) for name, share in split.shares],
            )
            for split in firm_views.split_history(row)
        ],
        timeline=timeline.events(entries, names={**people, **members_.staff_names(actors)}),
    )


def firm_of(firm_id: str, field: str = "firmId") -> FirmRow:
    """The firm. Raises NotFound."""
    row = FirmRow.objects.filter(pk=uuid_of(firm_id, field)).first()
    if row is None:
        raise NotFound(field)
    return row


@CONSOLE.query(graphene.NonNull(FirmConnection), permission=reads_members, **page_arguments(), search=graphene.String())
def firms(_info: Any, first: int | None = None, after: str | None = None, search: str = "") -> Page[Any]:
    """Firms by name."""
    return page_of(
        firm_views.search(search or ""),
        first=first,
        after=after,
        convert=lambda rows: [
            FirmRowType(id=str(row.pk), name=row.name, nip=row.nip, people=row.people) for row in rows
        ],
    )


@CONSOLE.query(Firm, permission=reads_members, id=graphene.ID(required=True))
def firm(_info: Any, id: str) -> Firm | None:
    """One firm, or null."""
    row = FirmRow.objects.filter(pk=uuid_of(id)).first()
    return None if row is None else firm_type(row)


@CONSOLE.query(
    graphene.NonNull(graphene.List(graphene.NonNull(FirmEvidence))),
    permission=reads_members,
    firm_id=graphene.ID(required=True),
    year=graphene.Int(required=True),
)
def firm_evidence(_info: Any, firm_id: str, year: int) -> list[Any]:
    """Who of a firm got what in a calendar year (Poland)."""
    return [_convert(row) for row in evidence.of_year(firm_of(firm_id), year)]
