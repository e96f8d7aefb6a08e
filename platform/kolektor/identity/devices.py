"""Browsers that a person has signed in with before, by a signed cookie of the `id.` host.

Two uses: a mail when a new one signs in, and failed tries counted apart. A stranger who guesses passwords, or asks for codes
until the limit is reached, locks strangers out and never the person, whose own browser has a count of its own.
"""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string, salted_hmac

from kolektor.identity import notices
from kolektor.identity.models import Person

COOKIE: Final = "kolektor_device"
_SALT: Final = "kolektor device"
_LIFE_SECONDS: Final = 2 * 365 * 86400
# a tablet at a counter signs in many; the ones seen last are kept
_MAX_PEOPLE: Final = 12


def bucket(request: HttpRequest, email: str) -> str:
    """What failed tries for this e-mail count under: this browser alone if the person has used it, else all strangers."""
    kept = _read(request)
    return f"known:{kept['id']}" if _tag(email) in kept["people"] else "unknown"


def greet(request: HttpRequest, answer: HttpResponse, person: Person, *, first_ever: bool) -> None:
    """After signing in: remember the browser; a mail if it is new, unless nobody ever signed in to the account before."""
    kept = _read(request)
    tag = _tag(person.email)
    if tag not in kept["people"] and not first_ever:
        notices.tell(person, "new_browser", request)
    people = [tag, *(each for each in kept["people"] if each != tag)][:_MAX_PEOPLE]
    answer.set_cookie(
        COOKIE,
        signing.dumps({"id": kept["id"], "people": people}, salt=_SALT, compress=True),
        max_age=_LIFE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SECURE,
    )


def _tag(email: str) -> str:
    """Names a person in a cookie without saying who it is."""
    return salted_hmac(_SALT, email.lower(), algorithm="sha256").hexdigest()[:16]


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_LIFE_SECONDS)
    except signing.BadSignature:
        found = None
    return found if isinstance(found, dict) else {"id": get_random_string(16), "people": []}
