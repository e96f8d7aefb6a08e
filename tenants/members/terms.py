"""Who agreed to which version of the program's terms. Nobody spends points before agreeing to the one in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count

from kolektor.audit import services as audit
from kolektor.kernel.errors import DomainError
from tenants.members.models import Member, TermsAcceptance
from tenants.program import terms as program
from tenants.program.models import Terms

# asked at every order: one statement, without the text
_MISSING: Final = """
SELECT EXISTS (
  SELECT 1 FROM (SELECT max(number) AS number FROM program_terms) current
  WHERE current.number IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM members_termsacceptance WHERE member_id = %s AND version = current.number
  )
)
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """The version in force, and when the member agreed to it (UTC; None: not yet)."""

    terms: Terms
    accepted_at: datetime | None


def standing(member_id: UUID) -> Standing | None:
    """How the member stands; None while the program has published no terms."""
    terms = program.current()
    if terms is None:
        return None
    row = TermsAcceptance.objects.filter(member_id=member_id, version=terms.number).first()
    return Standing(terms, row.at if row else None)


def require_accepted(member_id: UUID) -> None:
    """Before points are spent. Raises DomainError TERMS_NOT_ACCEPTED."""
    with connection.cursor() as cursor:
        cursor.execute(_MISSING, [member_id])
        (missing,) = cursor.fetchone()
    if missing:
        raise DomainError("TERMS_NOT_ACCEPTED")


@transaction.atomic
def accept(*, member: Member, version: int, channel: str, actor: UUID | None) -> Standing:
    """Agree to the version in force; twice changes nothing. Raises DomainError TERMS_CHANGED for any other version."""
    terms = program.current()
    if terms is None or version != terms.number:
        raise DomainError("TERMS_CHANGED")
    row, made = TermsAcceptance.objects.get_or_create(
        member=member, version=version, defaults={"channel": channel, "actor": actor}
    )
    if made:
        row.refresh_from_db()
        audit.record(
            action="member.terms_accepted", object_type="member", object_id=member.pk, actor=actor, version=version
        )
    return Standing(terms, row.at)


def accepted_counts() -> dict[int, int]:
    """How many members agreed, by version."""
    rows = TermsAcceptance.objects.values("version").annotate(count=Count("id")).values_list("version", "count")
    return dict(rows)
