"""The aggregator's clerk: issues accepted orders when their time comes and delivers signed webhooks."""

from __future__ import annotations

import http.client
import threading
from typing import Any, Final
from urllib.parse import urlsplit

from integrations.sandbox.aggregator_store import Store
from integrations.sandbox.dialects import Dialect

_TICK_SECONDS: Final = 0.1
_TIMEOUT_SECONDS: Final = 5.0


class Clerk(threading.Thread):
    """One background thread. All it has to do is in the store, so a restarted process goes on with it."""

    def __init__(self, store: Store) -> None:
        super().__init__(name="sandbox-clerk", daemon=True)
        self._store = store
        self._stopped = threading.Event()

    def run(self) -> None:
        while not self._stopped.wait(_TICK_SECONDS):
            self._store.settle_due()
            for message in self._store.due_webhooks():
                delivered = message["webhook_url"] is None or deliver(message, self._store.dialect)
                self._store.webhook_tried(message["id"], delivered=delivered, attempts=message["attempts"] + 1)

    def stop(self) -> None:
        self._stopped.set()
        self.join(timeout=_TIMEOUT_SECONDS + 1)


def check_url(url: str) -> None:
    """A sandbox talks to this machine only. Raises ValueError."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != "http" or not (host in ("127.0.0.1", "localhost") or host.endswith(".localhost")):
        raise ValueError("webhooks go to http://127.0.0.1 or *.localhost only")


def deliver(message: dict[str, Any], dialect: Dialect) -> bool:
    """POST one message, signed as the dialect does; anything but 2xx is tried again later."""
    url = urlsplit(message["webhook_url"])
    headers = {
        "Content-Type": "application/json",
        # the name goes into Host only: Python does not resolve *.localhost
        "Host": url.netloc,
        **dialect.signature(message["webhook_secret"], message["message_id"], message["body"]),
    }
    path = f"{url.path or '/'}?{url.query}" if url.query else url.path or "/"
    connection = http.client.HTTPConnection("127.0.0.1", url.port or 80, timeout=_TIMEOUT_SECONDS)
    try:
        connection.request("POST", path, body=message["body"].encode(), headers=headers)
        return 200 <= connection.getresponse().status < 300
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
