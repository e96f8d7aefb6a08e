"""What a person is called towards a client: pairwise by wholesaler (OpenID Connect Core, section 8.1)."""

from __future__ import annotations

from uuid import UUID

from kolektor.identity.models import OutsideClient, Person, Subject
from kolektor.kernel.tenant import public_context


def owner_of(client_id: str) -> UUID | None:
    """The wholesaler whose client it is; None for one of our own hosts."""
    return OutsideClient.objects.filter(client_id=client_id).values_list("owner", flat=True).first()


def subject(*, client_id: str, person_id: UUID) -> str:
    """The person's id at our own hosts; another name at each wholesaler's clients, always the same there."""
    with public_context():
        owner = owner_of(client_id)
        if owner is None:
            return str(person_id)
        Subject.objects.bulk_create([Subject(person_id=person_id, owner=owner)], ignore_conflicts=True)
        return str(Subject.objects.values_list("sub", flat=True).get(person_id=person_id, owner=owner))


def person_of(*, client_id: str, sub: str) -> Person | None:
    """Whom a client means by a subject; None for anything else."""
    try:
        key = UUID(sub)
    except ValueError:
        return None
    with public_context():
        owner = owner_of(client_id)
        people = Person.objects.filter(is_active=True)
        if owner is None:
            return people.filter(pk=key).first()
        return people.filter(subjects__owner=owner, subjects__sub=key).first()
