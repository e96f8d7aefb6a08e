"""Passkeys of the `id.` host (WebAuthn level 2; the relying-party id is that host): adding, taking off, signing in with one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from allauth.account.models import Login
from allauth.core import ratelimit
from allauth.mfa.base.internal.flows import delete_dangling_recovery_codes, post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth, flows
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from kolektor.audit import services as audit
from kolektor.identity import notices, second_factor
from kolektor.identity.models import Person
from kolektor.kernel.errors import DomainError

MAX_NAME: Final = 60
MAX_PASSKEYS: Final = 20


@dataclass(frozen=True, slots=True)
class Passkey:
    """One passkey of a person; times in UTC, `used_at` None if it never was."""

    id: str
    name: str
    made_at: datetime
    used_at: datetime | None


def passkeys_of(person: Person) -> list[Passkey]:
    """The oldest first."""
    rows = Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.WEBAUTHN).order_by("pk")
    return [Passkey(str(row.pk), row.data["name"], row.created_at, row.last_used_at) for row in rows]


def begin_adding(person: Person) -> dict[str, Any]:
    """Options for `navigator.credentials.create`; the session keeps the challenge. Raises DomainError TOO_MANY_PASSKEYS."""
    if len(passkeys_of(person)) >= MAX_PASSKEYS:
        raise DomainError("TOO_MANY_PASSKEYS", limit=MAX_PASSKEYS)
    options: dict[str, Any] = auth.begin_registration(person, passwordless=True)
    return options


def add(request: HttpRequest, person: Person, *, name: str, credential: Any) -> list[str]:
    """Keep a new passkey. Returns recovery codes if they are the first. Raises DomainError PASSKEY_REFUSED, NAME_TOO_LONG."""
    name = name.strip() or "Passkey"
    if len(name) > MAX_NAME:
        raise DomainError("NAME_TOO_LONG", field="name", limit=MAX_NAME)
    try:
        auth.parse_registration_response(credential)
        binding = auth.complete_registration(credential)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise DomainError("PASSKEY_REFUSED") from error
    if not binding.is_user_verified():
        raise DomainError("PASSKEY_REFUSED")
    with transaction.atomic():
        row = auth.WebAuthn.add(person, name, credential).instance
        codes = second_factor.first_recovery_codes(person)
        audit.record(
            action="person.passkey_added", object_type="person", object_id=person.pk, actor=person.pk, passkey=row.pk
        )
        notices.tell(person, "passkey_added", request)
    # making a passkey shows that one holds it and is there
    post_authentication(request, row, reauthenticated=True)
    return codes


def remove(request: HttpRequest, person: Person, *, key: str) -> None:
    """Take one off. Raises DomainError NOT_FOUND for somebody else's and for nonsense."""
    rows = Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.WEBAUTHN)
    with transaction.atomic():
        row = rows.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 18 else None
        if row is None:
            raise DomainError("NOT_FOUND")
        row.delete()
        delete_dangling_recovery_codes(person)
        audit.record(
            action="person.passkey_removed",
            object_type="person",
            object_id=person.pk,
            actor=person.pk,
            passkey=int(key),
        )
        notices.tell(person, "passkey_removed", request)


def begin(request: HttpRequest) -> dict[str, Any]:
    """Options for `navigator.credentials.get`: for who waits with a first factor or is signed in their own keys, else any.

    Raises DomainError TOO_MANY_ATTEMPTS.
    """
    if not ratelimit.consume(request, action="login"):
        raise DomainError("TOO_MANY_ATTEMPTS")
    options: dict[str, Any] = auth.begin_authentication(_known(request))
    return options


def show(request: HttpRequest, *, credential: Any) -> None:
    """Sign in with a passkey, end a sign-in that waits for a second factor, or prove oneself anew.

    Raises DomainError PASSKEY_REFUSED whatever is wrong, TOO_MANY_ATTEMPTS.
    """
    if not ratelimit.consume(request, action="login"):
        raise DomainError("TOO_MANY_ATTEMPTS")
    known = _known(request)
    try:
        auth.parse_authentication_response(credential)
        person = known or auth.extract_user_from_response(credential)
        used = auth.complete_authentication(person, credential)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise DomainError("PASSKEY_REFUSED") from error
    if not person.is_active:
        raise DomainError("PASSKEY_REFUSED")
    if known is not None:
        second_factor.shown(request, used)
        return
    flows.perform_passwordless_login(request, used, Login(user=person))
    if not request.user.is_authenticated:
        raise DomainError("PASSKEY_REFUSED")


def _known(request: HttpRequest) -> Person | None:
    return second_factor.waiting(request) or (request.user if isinstance(request.user, Person) else None)
