"""Invite a fitter into a firm by e-mail; accept, decline, cancel."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from kolektor.audit import services as audit
from kolektor.identity.models import Person
from kolektor.kernel import clock
from kolektor.kernel.entered import clean_email
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.fields import same_address
from kolektor.kernel.outbox.services import emit
from tenants.members import firms
from tenants.members import services as members
from tenants.members.models import Firm, FirmInvitation, Member

State = FirmInvitation.State
DAYS: Final = 14
# invitations of one firm that may wait at once, that may be sent in a day, and of those to one address: the mail is the
# wholesaler's good name
MOST_OPEN: Final = 20
MOST_A_DAY: Final = 40
MOST_TO_ONE: Final = 3
INVITED: Final = "members.invited_to_firm"
NAME_LENGTH: Final = 160


@transaction.atomic
def invite(*, firm: Firm, email: str, name: str, spending: str, actor: UUID) -> FirmInvitation:
    """Invite by e-mail for `DAYS` days. Says nothing, by its time neither, of whether the address is known anywhere: people are
    looked up and made in the background. Locks the firm.

    An invitation of the same address that still waits is replaced by the new one.
    Raises DomainError BAD_EMAIL, NAME_TOO_LONG, UNKNOWN_SPENDING, ALREADY_IN_FIRM, TOO_MANY_INVITATIONS,
    TOO_MANY_A_DAY.
    """
    firm = firms.locked(firm.pk)
    email, name = clean_email(email, field="email"), " ".join(name.split())
    if len(name) > NAME_LENGTH:
        raise DomainError("NAME_TOO_LONG", field="name", limit=NAME_LENGTH)
    firms.check_spending(spending)
    if Member.objects.filter(same_address(email), firm=firm).exists():
        raise DomainError("ALREADY_IN_FIRM", field="email")
    today = firm.invitations.filter(created_at__gt=clock.now() - timedelta(days=1))
    if today.count() >= MOST_A_DAY or today.filter(same_address(email)).count() >= MOST_TO_ONE:
        raise DomainError("TOO_MANY_A_DAY", field="email")
    same = firm.invitations.filter(same_address(email), state=State.PENDING)
    same.update(state=State.CANCELED, closed_at=clock.now())
    if len(firms.open_invitations(firm)) >= MOST_OPEN:
        raise DomainError("TOO_MANY_INVITATIONS", field="email", limit=MOST_OPEN)
    row = FirmInvitation(
        firm=firm,
        email=email,
        name=name,
        spending=spending,
        invited_by=actor,
        expires_at=clock.now() + timedelta(days=DAYS),
    )
    row.save(force_insert=True)
    row.refresh_from_db()
    audit.record(
        action="firm.invited", object_type="firm", object_id=firm.pk, actor=actor, invitation=str(row.pk), email=email
    )
    emit(INVITED, {"invitation": str(row.pk)})
    return row


def waiting_for(person: Person) -> QuerySet[FirmInvitation]:
    """Invitations that wait for this person's answer, youngest first."""
    mine = FirmInvitation.objects.select_related("firm").filter(same_address(person.email), state=State.PENDING)
    return mine.filter(expires_at__gt=clock.now()).order_by("-created_at", "-id")


def _mine(person: Person, invitation_id: UUID) -> FirmInvitation:
    """The invitation, its firm locked. Raises NotFound for somebody else's and for nonsense."""
    row = waiting_for(person).filter(pk=invitation_id).first()
    if row is None:
        raise NotFound("id")
    firms.locked(row.firm_id)
    again = waiting_for(person).filter(pk=invitation_id).first()
    if again is None:  # answered or canceled while we waited for the firm
        raise NotFound("id")
    return again


@transaction.atomic
def accept(*, person: Person, invitation_id: UUID) -> Member:
    """Join the firm as its fitter; who is no member of the program becomes one. A fitter of another firm leaves it.

    Raises NotFound, DomainError FIRM_OWNER_CANNOT_JOIN, ALREADY_IN_FIRM.
    """
    members.one_membership(person.pk)
    row = _mine(person, invitation_id)
    first, _, last = row.name.partition(" ")
    member = members.enroll(
        person=person,
        # as it was written here; what the person is called elsewhere only where nothing was
        first_name=first[:80] or person.first_name,
        last_name=last[:80] if first else person.last_name,
        path=Member.Path.FIRM,
    )
    member = Member.objects.select_for_update().get(pk=member.pk)
    if member.firm_id == row.firm_id:
        raise DomainError("ALREADY_IN_FIRM")
    if member.firm_id is not None:
        if member.firm_role == firms.OWNER:
            raise DomainError("FIRM_OWNER_CANNOT_JOIN")
        firms.leave(member=member, actor=person.pk)
        member.refresh_from_db()
    firms.join(member=member, firm=row.firm, role=firms.FITTER, spending=row.spending, actor=person.pk)
    row.close(State.ACCEPTED, member)
    return member


@transaction.atomic
def decline(*, person: Person, invitation_id: UUID) -> FirmInvitation:
    """Say no. Raises NotFound."""
    row = _mine(person, invitation_id)
    audit.record(
        action="firm.invitation_declined", object_type="firm", object_id=row.firm_id, actor=person.pk, email=row.email
    )
    row.close(State.DECLINED)
    return row


@transaction.atomic
def cancel(*, firm: Firm, invitation_id: UUID, actor: UUID) -> FirmInvitation:
    """Take an invitation back that still waits. Raises NotFound."""
    firm = firms.locked(firm.pk)
    row = next((item for item in firms.open_invitations(firm) if item.pk == invitation_id), None)
    if row is None:
        raise NotFound("id")
    audit.record(action="firm.invitation_canceled", object_type="firm", object_id=firm.pk, actor=actor, email=row.email)
    row.close(State.CANCELED)
    return row
