"""The hosts call each other without a socket."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from django.core import mail
from django.test import override_settings

from kolektor.identity.models import Person
from kolektor.identity.services import ensure_person
from kolektor.kernel import transport
from kolektor.kernel.tenant import tenant_context
from tenants.members import services as members
from tests.identity.hosts import PASSWORD, Browser, LoopTransport
from tests.identity.shop import Shop, registered
from tests.identity.steps import EMAIL


@pytest.fixture
def loop(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(transport, "client", lambda **_: httpx.Client(transport=LoopTransport()))
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def mails(loop: None) -> Iterator[None]:
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        yield


@pytest.fixture
def admin(alfa: Any) -> Person:
    made = ensure_person(email=EMAIL, first_name="Anna", last_name="Lis", password=PASSWORD)
    with tenant_context(alfa):
        members.grant_role(person=made, role="program_admin")
    return made


@pytest.fixture
def shop(alfa: Any, admin: Person) -> Shop:
    return registered(alfa, admin)


@pytest.fixture
def person(alfa: Any) -> Person:
    return ensure_person(email="jan@example.com", first_name="Jan", last_name="Nowak", password=PASSWORD)


@pytest.fixture
def browser(person: Person) -> Browser:
    made = Browser()
    assert made.sign_in().status_code == 200
    return made
