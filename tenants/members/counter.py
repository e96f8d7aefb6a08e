"""The counter: a clerk types an address or a number, the customer is a member. No card, no form.

The clerk's answer comes before anybody looks for the person: a worker does that, within a second, so that neither the answer
nor its time says whether the address is known at another wholesaler.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from kolektor.identity import services as identity
from kolektor.kernel import clock
from kolektor.kernel.entered import clean_email
from kolektor.kernel.errors import DomainError
from kolektor.kernel.locks import one_at_a_time
from kolektor.kernel.outbox.services import emit
from kolektor.mailing.channels import can_receive_mail
from tenants.members import selectors, services
from tenants.members.models import CounterEntry, Member
from tenants.members.profile import phone_number

ENTERED: Final = "members.counter_entered"
# what one clerk may enter in a day: a mistake in the other direction than a busy Saturday
MOST_A_DAY: Final = 500
SHOWN: Final = 20

Kind = CounterEntry.Kind


@transaction.atomic
def enter(*, contact: str, actor: UUID) -> CounterEntry:
    """Make a member of an address or a phone number (without a country: a Polish one). Somebody who is a member here already
    stays as they are: then `known` is true.

    Raises DomainError BAD_EMAIL, BAD_PHONE, CONTACT_MISSING, TOO_MANY_A_DAY.
    """
    kind, clean = read_contact(contact)
    one_at_a_time(f"counter:{actor}")
    if (
        CounterEntry.objects.filter(entered_by=actor, created_at__gt=clock.now() - timedelta(days=1)).count()
        >= MOST_A_DAY
    ):
        raise DomainError("TOO_MANY_A_DAY", field="contact")
    known = selectors.known_by(kind, clean)
    row = CounterEntry(kind=kind, contact=clean, entered_by=actor, known=known is not None, member=known)
    row.save(force_insert=True)
    row.refresh_from_db()
    if known is None:
        emit(ENTERED, {"entry": str(row.pk)})
    return row


def read_contact(text: str, *, field: str = "contact") -> tuple[str, str]:
    """Kind and clean form of what was typed: with an @ it is an address.

    Raises DomainError BAD_EMAIL, BAD_PHONE, CONTACT_MISSING.
    """
    if not text.strip():
        raise DomainError("CONTACT_MISSING", field=field)
    if "@" in text:
        address = clean_email(text, field=field).lower()
        if not can_receive_mail(address):
            raise DomainError("BAD_EMAIL", field=field)
        return Kind.EMAIL, address
    if any(sign.isalpha() for sign in text):
        raise DomainError("BAD_EMAIL", field=field)
    try:
        return Kind.PHONE, phone_number(text)
    except DomainError as error:
        raise DomainError("BAD_PHONE", field=field) from error


def on_entered(payload: Mapping[str, Any]) -> None:
    """Handle `members.counter_entered`: find or make the person, and the member."""
    row = CounterEntry.objects.select_for_update().get(pk=UUID(payload["entry"]))
    if row.member_id is not None:
        return
    # the same typed twice, one after the other
    member = selectors.known_by(row.kind, row.contact)
    if member is None:
        phone = row.contact if row.kind == Kind.PHONE else ""
        email = services.address_of(row.contact) if phone else row.contact
        # what a person is called elsewhere is nobody's business here
        member = services.enroll(
            person=identity.ensure_person(email=email),
            first_name="",
            last_name="",
            phone=phone,
            path=Member.Path.COUNTER,
            brought_by=row.entered_by,
            actor=row.entered_by,
        )
    row.member = member
    row.save(update_fields=["member"])


def entries_of(clerk: UUID) -> list[CounterEntry]:
    """What the clerk entered last, the youngest first."""
    return list(CounterEntry.objects.filter(entered_by=clerk).order_by("-created_at", "-id")[:SHOWN])
