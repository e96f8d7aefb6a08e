"""The uploaded logo: kept in object storage under the wholesaler's prefix, named by its content."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from kolektor.audit import services as audit
from kolektor.kernel import picture_files, pictures
from kolektor.kernel.tenant import require_tenant, tenant_context
from kolektor.network.logos import FILES
from tenants.program import selectors
from tenants.program.models import Branding
from tenants.program.services import locked, publish


def put(*, content: bytes, actor: UUID) -> Branding:
    """Show the uploaded logo in place of the one before, here and on the network's own pages, at once.

    Locks the settings. Raises DomainError PROGRAM_NOT_SET_UP, and as `pictures.prepare`; nothing is changed then.
    """
    made = pictures.prepare(content, widths=FILES.widths, lossless=True)
    with transaction.atomic():
        row = locked()
        branding = selectors.branding()
        if branding.logo != made.digest:
            # files first: a row never names a logo that is not there
            FILES.store(made)
            _change(branding, made.digest, action="branding.logo_set", actor=actor)
            publish(row, branding)
    return branding


@transaction.atomic
def remove(*, actor: UUID) -> Branding:
    """Go back to the drawn logo; without an uploaded one nothing changes. Raises DomainError PROGRAM_NOT_SET_UP."""
    row = locked()
    branding = selectors.branding()
    if branding.logo:
        _change(branding, "", action="branding.logo_removed", actor=actor)
        publish(row, branding)
    return branding


def _change(branding: Branding, digest: str, *, action: str, actor: UUID) -> None:
    before = branding.logo
    branding.logo = digest
    branding.save(update_fields=["logo"])
    audit.record(action=action, object_type="program", object_id=1, actor=actor, logo=digest or before)
    if before:
        wholesaler = require_tenant()
        transaction.on_commit(lambda: _drop(wholesaler, before), robust=True)


def _drop(wholesaler: object, digest: str) -> None:
    """Delete a logo's files under the lock: it may have been uploaded again meanwhile."""
    with tenant_context(wholesaler), transaction.atomic():
        locked()
        if selectors.branding().logo != digest:
            picture_files.delete(FILES.keys_of(digest))
