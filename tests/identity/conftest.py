"""The hosts call each other without a socket."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from kolektor.kernel import transport
from tests.identity.hosts import LoopTransport


@pytest.fixture
def loop(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(transport, "client", lambda **_: httpx.Client(transport=LoopTransport()))
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()
