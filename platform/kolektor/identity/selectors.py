"""Reads of people."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from kolektor.identity.models import Person
from kolektor.kernel.tenant import public_context


def names(person_ids: Iterable[UUID]) -> dict[str, str]:
    """First and last name by person id. The caller answers for who may read them."""
    with public_context():
        rows = Person.objects.filter(pk__in=set(person_ids)).values_list("pk", "first_name", "last_name")
        return {str(pk): f"{first} {last}".strip() for pk, first, last in rows}
