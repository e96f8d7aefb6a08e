"""Choosing a password. Who has none signs in by a mailed code or a passkey."""

from __future__ import annotations

from typing import Final

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from kolektor.audit import services as audit
from kolektor.identity import notices
from kolektor.identity.models import Person
from kolektor.identity.oidc import logout
from kolektor.kernel.errors import DomainError

MAX_PASSWORD: Final = 200
_REASONS: Final = {
    "password_too_short": "PASSWORD_TOO_SHORT",
    "password_too_common": "PASSWORD_TOO_COMMON",
    "password_too_similar": "PASSWORD_TOO_SIMILAR",
}


def choose(request: HttpRequest, person: Person, *, password: str) -> None:
    """Set or change the password; every other session of the person ends, at every host.

    Any sign and spaces are allowed, nothing is demanded of their kinds (NIST SP 800-63B, section 3.1.1.2).
    Raises DomainError PASSWORD_TOO_SHORT, PASSWORD_TOO_COMMON, PASSWORD_TOO_SIMILAR, PASSWORD_TOO_LONG.
    """
    if len(password) > MAX_PASSWORD:
        raise DomainError("PASSWORD_TOO_LONG", field="password", limit=MAX_PASSWORD)
    try:
        validate_password(password, person)
    except ValidationError as error:
        code = next(iter(error.error_list)).code or ""
        raise DomainError(_REASONS.get(code, "PASSWORD_TOO_COMMON"), field="password") from error
    with transaction.atomic():
        person.set_password(password)
        person.save(update_fields=["password"])
        audit.record(action="person.password_set", object_type="person", object_id=person.pk, actor=person.pk)
        notices.tell(person, "password_set", request)
        logout.ended(person_id=person.pk)
    update_session_auth_hash(request, person)
