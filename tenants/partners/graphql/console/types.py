"""Partners as the wholesaler sees them. Credentials are in none of these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import graphene

from kolektor.api import timeline
from kolektor.api.kits import CONSOLE, ConsoleTimelineEvent
from kolektor.api.scalars import Money, money
from kolektor.api.schema import Type
from kolektor.audit.selectors import timelines
from kolektor.identity.selectors import names
from tenants.partners import selectors
from tenants.partners.models import Connection


class PartnerCall(Type):
    """One call: nothing secret."""

    class Meta:
        kit = CONSOLE

    at = graphene.DateTime(required=True)
    operation = graphene.String(required=True)
    status = graphene.Int(description="HTTP status; null when no answer came.")
    milliseconds = graphene.Int(required=True)
    request_id = graphene.String(required=True)


class Partner(Type):
    """A connection to a partner and how it does."""

    class Meta:
        kit = CONSOLE

    id = graphene.ID(required=True)
    name = graphene.String(required=True)
    adapter = graphene.String(required=True, description="kolektor_v1, tremendous or pool.")
    enabled = graphene.Boolean(required=True)
    breaker = graphene.String(required=True, description="closed (calls are made) or open (left alone for a moment).")
    failures = graphene.Int(required=True, description="Calls in a row without an answer.")
    balance = graphene.Field(Money, description="What was left of the float when last asked.")
    balance_at = graphene.DateTime()
    low_balance = graphene.Field(Money, description="Warn below this.")
    balance_is_low = graphene.Boolean(required=True)
    sync_state = graphene.String(required=True, description='"" (never), ASKED, DONE, FAILED.')
    sync_at = graphene.DateTime()
    sync_added = graphene.Int()
    sync_changed = graphene.Int()
    sync_gone = graphene.Int()
    refused_webhooks = graphene.Int(required=True)
    webhook_path = graphene.String(description="Where the partner sends its webhooks, on this host; null for a pool.")
    calls = graphene.List(graphene.NonNull(PartnerCall), required=True)
    timeline = graphene.List(graphene.NonNull(ConsoleTimelineEvent), required=True)

    def resolve_calls(self, _info: Any) -> list[PartnerCall]:
        """The last ten, youngest first."""
        return [
            PartnerCall(
                at=row.at,
                operation=row.operation,
                status=row.status,
                milliseconds=row.milliseconds,
                request_id=row.request_id,
            )
            for row in selectors.latest_calls(self.id)
        ]

    def resolve_timeline(self, _info: Any) -> list[dict[str, Any]]:
        """Loaded when asked for."""
        events: list[dict[str, Any]] = self.timeline()
        return events


def partner_types(rows: Sequence[Connection]) -> list[Partner]:
    """Several partners; their timelines come in one query."""
    entries = timeline.shared(lambda: timelines("connection", [row.pk for row in rows]), names=names)
    return [_partner(row, entries(row.pk)) for row in rows]


def _partner(row: Connection, entries: Any) -> Partner:
    health = selectors.health_of(row)
    currency = health.balance_currency or "PLN"
    return Partner(
        id=str(row.pk),
        name=row.name,
        adapter=row.adapter,
        enabled=row.enabled,
        breaker=selectors.breaker_state(health),
        failures=health.failures,
        balance=None if health.balance is None else money(health.balance, currency),
        balance_at=health.balance_at,
        low_balance=None if health.low_balance is None else money(health.low_balance, currency),
        balance_is_low=selectors.balance_is_low(health),
        sync_state=health.sync_state,
        sync_at=health.sync_at,
        sync_added=health.sync_counts.get("added"),
        sync_changed=health.sync_counts.get("changed"),
        sync_gone=health.sync_counts.get("gone"),
        refused_webhooks=health.refused_webhooks,
        webhook_path=None if row.adapter == "pool" else f"/hooks/partners/{row.pk}",
        timeline=entries,
    )
