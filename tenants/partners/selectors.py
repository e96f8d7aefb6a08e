"""Reads of connections: how they do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal
from uuid import UUID

from django.db.models import QuerySet

from kolektor.kernel import clock
from tenants.partners.models import Connection, Health, PartnerCall

LATEST_CALLS: Final = 10

BreakerState = Literal["closed", "open"]


def connections() -> QuerySet[Connection]:
    """All partners of this wholesaler, by name, with their health."""
    return Connection.objects.select_related("health").order_by("name")


def latest_calls(connection_id: UUID) -> Sequence[PartnerCall]:
    """The last ten calls to a partner, youngest first."""
    return list(PartnerCall.objects.filter(connection_id=connection_id).order_by("-id")[:LATEST_CALLS])


def health_of(connection: Connection) -> Health:
    """How a connection does; of one that was never called, that nothing is known."""
    found: Health | None = getattr(connection, "health", None)
    return found or Health(connection=connection)


def breaker_state(health: Health) -> BreakerState:
    """Whether the partner is left alone just now."""
    return "open" if health.open_until is not None and health.open_until > clock.now() else "closed"


def balance_is_low(health: Health) -> bool:
    """Whether the last balance that we know of is below the limit that somebody set."""
    return health.balance is not None and health.low_balance is not None and health.balance < health.low_balance
