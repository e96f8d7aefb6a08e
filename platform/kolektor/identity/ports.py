"""What the sign-on asks of the apps above it."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from kolektor.mailing.frame import Face


class HostFaces(Protocol):
    """How a host of ours looks."""

    def face_of(self, host: str) -> Face | None:
        """The face of a wholesaler's host, or None for any other host."""
        ...

    def name_of(self, owner: UUID) -> str:
        """A wholesaler's name by its id; "" for none that is live."""
        ...
