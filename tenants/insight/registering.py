"""Self-registration: somebody with an account asks to join with the tax number of a firm; the wholesaler's staff decide.

Where the program is open, the number of an invoice proves that the firm buys here, and the member is made at once. A tax number
alone proves nothing: anybody can read it in a register, and purchases of that firm are worth points.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from kolektor.audit import services as audit
from kolektor.identity import selectors as identity
from kolektor.identity.models import Person
from kolektor.kernel import clock
from kolektor.kernel.entered import clean_name, clean_reason
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.language import reader_language
from kolektor.kernel.locks import one_at_a_time
from kolektor.kernel.outbox.services import emit
from tenants.members import firms, recruiting, terms
from tenants.members import services as members
from tenants.members.models import Application, Member, TermsAcceptance
from tenants.members.profile import phone_number
from tenants.program import registration
from tenants.program import selectors as program
from tenants.program import terms as program_terms
from tenants.sales.models import SalesDocument

State = Application.State
DECLINED: Final = "insight.application_declined"
# how far back a purchase counts
PROOF_DAYS: Final = 365
# one person's applications within thirty days: an answer says little, many of them would say more
MOST_A_MONTH: Final = 3
LISTED: Final = 200
REASON_LENGTH: Final = 300
_NAME: Final = 80
_FIRM: Final = 255
_NUMBER: Final = 60


@dataclass(frozen=True, slots=True)
class Weighed:
    """An application with what the wholesaler knows: who owns the firm, how many documents of a year, whether the named one is
    among them."""

    row: Application
    owner: str
    documents: int
    proved: bool


@transaction.atomic
def apply(
    *,
    person: Person,
    first_name: str,
    last_name: str,
    nip: str,
    firm_name: str,
    phone: str,
    invoice_number: str,
    confirmed: bool,
    terms_version: int | None,
) -> Application:
    """Ask to join. Accepted at once only where the program is open, the invoice proves the firm, nobody owns it here and nobody
    else asked for it within thirty days.

    Raises DomainError REGISTRATION_CLOSED, ALREADY_MEMBER, ALREADY_APPLIED, TOO_MANY_APPLICATIONS, NAME_MISSING,
    NAME_TOO_LONG, BAD_NIP, BAD_PHONE, CRITERIA_NOT_CONFIRMED, TERMS_CHANGED; nothing is kept then.
    """
    settings = program.settings()
    if settings.registration == registration.Mode.CLOSED:
        raise DomainError("REGISTRATION_CLOSED")
    if Member.objects.filter(person_id=person.pk).exists():
        raise DomainError("ALREADY_MEMBER")
    written = Application(
        person_id=person.pk,
        email=person.email,
        first_name=clean_name(first_name, limit=_NAME, field="firstName"),
        last_name=clean_name(last_name, limit=_NAME, field="lastName"),
        nip=recruiting.clean_nip(nip),
        firm_name=clean_name(firm_name, limit=_FIRM, field="firmName"),
        phone=phone_number(phone),
        invoice_number=" ".join(invoice_number.split())[:_NUMBER],
        criteria=registration.criteria(settings, reader_language()),
        terms_version=_agreed(terms_version),
    )
    if written.criteria and not confirmed:
        raise DomainError("CRITERIA_NOT_CONFIRMED", field="confirmed")
    one_at_a_time(f"application:{person.pk}", f"application:{written.nip}")
    _not_too_often(person)
    written.save(force_insert=True)
    written.refresh_from_db()
    _note("application.sent", written, person.pk)
    if settings.registration == registration.Mode.OPEN:
        weighed = weigh([written])[0]
        if weighed.proved and not weighed.owner and not _tried_before(written):
            return _take_in(written, actor=None)
    return written


def _tried_before(row: Application) -> bool:
    """Whether somebody asked for that firm within thirty days: numbers of invoices can be guessed, so one guess is all."""
    recent = Application.objects.filter(nip=row.nip, created_at__gt=clock.now() - timedelta(days=30))
    return recent.exclude(pk=row.pk).exists()


def _agreed(version: int | None) -> int | None:
    current = program_terms.current()
    if current is not None and version != current.number:
        raise DomainError("TERMS_CHANGED", field="termsVersion")
    return current.number if current else None


def _not_too_often(person: Person) -> None:
    mine = Application.objects.filter(person_id=person.pk)
    if mine.filter(state=State.WAITING).exists():
        raise DomainError("ALREADY_APPLIED")
    if mine.filter(created_at__gt=clock.now() - timedelta(days=30)).count() >= MOST_A_MONTH:
        raise DomainError("TOO_MANY_APPLICATIONS")


def of_person(person: Person) -> Application | None:
    """The person's last application."""
    return Application.objects.filter(person_id=person.pk).order_by("-created_at", "-id").first()


