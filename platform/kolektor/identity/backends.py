"""Who signs in, and who is signed in."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.hashers import get_hasher, make_password

from kolektor.identity.models import Person
from kolektor.identity.sessions import take_loaded
from kolektor.kernel.fields import same_address


@lru_cache(maxsize=1)
def _nobodys_row(_iterations: int) -> list[Any]:
    """A row of the table of people as the database gives it, with a password that nobody knows."""
    values = {"id": UUID(int=0), "email": "nobody@example.invalid", "password": make_password("a password of nobody's")}
    return [values.get(field.attname, "") for field in Person._meta.concrete_fields]


class PersonBackend(AuthenticationBackend):
    """E-mail and password as allauth checks them. The person of a session comes with the session, in one query."""

    def _authenticate_by_email(self, email: str, password: str) -> Any:
        """One look-up as long for nobody as for somebody: allauth's reads by a cursor, which fetches once more for a row."""
        return self._check_password(Person.objects.filter(same_address(email)).first(), password) if email else None

    def _mitigate_timing_attack(self, password: str) -> None:
        """For an address that nobody has: all that is done for somebody who gives a wrong password."""
        names = [field.attname for field in Person._meta.concrete_fields]
        row = _nobodys_row(int(getattr(get_hasher(), "iterations", 0)))
        Person.from_db("default", names, row).check_password(password)

    def get_user(self, user_id: Any) -> Person | None:
        """The person, if active. Django still compares the session's hash with the password's."""
        loaded = take_loaded(user_id)
        if loaded is None:
            person: Person | None = super().get_user(user_id)
            return person
        return loaded if self.user_can_authenticate(loaded) else None
