"""The wholesaler's own shops and apps that sign people in through the sign-on: each change is in the program's timeline."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from kolektor.audit import services as audit
from kolektor.identity.oidc import outside_clients as identity
from kolektor.identity.oidc.outside_clients import ClientFacts, Registered
from kolektor.kernel.tenant import tenant_id


def clients() -> list[ClientFacts]:
    """Of the wholesaler in force, the oldest first."""
    return identity.clients_of(tenant_id())


@transaction.atomic
def register(*, name: str, kind: str, redirect_uris: Sequence[str], logout_uri: str, actor: UUID) -> Registered:
    """Make a client. Raises as `identity.register`."""
    made = identity.register(
        owner=tenant_id(), name=name, kind=kind, redirect_uris=redirect_uris, logout_uri=logout_uri
    )
    _note("program.client_registered", made.client, actor)
    return made


@transaction.atomic
def change(*, client_id: str, name: str, redirect_uris: Sequence[str], logout_uri: str, actor: UUID) -> ClientFacts:
    """Change name and addresses. Raises as `identity.change`."""
    changed = identity.change(
        owner=tenant_id(), client_id=client_id, name=name, redirect_uris=redirect_uris, logout_uri=logout_uri
    )
    _note("program.client_changed", changed, actor)
    return changed


@transaction.atomic
def renew_secret(*, client_id: str, actor: UUID) -> Registered:
    """A new secret; the old one is void at once. Raises as `identity.renew_secret`."""
    renewed = identity.renew_secret(owner=tenant_id(), client_id=client_id)
    _note("program.client_secret_renewed", renewed.client, actor)
    return renewed


@transaction.atomic
def remove(*, client_id: str, actor: UUID) -> None:
    """Remove it; whoever signed in through it is asked anew. Raises NotFound."""
    _note("program.client_removed", identity.remove(owner=tenant_id(), client_id=client_id), actor)


def _note(action: str, client: ClientFacts, actor: UUID) -> None:
    audit.record(action=action, object_type="program", object_id=1, actor=actor, client=client.id, name=client.name)
