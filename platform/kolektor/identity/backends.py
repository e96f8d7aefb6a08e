"""Who signs in, and who is signed in."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from kolektor.identity.models import Person
from kolektor.identity.sessions import take_loaded


class PersonBackend(AuthenticationBackend):
    """E-mail and password as allauth checks them. The person of a session comes with the session, in one query."""

    def get_user(self, user_id: Any) -> Person | None:
        """The person, if active. Django still compares the session's hash with the password's."""
        loaded = take_loaded(user_id)
        if loaded is None:
            person: Person | None = super().get_user(user_id)
            return person
        return loaded if self.user_can_authenticate(loaded) else None
