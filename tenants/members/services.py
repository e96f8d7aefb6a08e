"""Enroll members, make firms, grant roles."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from uuid import UUID

from django.db import transaction
from stdnum.pl import nip as nip_number

from kolektor.audit import services as audit
from kolektor.identity import services as identity
from kolektor.identity.models import Person
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError
from kolektor.kernel.fields import same_address
from kolektor.kernel.locks import one_at_a_time
from kolektor.kernel.outbox.services import emit
from kolektor.kernel.tenant import tenant_id
from kolektor.network import services as network
from tenants.members import firms, selectors
from tenants.members.models import Firm, Member, StaffMember, StaffRole

_CODE_LENGTH: Final = 60
_PHONE_LENGTH: Final = 20


@dataclass(frozen=True, slots=True)
class Buyer:
    """A buyer as an invoice or a form names it."""

    nip: str | None = None
    customer_code: str | None = None
    email: str | None = None
    phone: str | None = None
    name: str = ""


def ensure_firm(*, nip: str, name: str) -> Firm:
    """The firm of that tax number, made if missing. Raises DomainError BAD_NIP."""
    if not nip_number.is_valid(nip):
        raise DomainError("BAD_NIP", field="nip", value=nip)
    firm, made = Firm.objects.get_or_create(nip=nip_number.compact(nip), defaults={"name": (name or nip)[:255]})
    if made:
        audit.record(action="firm.created", object_type="firm", object_id=firm.pk)
    return firm


def one_membership(person_id: UUID) -> None:
    """Whoever makes somebody a member, or gives a member to somebody, waits here for all others; before firms and members are
    locked.
    """
    one_at_a_time(f"member:{person_id}")


@transaction.atomic
def enroll(
    *,
    person: Person,
    firm: Firm | None = None,
    customer_code: str | None = None,
    joined_on: date | None = None,
    first_name: str | None = None,
    last_name: str | None = None,
    phone: str | None = None,
    contact_phone: str = "",
    path: str = Member.Path.IMPORT,
    brought_by: UUID | None = None,
    actor: UUID | None = None,
) -> Member:
    """Make a person a member of the program in force; enrolling twice gives the first membership. `path`: how they came."""
    one_membership(person.pk)
    known = Member.objects.filter(person_id=person.pk).first()
    if known is not None:
        return known
    member = Member(
        person_id=person.pk,
        first_name=person.first_name if first_name is None else first_name,
        last_name=person.last_name if last_name is None else last_name,
        email=person.email,
        phone=person.phone if phone is None else phone,
        contact_phone=contact_phone,
        path=path,
        brought_by=brought_by,
        customer_code=customer_code or None,
        joined_on=joined_on or clock.local_today(),
    )
    member.save()
    member.refresh_from_db()
    if firm is not None:
        firm = firms.locked(firm.pk)
        owned = firm.members.filter(firm_role=firms.OWNER).exists()
        since = datetime.combine(joined_on, time.min, clock.WARSAW) if joined_on else None
        firms.join(member=member, firm=firm, role=firms.FITTER if owned else firms.OWNER, at=since, actor=actor)
    stamp(person.pk)
    audit.record(action="member.enrolled", object_type="member", object_id=member.pk, actor=actor)
    emit("members.enrolled", {"member": str(member.pk)})
    return member


@transaction.atomic
def enroll_buyer(*, buyer: Buyer, joined_on: date) -> Member:
    """A firm and a member for a buyer that an import found. Without an e-mail the person gets one that cannot receive mail.

    A customer code or an e-mail that belongs to another member here stays that member's: the tax number says who bought.
    Raises DomainError BUYER_UNIDENTIFIED when the buyer has neither NIP, code, e-mail nor phone; BAD_NIP; BAD_EMAIL.
    """
    key = buyer.nip or buyer.customer_code or buyer.email or buyer.phone
    if not key:
        raise DomainError("BUYER_UNIDENTIFIED")
    firm = ensure_firm(nip=buyer.nip, name=buyer.name) if buyer.nip else None
    email = buyer.email
    if not email or (firm and Member.objects.filter(same_address(email)).exclude(firm=firm).exists()):
        email = address_of(key)
    code = buyer.customer_code
    if code and (len(code) > _CODE_LENGTH or Member.objects.filter(customer_code=code).exists()):
        code = None
    phone = (buyer.phone or "")[:_PHONE_LENGTH]
    return enroll(
        person=identity.ensure_person(email=email, phone=phone),
        firm=firm,
        customer_code=code,
        joined_on=joined_on,
        first_name="" if firm else buyer.name[:80],
        last_name="",
        phone=phone,
    )


def address_of(key: str) -> str:
    """An address for whom we know none. RFC 2606: ".invalid" never resolves, so nothing is ever sent there; the member
    claims the account later. The hash keeps keys apart that differ in signs an address cannot hold.
    """
    readable = "".join(ch if ch.isascii() and ch.isalnum() else "-" for ch in key.lower())[:20]
    digest = hashlib.sha256(key.encode("utf-8")).hexdigest()[:10]
    return f"{readable}.{digest}{stand_in_ending()}"


def stand_in_ending() -> str:
    """How the addresses end that this wholesaler makes for people whose address is not known."""
    return f".{tenant_id().hex[:12]}@members.invalid"


@transaction.atomic
def hand_to(*, member: Member, person: Person, actor: UUID) -> None:
    """The member turned out to be this person, who is no member here yet: all that is the member's is theirs from now on.

    The name stays as it is known here. A stand-in for somebody without an address is forgotten. The member is locked.
    """
    one_membership(person.pk)
    before = member.person_id
    member.person_id = person.pk
    # an address that is known here stays: the wholesaler's documents name it
    member.email = member.known_email or person.email
    member.save(update_fields=["person_id", "email"])
    stamp(before)
    stamp(person.pk)
    identity.forget_stand_in(person_id=before, ending=stand_in_ending())
    audit.record(action="member.claimed", object_type="member", object_id=member.pk, actor=actor)


@transaction.atomic
def grant_role(*, person: Person, role: str, actor: UUID | None = None) -> None:
    """Give a person a staff role here; twice changes nothing. Raises DomainError UNKNOWN_ROLE."""
    if role not in StaffRole.Role.values:
        raise DomainError("UNKNOWN_ROLE", field="role", value=role)
    StaffMember.objects.get_or_create(
        person_id=person.pk, defaults={"name": (person.get_full_name() or person.email)[:120], "email": person.email}
    )
    _, made = StaffRole.objects.get_or_create(person_id=person.pk, role=role)
    if made:
        stamp(person.pk)
        audit.record(action="staff.role_granted", object_type="person", object_id=person.pk, actor=actor, role=role)


def stamp(person_id: UUID) -> None:
    """Tell the switcher what the person is here now."""
    network.stamp_passport_roles(wholesaler_id=tenant_id(), person_id=person_id, roles=selectors.roles_of(person_id))
