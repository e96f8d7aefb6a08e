"""Mails in memory, and the outbox run to its end here and now."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import override_settings

from kolektor.identity.services import ensure_person
from kolektor.kernel.outbox import services as outbox
from tenants.members import services as members
from tenants.members.models import Member


@pytest.fixture(autouse=True)
def mails(db: None) -> Iterator[list[EmailMultiAlternatives]]:
    """Every mail that was sent."""
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        yield mail.outbox  # type: ignore[misc]


@pytest.fixture
def enroll() -> Callable[..., Member]:
    """A member with an address; the welcome is out of the way unless `welcome` is asked for."""

    def make(name: str = "jan", *, email: str | None = None, language: str = "pl", welcome: bool = False) -> Member:
        person = ensure_person(email=email or f"{name}@example.com", first_name=name.title(), last_name="Nowak")
        type(person).objects.filter(pk=person.pk).update(language=language)
        member = members.enroll(person=person)
        if not welcome:
            outbox.drain()
            member.messages.all().delete()
            mail.outbox.clear()
        return member

    return make
