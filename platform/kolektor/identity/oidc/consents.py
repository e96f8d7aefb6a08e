"""What people let the clients of wholesalers read. Our own hosts ask nobody: they are the same service."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.idp.oidc.models import Client
from django.db import transaction

from kolektor.audit import services as audit
from kolektor.identity.models import ClientConsent, TokenFamily
from kolektor.identity.oidc import families
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError, NotFound


@dataclass(frozen=True, slots=True)
class Allowed:
    """A client that a person lets in: name, scopes, since when (UTC)."""

    client_id: str
    name: str
    scopes: tuple[str, ...]
    given_at: datetime


def covers(*, person_id: UUID, client_id: str, scopes: Iterable[str]) -> bool:
    """Whether the person has allowed all of it already."""
    row = ClientConsent.objects.filter(person_id=person_id, client_id=client_id, withdrawn_at=None).first()
    return row is not None and set(scopes) <= set(row.scopes.split())


@transaction.atomic
def give(*, person_id: UUID, client_id: str, scopes: Iterable[str]) -> None:
    """Allow it. Raises NotFound for no such client, DomainError UNKNOWN_SCOPE."""
    client = Client.objects.filter(pk=client_id, skip_consent=False).first()
    if client is None:
        raise NotFound("client")
    wanted = sorted(set(scopes))
    if not wanted or not set(wanted) <= set(client.get_scopes()):
        raise DomainError("UNKNOWN_SCOPE", field="scopes")
    _withdraw(person_id, client_id)
    ClientConsent.objects.create(person_id=person_id, client_id=client_id, scopes=" ".join(wanted))
    audit.record(
        action="person.client_allowed", object_type="person", object_id=person_id, actor=person_id,
        client=client_id, scopes=wanted,
    )  # fmt: skip


@transaction.atomic
def withdraw(*, person_id: UUID, client_id: str) -> None:
    """No longer allow it: what the client holds ends with it. Raises NotFound."""
    if not _withdraw(person_id, client_id):
        raise NotFound("client")
    for family in TokenFamily.objects.filter(person_id=person_id, client_id=client_id, revoked_at=None):
        families.revoke(family, reason="consent_withdrawn")
    audit.record(
        action="person.client_refused", object_type="person", object_id=person_id, actor=person_id, client=client_id
    )


def _withdraw(person_id: UUID, client_id: str) -> int:
    rows = ClientConsent.objects.filter(person_id=person_id, client_id=client_id, withdrawn_at=None)
    return rows.update(withdrawn_at=clock.now())


def allowed_by(person_id: UUID) -> list[Allowed]:
    """The clients that the person lets in, the latest first."""
    rows = ClientConsent.objects.filter(person_id=person_id, withdrawn_at=None).select_related("client")
    return [
        Allowed(row.client_id, row.client.name, tuple(row.scopes.split()), row.given_at)
        for row in rows.order_by("-given_at")
    ]
