"""Proving anew who one is, before many points are spent at once."""

from __future__ import annotations

from datetime import datetime

from kolektor.identity.authentication import is_fresh
from kolektor.kernel.errors import DomainError
from kolektor.kernel.points import Points
from tenants.program import selectors


def require_proof(*, points: Points, proved_at: datetime | None) -> None:
    """`proved_at`: when the person last proved who they are (UTC; None for unknown).

    Raises DomainError REAUTHENTICATION_REQUIRED when the points are above the program's limit and that is too long ago.
    """
    limit = selectors.settings().confirm_above
    if limit is not None and points > Points.parse(str(limit)) and not is_fresh(proved_at):
        raise DomainError("REAUTHENTICATION_REQUIRED")
