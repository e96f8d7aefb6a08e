"""The session engine: rows in `public`, each bound to the host that made it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from kolektor.identity.models import HostSession


class SessionStore(DatabaseStore):
    """A store that only ever sees the sessions of its own host."""

    def __init__(self, session_key: str | None = None, *, host: str = "") -> None:
        super().__init__(session_key)
        self.host = host

    @classmethod
    def get_model_class(cls) -> Any:
        return HostSession

    def _get_session_from_db(self) -> HostSession | None:
        session = super()._get_session_from_db()  # type: ignore[misc]
        if session is not None and session.host != self.host:
            self._session_key = None
            return None
        return session  # type: ignore[no-any-return]

    def create_model_instance(self, data: dict[str, Any]) -> HostSession:
        row: HostSession = super().create_model_instance(data)  # type: ignore[assignment]
        row.host = self.host
        person = data.get(SESSION_KEY)
        row.person_id = UUID(person) if person else None
        return row
