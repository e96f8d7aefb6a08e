"""Rows of headquarters: the life of wholesalers. They name wholesalers of the network `proba`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kolektor.network.models import Wholesaler

OPENING = {
    "slug": "delta", "name": "Delta", "nip": "", "adminName": "Anna Delta", "adminEmail": "anna@delta.example",
}  # fmt: skip


def wholesaler_in(state: str, slug: str = "alfa") -> str:
    """Alfa (or another) in that state."""
    Wholesaler.objects.filter(slug=slug).update(state=state)
    return str(Wholesaler.objects.get(slug=slug).pk)


NETWORK: dict[str, Callable[[Any], dict[str, Any]]] = {
    "wholesalers": lambda _: {},
    "wholesalersTimeline": lambda _: {},
    "openWholesaler": lambda _: {"input": OPENING},
    "suspendWholesaler": lambda _: {"input": {"id": wholesaler_in("live"), "reason": "Na próbę"}},
    "resumeWholesaler": lambda _: {"input": {"id": wholesaler_in("suspended")}},
    "withdrawWholesaler": lambda _: {"input": {"id": wholesaler_in("provisioned")}},
    "closeWholesaler": lambda _: {"input": {"id": wholesaler_in("suspended"), "slug": "alfa", "reason": "Na próbę"}},
}
