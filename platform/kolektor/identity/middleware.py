"""Sessions bound to hosts."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest

from kolektor.identity.sessions import SessionStore


class HostBoundSessions(SessionMiddleware):
    """Loads the session for the request's host; a key from another host is as if there were none."""

    def process_request(self, request: HttpRequest) -> None:
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        host = request.get_host().split(":")[0].lower()
        request.session = SessionStore(key, host=host, agent=request.headers.get("User-Agent", ""))
