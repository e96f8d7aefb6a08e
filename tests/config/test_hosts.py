"""A web process may be a moment behind a change of a wholesaler, and no longer than it was told."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, override_settings

from kolektor.config import hosts
from kolektor.network.models import Wholesaler

HOST = "alfa.kolektor.localhost"


@pytest.fixture(autouse=True)
def forget(alfa: Any) -> Any:
    hosts._known.clear()
    yield
    hosts._known.clear()


def status() -> int:
    return Client(HTTP_HOST=HOST).get("/brand.css").status_code


def close(wholesaler: Any) -> None:
    Wholesaler.objects.filter(pk=wholesaler.pk).update(state=Wholesaler.State.PROVISIONED)


def test_a_change_is_seen_after_the_set_time(alfa: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(hosts, "monotonic", lambda: clock[0])
    with override_settings(HOST_CACHE_SECONDS=1):
        assert status() == 200
        close(alfa)
        clock[0] += 0.99
        assert status() == 200
        clock[0] += 0.02
        assert status() == 404


def test_without_it_at_once(alfa: Any) -> None:
    with override_settings(HOST_CACHE_SECONDS=0):
        assert status() == 200
        close(alfa)
        assert status() == 404


def test_an_unknown_host_is_never_kept(alfa: Any) -> None:
    with override_settings(HOST_CACHE_SECONDS=60):
        assert Client(HTTP_HOST="nobody.kolektor.localhost").get("/").status_code == 404
        assert hosts._known == {}
