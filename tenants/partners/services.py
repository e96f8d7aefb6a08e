"""Set connections up; open their credentials for an adapter; log calls."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import transaction

from kolektor.audit import services as audit
from kolektor.kernel import clock, vault
from kolektor.kernel.errors import DomainError, NotFound
from tenants.partners import breaker
from tenants.partners.models import Connection, Health, PartnerCall

MAX_BALANCE: Final = Decimal(1_000_000_000)


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
    Health.objects.get_or_create(connection=row)
    audit.record(action="partner.connected", object_type="connection", object_id=row.pk, actor=actor)
    return row


def credentials(connection: Connection) -> dict[str, str]:
    """The credentials in the clear, for the adapter only. Raises DomainError VAULT_UNREADABLE."""
    opened: dict[str, str] = json.loads(vault.decrypt(connection.credentials))
    return opened


@transaction.atomic
def set_enabled(*, connection_id: UUID, enabled: bool, actor: UUID | None = None) -> Connection:
    """Pause or resume a partner. Orders of a paused one wait with their points held. Raises NotFound."""
    row = Connection.objects.select_for_update().filter(pk=connection_id).first()
    if row is None:
        raise NotFound("connectionId")
    if row.enabled != enabled:
        row.enabled = enabled
        row.save(update_fields=["enabled"])
        action = "partner.resumed" if enabled else "partner.paused"
        audit.record(action=action, object_type="connection", object_id=row.pk, actor=actor)
    return row


@transaction.atomic
def set_low_balance(*, connection_id: UUID, limit: Decimal | None, actor: UUID | None = None) -> Connection:
    """Warn at the console once the balance is below `limit` (in its currency); None never warns. Raises NotFound, DomainError."""
    if limit is not None and (not limit.is_finite() or not 0 < limit <= MAX_BALANCE):
        raise DomainError("AMOUNT_NOT_POSITIVE", field="limit")
    row = Connection.objects.filter(pk=connection_id).first()
    if row is None:
        raise NotFound("connectionId")
    health, _ = Health.objects.get_or_create(connection=row)
    if health.low_balance != limit:
        health.low_balance = limit
        health.save(update_fields=["low_balance"])
        shown = "" if limit is None else f"{limit:.2f}"
        audit.record(
            action="partner.low_balance_set", object_type="connection", object_id=row.pk, actor=actor, limit=shown
        )
    return row


def note_balance(connection: Connection, amount: Decimal, currency: str) -> None:
    """Keep what the partner said is left of the float."""
    Health.objects.update_or_create(
        connection=connection,
        defaults={"balance": amount, "balance_currency": currency[:3], "balance_at": clock.now()},
    )


class DatabaseCallLog:
    """Writes each call of one connection to the partner log, in its own transaction, and tells the breaker how it went."""

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
        breaker.note(self._connection.pk, answered=status is not None and status < 500)
