"""Fixtures of claims and merging."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.test import override_settings

from kolektor.identity.models import Person
from kolektor.identity.services import ensure_person


@pytest.fixture
def jan(in_alfa: Any) -> Iterator[Person]:
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend", DEVELOPMENT_OUTBOX=True):
        mail.outbox = []
        yield ensure_person(email="jan@example.com", first_name="Jan", last_name="Nowak")
