"""A wholesaler from nothing to live: provisioning, then a first set of settings."""

from __future__ import annotations

from uuid import UUID

from stdnum.pl import nip as nip_number

from kolektor.kernel.errors import DomainError
from kolektor.kernel.tenant import tenant_context
from kolektor.network import provisioning
from kolektor.network.models import Wholesaler
from tenants.program import services
from tenants.program.models import ProgramSettings


def create_wholesaler(*, slug: str, network: str, name: str, nip: str = "", actor: UUID | None = None) -> Wholesaler:
    """Provision and open a wholesaler. Restartable; again on a live one changes nothing.

    Runs as the role `owner`. Raises DomainError BAD_SLUG, SLUG_RESERVED, SLUG_TAKEN, NAME_MISSING, BAD_NIP.
    """
    if nip and not nip_number.is_valid(nip):
        raise DomainError("BAD_NIP", field="nip", value=nip)
    provisioning.migrate_public()
    wholesaler = provisioning.provision(slug=slug, network=network, name=name, actor=actor)
    if not wholesaler.never_opened:
        return wholesaler
    _set_up(wholesaler, nip, actor)
    provisioning.go_live(wholesaler)
    return wholesaler


def prepare_wholesaler(wholesaler: Wholesaler, *, nip: str, actor: UUID | None) -> None:
    """Schema and settings of a wholesaler that was asked for; again changes nothing. Runs as the role `owner`."""
    provisioning.provision(slug=wholesaler.slug, network=wholesaler.network.slug, name=wholesaler.name, actor=actor)
    _set_up(wholesaler, nip, actor)


def open_wholesaler(wholesaler: Wholesaler, *, actor: UUID | None) -> None:
    """Open its host, if nobody did."""
    fresh = Wholesaler.objects.get(pk=wholesaler.pk)
    if fresh.never_opened:
        provisioning.go_live(fresh, actor=actor)


def _set_up(wholesaler: Wholesaler, nip: str, actor: UUID | None) -> None:
    with tenant_context(wholesaler):
        if not ProgramSettings.objects.exists():
            services.set_up(name=wholesaler.name, nip=nip, actor=actor)
