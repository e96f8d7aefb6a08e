"""The inbox of webhooks: a genuine message is kept once and tells the outbox; of a forged one only a count is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import structlog
from django.db import transaction
from django.db.models import F

from kolektor.kernel import clock, vault
from kolektor.kernel.outbox.services import emit
from tenants.partners.models import Connection, Health, Webhook

MAX_BYTES: Final = 64 * 1024

log = structlog.get_logger(__name__)


def keep(
    *,
    connection: Connection,
    message_id: str,
    reference: str | None,
    partner_id: str | None,
    sent_at: datetime,
    raw: bytes,
) -> bool:
    """Keep a message whose signature was checked. False when it has been here before: then nothing happens."""
    with transaction.atomic():
        _, new = Webhook.objects.get_or_create(
            connection=connection,
            message_id=message_id[:120],
            defaults={
                "about": (reference or partner_id or "")[:100],
                "body_encrypted": vault.encrypt(raw[:MAX_BYTES].decode("utf-8", "replace")),
                "sent_at": sent_at,
            },
        )
        if new and (reference or partner_id):
            payload = {"connection": str(connection.pk), "reference": reference, "partner_id": partner_id}
            emit("partners.webhook_kept", payload)
    return new


def count_refused(connection: Connection) -> None:
    """A message that is not the partner's, or too old: counted and logged, not kept."""
    Health.objects.get_or_create(connection=connection)
    Health.objects.filter(connection=connection).update(
        refused_webhooks=F("refused_webhooks") + 1, refused_at=clock.now()
    )
    log.warning("webhook.refused", connection=str(connection.pk))
