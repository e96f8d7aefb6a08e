"""What people type into forms, cleaned or refused: names and addresses of e-mail."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from kolektor.kernel.errors import DomainError

# RFC 5321, section 4.5.3.1.3: a path of 256 octets, with its two angle brackets
MAX_EMAIL: Final = 254


def clean_name(text: str, *, limit: int, field: str = "name") -> str:
    """A name with single spaces. Raises DomainError `NAME_MISSING` or `NAME_TOO_LONG` for more than `limit` signs."""
    clean = " ".join(text.split())
    if not clean:
        raise DomainError("NAME_MISSING", field=field)
    if len(clean) > limit:
        raise DomainError("NAME_TOO_LONG", field=field, limit=limit)
    return clean


def clean_reason(text: str, *, limit: int) -> str:
    """Why something was done, with single spaces. Raises DomainError `REASON_MISSING`, `TEXT_TOO_LONG`."""
    clean = " ".join(text.split())
    if not clean:
        raise DomainError("REASON_MISSING", field="reason")
    if len(clean) > limit:
        raise DomainError("TEXT_TOO_LONG", field="reason", length=limit)
    return clean


def clean_email(text: str, *, field: str) -> str:
    """An address that mail can be sent to, its case as typed. Raises DomainError `BAD_EMAIL`, also for an empty one.

    ASCII only: PostgreSQL and people take some other letters for these (ı, ſ), and such an address would be found as another's.
    """
    clean = text.strip()
    if not clean.isascii():
        raise DomainError("BAD_EMAIL", field=field)
    try:
        validate_email(clean)
    except ValidationError as error:
        raise DomainError("BAD_EMAIL", field=field) from error
    if len(clean) > MAX_EMAIL:
        raise DomainError("BAD_EMAIL", field=field)
    return clean
