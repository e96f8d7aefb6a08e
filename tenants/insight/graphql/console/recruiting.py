"""Invitations into the program, and who is credited with what."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api import timeline
from kolektor.api.kits import CONSOLE, ConsoleTimelineEvent
from kolektor.api.permissions import Actor, actor_of, is_program_admin, reads_recruiting, require
from kolektor.api.scalars import Points
from kolektor.api.schema import Type
from kolektor.audit.selectors import timelines
from kolektor.kernel import clock
from tenants.insight import credits
from tenants.members import recruiting
from tenants.members import selectors as members
from tenants.members.models import Invitation


class ProgramInvitation(Type):
    """An invitation of a firm into the program."""

    class Meta:
        kit = CONSOLE

    id = graphene.ID(required=True)
    email = graphene.String(required=True)
    name = graphene.String(required=True)
    firm_name = graphene.String(required=True)
    nip = graphene.String(required=True)
    decision_maker = graphene.String(required=True, description="Who decides there what is bought.")
    state = graphene.String(required=True, description="pending, accepted, declined, canceled or expired.")
    invited_by = graphene.String(required=True)
    created_at = graphene.DateTime(required=True)
    expires_at = graphene.DateTime(required=True)
    can_cancel = graphene.Boolean(required=True)


class RecruiterCredit(Type):
    """What one representative is credited with."""

    class Meta:
        kit = CONSOLE

    name = graphene.String(required=True)
    invited = graphene.Int(required=True)
    joined = graphene.Int(required=True)
    buying = graphene.Int(required=True, description="Of those who joined: with at least one purchase.")
    points = graphene.Field(
        Points, required=True, description="That they were given for purchases, less what was taken back."
    )


def invitation_type(row: Invitation, names: dict[str, str], actor: Actor) -> ProgramInvitation:
    """An invitation as the console reads it."""
    pending = row.state == Invitation.State.PENDING
    late = pending and row.expires_at <= clock.now()
    mine = row.invited_by == actor.person_id
    return ProgramInvitation(
        id=str(row.pk),
        email=row.email,
        name=row.name,
        firm_name=row.firm_name,
        nip=row.nip,
        decision_maker=row.decision_maker,
        state="expired" if late else row.state,
        invited_by=names.get(str(row.invited_by), "—"),
        created_at=row.created_at,
        expires_at=row.expires_at,
        can_cancel=pending and not late and (mine or is_program_admin(actor)),
    )


def _whose(info: Any) -> Any:
    """Everybody's for those who see all, else one's own."""
    actor = actor_of(info.context)
    person_id = require(actor, reads_recruiting)
    return None if actor.roles & {"program_admin", "auditor"} else person_id


@CONSOLE.query(graphene.NonNull(graphene.List(graphene.NonNull(ProgramInvitation))), permission=reads_recruiting)
def program_invitations(info: Any) -> list[ProgramInvitation]:
    """Invitations, the youngest first: one's own; for administrators and auditors everybody's."""
    rows = recruiting.listed(invited_by=_whose(info))
    names = members.staff_names({row.invited_by for row in rows})
    return [invitation_type(row, names, actor_of(info.context)) for row in rows]


@CONSOLE.query(graphene.NonNull(graphene.List(graphene.NonNull(RecruiterCredit))), permission=reads_recruiting)
def recruiter_credits(info: Any) -> list[RecruiterCredit]:
    """What representatives are credited with: oneself; for administrators and auditors everybody."""
    found = credits.of_representatives(_whose(info))
    names = members.staff_names({row.person_id for row in found})
    return [
        RecruiterCredit(
            name=names.get(str(row.person_id), "—"),
            invited=row.invited,
            joined=row.joined,
            buying=row.buying,
            points=row.points,
        )
        for row in found
    ]


@CONSOLE.query(graphene.NonNull(graphene.List(graphene.NonNull(ConsoleTimelineEvent))), permission=reads_recruiting)
def recruiting_timeline(info: Any) -> list[dict[str, Any]]:
    """What became of one's own invitations, oldest first."""
    person_id = require(actor_of(info.context), reads_recruiting)
    entries = timelines("recruiting", [person_id])[str(person_id)]
    return timeline.events(entries, names=members.staff_names({entry.actor for entry in entries if entry.actor}))
