"""Reads of people and their sessions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.utils import timezone

from kolektor.identity.agents import browser_and_system
from kolektor.identity.clients import id_host
from kolektor.identity.models import HostSession, Person
from kolektor.identity.sessions import session_name
from kolektor.kernel.tenant import public_context


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session. `id` names it and opens nothing; `kind` is "sso", "network" or "wholesaler"; times in UTC."""

    id: str
    key: str
    host: str
    kind: str
    browser: str
    system: str
    started_at: datetime
    last_seen_at: datetime
    present: bool


@dataclass(frozen=True, slots=True)
class Factors:
    """A person's second factors: since when an app (UTC; None without), how many recovery codes are left."""

    app_since: datetime | None
    recovery_codes: int


def factors_of(person: Person) -> Factors:
    """What the person can show besides a password or a mailed code; for passkeys see `passkeys.passkeys_of`."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    rows = {row.type: row for row in Authenticator.objects.filter(user_id=person.pk, type__in=kinds)}
    app = rows.get(Authenticator.Type.TOTP)
    codes = rows.get(Authenticator.Type.RECOVERY_CODES)
    return Factors(
        app_since=app.created_at if app else None,
        recovery_codes=len(codes.wrap().get_unused_codes()) if codes else 0,
    )


def person(person_id: UUID) -> Person | None:
    """A person who may sign in."""
    with public_context():
        return Person.objects.filter(pk=person_id, is_active=True).first()


def names(person_ids: Iterable[UUID]) -> dict[str, str]:
    """First and last name by person id. The caller answers for who may read them."""
    with public_context():
        rows = Person.objects.filter(pk__in=set(person_ids)).values_list("pk", "first_name", "last_name")
        return {str(pk): f"{first} {last}".strip() for pk, first, last in rows}


def language_of(person_id: UUID) -> str:
    """The language a person reads; Polish for somebody unknown."""
    with public_context():
        return Person.objects.filter(pk=person_id).values_list("language", flat=True).first() or "pl"


def sessions_of(person_id: UUID, *, present: str) -> list[SessionRow]:
    """The person's live sessions at every host, the last used first. `present` is the key of the session that asks.

    The caller answers for where this is shown: on the `id.` host only.
    """
    with public_context():
        rows = HostSession.objects.filter(person_id=person_id, expire_date__gt=timezone.now())
        return [_session(row, present) for row in rows.order_by("-last_seen_at", "-created_at")]


def _session(row: HostSession, present: str) -> SessionRow:
    browser, system = browser_and_system(row.agent)
    kind = "sso" if row.host == id_host() else "network" if row.host.startswith("hq.") else "wholesaler"
    return SessionRow(
        id=session_name(row.session_key),
        key=row.session_key,
        host=row.host,
        kind=kind,
        browser=browser,
        system=system,
        started_at=row.created_at,
        last_seen_at=row.last_seen_at,
        present=row.session_key == present,
    )
