"""The session engine: rows in `public`, each bound to the host that made it."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone
from django.utils.crypto import salted_hmac

from kolektor.identity.models import HostSession, Person
from kolektor.kernel.prepared import Prepared, Slot

SEEN_EVERY = timedelta(minutes=15)

# asked at every request: the session of this host, with its person
_SESSION = Prepared(
    lambda: HostSession.objects.select_related("person").filter(
        session_key=Slot("key"), host=Slot("host"), expire_date__gt=Slot("now")
    )
)

# the person of the session that this thread loaded last, until somebody asks who it is
_loaded: ContextVar[Person | None] = ContextVar("kolektor_session_person", default=None)


def session_name(key: str) -> str:
    """Names a session and opens nothing: for lists, and for the clients that hear of its end."""
    return salted_hmac("kolektor session", key, algorithm="sha256").hexdigest()[:32] if key else ""


def take_loaded(person_id: str) -> Person | None:
    """The person who came with the session that was just loaded, once; None if it is somebody else."""
    person = _loaded.get()
    _loaded.set(None)
    return person if person is not None and str(person.pk) == str(person_id) else None


def _mark_seen(session: HostSession) -> None:
    """Keep when the session was last used, if what is kept is old."""
    now = timezone.now()
    if now - session.last_seen_at >= SEEN_EVERY:
        HostSession.objects.filter(pk=session.pk).update(last_seen_at=now)


class SessionStore(DatabaseStore):
    """A store that only ever sees the sessions of its own host."""

    def __init__(self, session_key: str | None = None, *, host: str = "", agent: str = "") -> None:
        super().__init__(session_key)
        self.host = host
        self.agent = agent

    @classmethod
    def get_model_class(cls) -> Any:
        return HostSession

    def _get_session_from_db(self) -> HostSession | None:
        session = _SESSION.first(key=self.session_key, host=self.host, now=timezone.now())
        if session is None:
            self._session_key = None
        else:
            _mark_seen(session)
        _loaded.set(None if session is None else session.person)
        return session

    def create_model_instance(self, data: dict[str, Any]) -> HostSession:
        row: HostSession = super().create_model_instance(data)  # type: ignore[assignment]
        row.host = self.host
        row.agent = self.agent[:300]
        person = data.get(SESSION_KEY)
        row.person_id = UUID(person) if person else None
        return row
