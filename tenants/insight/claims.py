"""Claim what a counter or an import made: whoever can read a code at the address or number that a member has is that member.

A person with an account asks; the code goes out only where there is something to claim, and the answer to the asker is the same
either way.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from kolektor.identity import authentication
from kolektor.identity.models import Person
from kolektor.kernel import clock, vault
from kolektor.kernel.errors import DomainError
from kolektor.kernel.language import reader_language
from kolektor.kernel.locks import one_at_a_time
from kolektor.kernel.outbox.services import emit
from tenants.insight import merging
from tenants.members import counter
from tenants.members import selectors as members
from tenants.members import services as membership
from tenants.members.models import Claim, Member
from tenants.messaging import services as messaging

ASKED: Final = "insight.claim_asked"
CLAIMED: Final = "insight.member_claimed"
MINUTES: Final = 10
MOST_TRIES: Final = 5
# asked for by one person, and of one address or number, within a day: an SMS costs, and rings
MOST_A_DAY: Final = 8
MOST_TO_ONE: Final = 5
RESEND_SECONDS: Final = 30
# has a sentence of its own in the timeline
_CLAIMED_REASON: Final = "claimed"


@transaction.atomic
def ask(*, person: Person, contact: str) -> Claim:
    """Let a code be sent to an address or number. One claim of a person at a time: a new one ends the last.

    Raises DomainError BAD_EMAIL, BAD_PHONE, CONTACT_MISSING, TOO_MANY_ATTEMPTS.
    """
    kind, clean = counter.read_contact(contact)
    one_at_a_time(f"claim:{person.pk}", f"claim:{clean}")
    now = clock.now()
    day = Claim.objects.filter(created_at__gt=now - timedelta(days=1))
    mine = day.filter(person_id=person.pk)
    if (
        mine.filter(created_at__gt=now - timedelta(seconds=RESEND_SECONDS)).exists()
        or mine.count() >= MOST_A_DAY
        or day.filter(contact=clean).count() >= MOST_TO_ONE
    ):
        raise DomainError("TOO_MANY_ATTEMPTS")
    Claim.objects.filter(person_id=person.pk, closed_at__isnull=True).update(closed_at=now)
    code = f"{secrets.randbelow(1_000_000):06d}"
    row = Claim(person_id=person.pk, kind=kind, contact=clean, expires_at=now + timedelta(minutes=MINUTES))
    row.digest = _digest(row, code)
    row.save(force_insert=True)
    row.refresh_from_db()
    emit(ASKED, {"claim": str(row.pk), "code": vault.seal(code), "language": reader_language()})
    return row


def _digest(row: Claim, code: str) -> str:
    said = f"{row.person_id}:{row.contact}:{row.expires_at.timestamp()}:{code}"
    return salted_hmac("kolektor.claim", said, algorithm="sha256").hexdigest()


def on_asked(payload: Mapping[str, Any]) -> None:
    """Handle `insight.claim_asked`: write the code down to be sent, while it is good and there is something to claim."""
    row = Claim.objects.filter(pk=UUID(payload["claim"]), closed_at__isnull=True, expires_at__gt=clock.now()).first()
    found = None if row is None else _claimable(row).first()
    if row is None or found is None:
        return
    messaging.queue_to_guest(
        kind="claim_code",
        # the address that the member has, not what was typed; a number is the same with its country
        address=row.contact if row.kind == Claim.Kind.PHONE else found.email,
        by=row.kind,
        first_name="",
        language=payload["language"],
        params={"code": vault.unseal(payload["code"])},
        dedupe_key=f"claim:{row.pk}",
        path="/",
        until=row.expires_at,
    )


def _claimable(row: Claim) -> QuerySet[Member]:
    """Whom the claim can find: members with that contact who are not the person already. By a number only those whose address
    is not known, for numbers change hands; by an address nobody whose account asks for more than a mailed code.
    """
    present = members.with_contact(row.kind, row.contact).filter(merged_into__isnull=True)
    found = present.exclude(person_id=row.person_id)
    if row.kind == Claim.Kind.PHONE:
        return found.filter(email__endswith=".invalid")
    people = found.values_list("person_id", flat=True)
    return found.exclude(person_id__in=[key for key in people if authentication.has_second_factor(key)])


def confirm(*, person: Person, code: str) -> Member:
    """Show the code: what it was sent for is the person's now, or becomes part of what the person is here already.

    Raises DomainError CODE_REFUSED, whatever is wrong: code, age, one try too many, nothing to claim; MERGE_TWO_FIRMS,
    MERGE_OPEN_ORDERS.
    """
    with transaction.atomic():
        row = Claim.objects.select_for_update().filter(person_id=person.pk, closed_at__isnull=True).first()
        right = (
            row is not None
            and row.tries < MOST_TRIES
            and row.expires_at > clock.now()
            and constant_time_compare(row.digest, _digest(row, "".join(code.split())))
        )
        if row is not None and not right:
            # kept although the answer is a refusal
            Claim.objects.filter(pk=row.pk).update(tries=row.tries + 1)
        if row is not None and right:
            return _take(row, person)
    raise DomainError("CODE_REFUSED", field="code")


def _take(row: Claim, person: Person) -> Member:
    membership.one_membership(person.pk)
    # the person's own among them: two who claim each other's never wait for each other
    wanted = Member.objects.filter(Q(pk__in=_claimable(row).values("pk")) | Q(person_id=person.pk))
    locked = merging.lock(wanted.values_list("pk", flat=True))
    mine = next((member for member in locked if member.person_id == person.pk), None)
    # looked at again under the lock: somebody else may have shown a code for the same
    still = set(_claimable(row).values_list("pk", flat=True))
    found = sorted(
        (member for member in locked if member.pk in still), key=lambda member: (member.created_at, member.pk)
    )
    if not found:
        raise DomainError("CODE_REFUSED", field="code")
    if mine is None:
        mine = found.pop(0)
        membership.hand_to(member=mine, person=person, actor=person.pk)
    for other in found:
        merging.merge(gone_id=other.pk, kept_id=mine.pk, reason=_CLAIMED_REASON, actor=person.pk)
    mine.refresh_from_db()
    if row.kind == Claim.Kind.PHONE and not mine.phone:
        mine.phone = row.contact
        mine.save(update_fields=["phone"])
    row.closed_at = clock.now()
    row.save(update_fields=["closed_at"])
    emit(CLAIMED, {"member": str(mine.pk)})
    return mine
