"""Deeds on people and sessions."""

from __future__ import annotations

from uuid import UUID

from allauth.idp.oidc.models import Token
from django.db import IntegrityError, transaction

from kolektor.audit import services as audit
from kolektor.identity import selectors
from kolektor.identity.models import HostSession, Person
from kolektor.identity.oidc import logout
from kolektor.kernel.entered import clean_email
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.fields import same_address
from kolektor.kernel.tenant import public_context

LANGUAGES = ("pl", "en")


def ensure_person(
    *, email: str, first_name: str = "", last_name: str = "", phone: str = "", password: str | None = None
) -> Person:
    """The person of that e-mail, made if missing. What is already known of a person is never overwritten from outside.

    Raises DomainError BAD_EMAIL.
    """
    email = clean_email(email, field="email")
    with public_context():
        known = Person.objects.filter(same_address(email)).first()
        if known is not None:
            return known
        try:
            with transaction.atomic():
                person = Person.objects.create_user(
                    email, password, first_name=first_name, last_name=last_name, phone=phone
                )
                audit.record(action="person.created", object_type="person", object_id=person.pk)
        except IntegrityError:  # somebody else made the same person at the same moment
            return Person.objects.get(same_address(email))
    return person


def set_language(*, person_id: UUID, language: str) -> None:
    """Keep the reader's language. Raises DomainError UNKNOWN_LANGUAGE."""
    if language not in LANGUAGES:
        raise DomainError("UNKNOWN_LANGUAGE", field="language", value=language)
    with public_context():
        Person.objects.filter(pk=person_id).update(language=language)


def introduce(*, person_id: UUID, first_name: str, last_name: str) -> None:
    """Take a person's own word for their name where none is known yet; a known name stays."""
    with public_context():
        nameless = Person.objects.filter(pk=person_id, first_name="", last_name="")
        nameless.update(first_name=first_name[:80], last_name=last_name[:80])


def forget_stand_in(*, person_id: UUID, ending: str) -> bool:
    """Delete a person who only stood for somebody without an address and never signed in. Says whether it did. `ending`: of the
    addresses that the caller makes for such people, and nobody else.
    """
    with public_context(), transaction.atomic():
        found = Person.objects.filter(pk=person_id, email__endswith=ending, last_login__isnull=True)
        if not found.exists():
            return False
        found.delete()
        audit.record(action="person.stand_in_forgotten", object_type="person", object_id=person_id)
    return True


def revoke_session(*, person_id: UUID, session_id: str) -> None:
    """End one session of the person. Raises NotFound for a session of somebody else, and for nonsense."""
    found = next((row for row in selectors.sessions_of(person_id, present="") if row.id == session_id), None)
    if found is None:
        raise NotFound("id")
    with public_context(), transaction.atomic():
        HostSession.objects.filter(session_key=found.key, person_id=person_id).delete()
        logout.ended(person_id=person_id, session=found.id)
        audit.record(
            action="person.session_revoked", object_type="person", object_id=person_id, actor=person_id, host=found.host
        )


def sign_out_everywhere(*, person_id: UUID) -> int:
    """End every session of the person, at every host, and every token given for one. Returns how many sessions."""
    with public_context(), transaction.atomic():
        logout.ended(person_id=person_id)
        Token.objects.filter(user_id=person_id).delete()
        count, _ = HostSession.objects.filter(person_id=person_id).delete()
        audit.record(action="person.signed_out_everywhere", object_type="person", object_id=person_id, count=count)
    return count
