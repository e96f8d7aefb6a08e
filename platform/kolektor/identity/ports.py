"""What the sign-on asks of the apps above it."""

from __future__ import annotations

from typing import Protocol

from kolektor.mailing.frame import Face


class HostFaces(Protocol):
    """How a host of ours looks."""

    def face_of(self, host: str) -> Face | None:
        """The face of a wholesaler's host, or None for any other host."""
        ...
