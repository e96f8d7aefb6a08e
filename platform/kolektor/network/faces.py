"""How a wholesaler looks to somebody who is not signed in: what is public of it."""

from __future__ import annotations

from uuid import UUID

from kolektor.identity.clients import origin
from kolektor.kernel.tenant import public_context
from kolektor.mailing.frame import Face
from kolektor.network import selectors
from kolektor.network.models import Wholesaler


class PublicFaces:
    """Implements `kolektor.identity.ports.HostFaces`."""

    def face_of(self, host: str) -> Face | None:
        """See the port. A wholesaler that is not live has no face."""
        with public_context():
            found = selectors.live_wholesaler(host=host)
        if found is None:
            return None
        return Face(
            name=found.name,
            url=origin(host),
            primary=found.primary_color,
            logo_text=found.logo_text or found.name[:1].upper(),
            logo_shape=found.logo_shape,
            logo=found.logo,
        )

    def name_of(self, owner: UUID) -> str:
        """See the port."""
        with public_context():
            found = Wholesaler.objects.filter(pk=owner, state__in=selectors.OPEN).values_list("name", flat=True)
            return found.first() or ""