@transaction.atomic
def withdraw(*, person: Person) -> Application:
    """Take one's application back while it waits. Raises NotFound."""
    row = Application.objects.select_for_update().filter(person_id=person.pk, state=State.WAITING).first()
    if row is None:
        raise NotFound("id")
    return _decide(row, State.WITHDRAWN, "application.withdrawn", actor=person.pk)


@transaction.atomic
def accept(*, application_id: UUID, actor: UUID) -> Application:
    """Make the member: the owner of the firm, or its fitter where somebody owns it already. Raises NotFound, DomainError
    APPLICATION_DECIDED, MEMBER_OF_ANOTHER_FIRM."""
    return _take_in(_waiting(application_id), actor=actor)


@transaction.atomic
def decline(*, application_id: UUID, reason: str, actor: UUID) -> Application:
    """Say no, with a reason that the applicant reads. Raises NotFound, DomainError APPLICATION_DECIDED, REASON_MISSING,
    TEXT_TOO_LONG."""
    clean = clean_reason(reason, limit=REASON_LENGTH)
    row = _waiting(application_id)
    row.reason = clean
    decided = _decide(row, State.DECLINED, "application.declined", actor=actor)
    emit(DECLINED, {"application": str(row.pk)})
    return decided


def _waiting(application_id: UUID) -> Application:
    row = Application.objects.select_for_update().filter(pk=application_id).first()
    if row is None:
        raise NotFound("id")
    if row.state != State.WAITING:
        raise DomainError("APPLICATION_DECIDED")
    return row


def _take_in(row: Application, *, actor: UUID | None) -> Application:
    person = identity.person(row.person_id)
    if person is None:
        raise NotFound("id")
    members.one_membership(person.pk)
    firm = firms.locked(members.ensure_firm(nip=row.nip, name=row.firm_name).pk)
    known = Member.objects.filter(person_id=person.pk).first()
    if known is not None and known.firm_id not in (None, firm.pk):
        raise DomainError("MEMBER_OF_ANOTHER_FIRM")
    member = members.enroll(
        person=person,
        firm=firm,
        first_name=row.first_name,
        last_name=row.last_name,
        phone="",
        contact_phone=row.phone,
        path=Member.Path.REGISTRATION,
        actor=actor,
    )
    if member.firm_id is None:
        # became a member while the application waited, without a firm
        role = firms.FITTER if recruiting.owner_of(row.nip) else firms.OWNER
        firms.join(member=member, firm=firm, role=role, actor=actor)
    current = program_terms.current()
    if current is not None and row.terms_version == current.number:
        terms.accept(member=member, version=current.number, channel=TermsAcceptance.Channel.APP, actor=row.person_id)
    row.member = member
    return _decide(row, State.ACCEPTED, "application.accepted", actor=actor)


def _decide(row: Application, state: Application.State, action: str, *, actor: UUID | None) -> Application:
    row.state, row.decided_at, row.decided_by = state, clock.now(), actor
    row.save(update_fields=["state", "decided_at", "decided_by", "reason", "member"])
    _note(action, row, actor)
    return row


def _note(action: str, row: Application, actor: UUID | None) -> None:
    audit.record(
        action=action, object_type="application", object_id=row.pk, actor=actor, firm=row.firm_name, reason=row.reason
    )


# everything that does not wait any more
DECIDED: Final = "decided"


def listed(state: str | None) -> list[Application]:
    """Applications of a state, `DECIDED` or (None) all: the oldest first while they wait, else the youngest."""
    rows = Application.objects.all()
    if state == DECIDED:
        rows = rows.exclude(state=State.WAITING)
    elif state is not None:
        rows = rows.filter(state=state)
    order = ("created_at", "id") if state == State.WAITING else ("-created_at", "-id")
    return list(rows.order_by(*order)[:LISTED])


def weigh(rows: list[Application]) -> list[Weighed]:
    """With what the wholesaler knows of the firms."""
    since = clock.local_today() - timedelta(days=PROOF_DAYS)
    found: dict[str, set[str]] = {}
    nips = {row.nip for row in rows}
    bought = SalesDocument.objects.filter(buyer_nip__in=nips, issue_date__gte=since, reverted_at__isnull=True)
    for nip, number in bought.values_list("buyer_nip", "number"):
        found.setdefault(str(nip), set()).add(_bare(number))
    owners = {
        member.firm.nip: member
        for member in Member.objects.select_related("firm").filter(firm__nip__in=nips, firm_role=firms.OWNER)
        if member.firm
    }
    weighed = []
    for row in rows:
        owner, numbers = owners.get(row.nip), found.get(row.nip, set())
        weighed.append(
            Weighed(
                row=row,
                owner=owner.name if owner else "",
                documents=len(numbers),
                proved=bool(row.invoice_number) and _bare(row.invoice_number) in numbers,
            )
        )
    return weighed


def _bare(number: str) -> str:
    """An invoice's number as it is compared: case and blanks are typed at will."""
    return "".join(number.split()).lower()
