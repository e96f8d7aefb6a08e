"""Set connections up; open their credentials for an adapter; log calls."""

from __future__ import annotations

import json
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from kolektor.audit import services as audit
from kolektor.kernel import vault
from tenants.partners.models import Connection, PartnerCall


@transaction.atomic
def connect(
    *, name: str, kind: str, adapter: str, base_url: str, credentials: Mapping[str, str], actor: UUID | None = None
) -> Connection:
    """Make a connection or bring it up to date. The credentials are encrypted before they are written."""
    row, _ = Connection.objects.update_or_create(
        name=name,
        defaults={
            "kind": kind,
            "adapter": adapter,
            "base_url": base_url,
            "credentials": vault.encrypt(json.dumps(dict(credentials))),
        },
    )
    row.refresh_from_db()
    audit.record(action="partner.connected", object_type="connection", object_id=row.pk, actor=actor)
    return row


def credentials(connection: Connection) -> dict[str, str]:
    """The credentials in the clear, for the adapter only. Raises DomainError VAULT_UNREADABLE."""
    opened: dict[str, str] = json.loads(vault.decrypt(connection.credentials))
    return opened


class DatabaseCallLog:
    """Writes each call of one connection to the partner log, in its own transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(self, *, operation: str, request_id: str, status: int | None, milliseconds: int, note: str) -> None:
        PartnerCall.objects.create(
            connection=self._connection,
            operation=operation[:40],
            request_id=request_id[:80],
            status=status,
            milliseconds=milliseconds,
            note=note[:200],
        )
