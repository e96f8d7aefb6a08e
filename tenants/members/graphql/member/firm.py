"""The member's firm, and invitations into one."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import MEMBER
from kolektor.api.permissions import is_member
from kolektor.api.schema import Type
from tenants.members import firm_views, firms, invitations
from tenants.members.graphql.firm_types import FirmTypes
from tenants.members.graphql.viewer import member_of
from tenants.members.models import Firm as FirmRow
from tenants.members.models import Member

TYPES = FirmTypes(MEMBER)


class Firm(Type):
    """The firm that the member belongs to. Who else does, and with which share, its owner alone is told."""

    class Meta:
        kit = MEMBER

    id = graphene.ID(required=True)
    name = graphene.String(required=True)
    nip = graphene.String()
    owned = graphene.Boolean(required=True, description="Whether it is the member's own.")
    owner_id = graphene.ID(required=True)
    owner_name = graphene.String(required=True)
    mine = graphene.Field(TYPES.member, required=True, description="The member's own place.")
    members = graphene.List(
        graphene.NonNull(TYPES.member), required=True, description="Present ones; the owner's only."
    )
    invitations = graphene.List(graphene.NonNull(TYPES.invitation), required=True)


class ReceivedInvitation(Type):
    """An invitation into a firm that waits for the reader's answer."""

    class Meta:
        kit = MEMBER

    id = graphene.ID(required=True)
    firm_name = graphene.String(required=True)
    expires_at = graphene.DateTime(required=True)


class FirmShareInput(graphene.InputObjectType):
    """A fitter's share."""

    member_id = graphene.ID(required=True)
    percent = graphene.String(required=True, description='Decimal percent with up to two decimals, e.g. "12.5".')


MEMBER.add_type(FirmShareInput)


def firm_type(firm: FirmRow, member: Member) -> Firm:
    """A firm as one of its members sees it."""
    here = [place for place in firm_views.places(firm) if place.left_at is None]
    mine = next(place for place in here if place.member_id == member.pk)
    owned = mine.role == firms.OWNER
    return Firm(
        id=str(firm.pk),
        name=firm.name,
        nip=firm.nip,
        owned=owned,
        owner_id=str(here[0].member_id),
        owner_name=here[0].name,
        mine=TYPES.member_of(mine),
        members=[TYPES.member_of(place) for place in here] if owned else [],
        invitations=[TYPES.invitation_of(row) for row in firms.open_invitations(firm)] if owned else [],
    )


def own_firm(info: Any) -> FirmRow:
    """The firm that the member who asks owns. Raises Forbidden."""
    return firms.owned(member_of(info))


@MEMBER.query(Firm, permission=is_member)
def firm(info: Any) -> Firm | None:
    """The member's firm, or null."""
    member = member_of(info)
    return None if member.firm is None else firm_type(member.firm, member)


@MEMBER.query(graphene.NonNull(graphene.List(graphene.NonNull(ReceivedInvitation))), permission=is_member)
def firm_invitations(info: Any) -> list[ReceivedInvitation]:
    """Invitations that wait for the member. Answers, and who is no member yet, go to `/api/invitations`."""
    return [
        ReceivedInvitation(id=str(row.pk), firm_name=row.firm.name, expires_at=row.expires_at)
        for row in invitations.waiting_for(info.context.user)
    ]
