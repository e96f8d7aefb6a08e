"""Sales representatives bring firms into the program: invite who decides there, and are credited with who comes."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from stdnum.pl import nip as nip_number

from kolektor.audit import services as audit
from kolektor.identity.models import Person
from kolektor.kernel import clock
from kolektor.kernel.entered import clean_email, clean_name
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.fields import same_address
from kolektor.kernel.locks import one_at_a_time
from kolektor.kernel.outbox.services import emit
from tenants.members import firms
from tenants.members import services as members
from tenants.members.models import Firm, Invitation, Member

State = Invitation.State
INVITED: Final = "members.invited_to_program"
DAYS: Final = 30
MOST_A_DAY: Final = 60
# to one address within `DAYS`: the mail is the wholesaler's good name
MOST_TO_ONE: Final = 3
LISTED: Final = 200
_NAME: Final = 160
_FIRM: Final = 255


@transaction.atomic
def invite(*, email: str, name: str, nip: str, firm_name: str, decision_maker: str, actor: UUID) -> Invitation:
    """Invite somebody to be the member of a firm, for `DAYS` days. `decision_maker`: who decides there what is bought; empty
    for the invited person. Says nothing, by its time neither, of whether the address is known anywhere.

    An own invitation of the same address that still waits is replaced; one by a colleague stays, and the credit with it.
    Raises DomainError BAD_EMAIL, NAME_MISSING, NAME_TOO_LONG, BAD_NIP, ALREADY_MEMBER, FIRM_HAS_OWNER, INVITED_BY_COLLEAGUE,
    TOO_MANY_A_DAY.
    """
    address = clean_email(email, field="email").lower()
    written = clean_name(name, limit=_NAME)
    tax_number = clean_nip(nip)
    firm_written = clean_name(firm_name, limit=_FIRM, field="firmName")
    decides = " ".join(decision_maker.split()) or written
    if len(decides) > _NAME:
        raise DomainError("NAME_TOO_LONG", field="decisionMaker", limit=_NAME)
    if Member.objects.filter(same_address(address)).exists():
        raise DomainError("ALREADY_MEMBER", field="email")
    if owner_of(tax_number) is not None:
        raise DomainError("FIRM_HAS_OWNER", field="nip")
    one_at_a_time(f"invite:{actor}", f"invite:{address}")
    now = clock.now()
    mine = Invitation.objects.filter(invited_by=actor, created_at__gt=now - timedelta(days=1))
    same = Invitation.objects.filter(same_address(address))
    if mine.count() >= MOST_A_DAY or same.filter(created_at__gt=now - timedelta(days=DAYS)).count() >= MOST_TO_ONE:
        raise DomainError("TOO_MANY_A_DAY", field="email")
    for before in same.select_for_update().filter(state=State.PENDING):
        if before.invited_by != actor and before.expires_at > now:
            raise DomainError("INVITED_BY_COLLEAGUE", field="email")
        before.close(State.CANCELED)
    row = Invitation(
        email=address, name=written, nip=tax_number, firm_name=firm_written, decision_maker=decides, invited_by=actor,
        expires_at=now + timedelta(days=DAYS),
    )  # fmt: skip
    row.save(force_insert=True)
    row.refresh_from_db()
    _note("recruiting.invited", row, actor)
    emit(INVITED, {"invitation": str(row.pk)})
    return row


def clean_nip(nip: str) -> str:
    """The ten digits of a tax number. Raises DomainError BAD_NIP."""
    if not nip_number.is_valid(nip):
        raise DomainError("BAD_NIP", field="nip", value=nip[:40])
    return str(nip_number.compact(nip))


def owner_of(nip: str) -> Member | None:
    """Who owns the firm of that tax number here."""
    return Member.objects.filter(firm__nip=nip, firm_role=firms.OWNER).first()


def waiting_for(person: Person) -> QuerySet[Invitation]:
    """Invitations into the program that wait for this person's answer."""
    mine = Invitation.objects.filter(same_address(person.email), state=State.PENDING)
    return mine.filter(expires_at__gt=clock.now())


def _mine(person: Person, invitation_id: UUID) -> Invitation:
    row = waiting_for(person).select_for_update().filter(pk=invitation_id).first()
    if row is None:
        raise NotFound("id")
    return row


@transaction.atomic
def accept(*, person: Person, invitation_id: UUID) -> Member:
    """Join, as the owner of the firm that was named. The representative is credited with somebody who was no member before.

    Raises NotFound; DomainError FIRM_HAS_OWNER when somebody came first, FIRM_OWNER_CANNOT_JOIN for a member of a firm.
    """
    members.one_membership(person.pk)
    row = _mine(person, invitation_id)
    firm = firms.locked(members.ensure_firm(nip=row.nip, name=row.firm_name).pk)
    if owner_of(row.nip) is not None:
        raise DomainError("FIRM_HAS_OWNER")
    member = Member.objects.filter(person_id=person.pk).first()
    if member is not None and member.firm_id is not None:
        raise DomainError("FIRM_OWNER_CANNOT_JOIN")
    first, _, last = row.name.partition(" ")
    if member is None:
        member = members.enroll(
            person=person, firm=firm, first_name=first[:80], last_name=last[:80], phone="",
            path=Member.Path.INVITATION, brought_by=row.invited_by, actor=person.pk,
        )  # fmt: skip
    else:
        firms.join(member=member, firm=firm, role=firms.OWNER, actor=person.pk)
    Firm.objects.filter(pk=firm.pk).update(decision_maker=row.decision_maker)
    row.close(State.ACCEPTED, member)
    _note("recruiting.accepted", row, person.pk)
    return member


@transaction.atomic
def decline(*, person: Person, invitation_id: UUID) -> Invitation:
    """Say no. Raises NotFound."""
    row = _mine(person, invitation_id)
    _note("recruiting.declined", row, person.pk)
    row.close(State.DECLINED)
    return row


@transaction.atomic
def cancel(*, invitation_id: UUID, actor: UUID, any_of: bool) -> Invitation:
    """Take an invitation back that waits: one's own, or with `any_of` anybody's. Raises NotFound."""
    found = Invitation.objects.select_for_update().filter(pk=invitation_id, state=State.PENDING)
    row = (found if any_of else found.filter(invited_by=actor)).first()
    if row is None:
        raise NotFound("id")
    _note("recruiting.canceled", row, actor)
    row.close(State.CANCELED)
    return row


def listed(*, invited_by: UUID | None) -> list[Invitation]:
    """Invitations, youngest first: of one representative, or (None) of all."""
    rows = Invitation.objects.order_by("-created_at", "-id")
    return list((rows if invited_by is None else rows.filter(invited_by=invited_by))[:LISTED])


def _note(action: str, row: Invitation, actor: UUID) -> None:
    audit.record(
        action=action,
        object_type="recruiting",
        object_id=row.invited_by,
        actor=actor,
        email=row.email,
        firm=row.firm_name,
    )
