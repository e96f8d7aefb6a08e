"""What `kolektor provisioner` does, as the role `owner`: make the wholesalers that headquarters asked for, one by one."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import structlog
from django.db import transaction

from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.tenant import public_context, tenant_context
from kolektor.network import life_cycle, provisioning
from kolektor.network.models import Opening, Wholesaler
from tenants.members import staff
from tenants.program import onboarding

log = structlog.get_logger(__name__)

MOST_SECONDS: Final = 600


def run_once() -> int:
    """Try every opening that is due; each goes on where it stopped. Returns how many wholesalers are open now that were not.

    Does nothing while another provisioner works. One that fails stops no other.
    """
    with provisioning.provisioner_turn() as mine:
        return sum(_try(row) for row in life_cycle.waiting()) if mine else 0


def _try(row: Opening) -> bool:
    try:
        _open(row)
    except Exception as error:
        log.exception("opening.failed", tenant=row.wholesaler.schema_name)
        attempts = row.attempts + 1
        wait = timedelta(seconds=min(MOST_SECONDS, 5 * 2**attempts))
        with public_context():
            Opening.objects.filter(pk=row.pk).update(
                attempts=attempts,
                # the kind only: a message may hold an address
                failure=(error.code if isinstance(error, DomainError) else type(error).__name__)[:80],
                next_try_at=clock.now() + wait,
            )
        return False
    return True


def _open(row: Opening) -> None:
    wholesaler: Wholesaler = row.wholesaler
    onboarding.prepare_wholesaler(wholesaler, nip=row.nip, actor=row.requested_by)
    with tenant_context(wholesaler), transaction.atomic():
        try:
            staff.add(email=row.admin_email, name=row.admin_name, roles=[staff.ADMIN], actor=row.requested_by)
        except DomainError as error:
            # the step before a crash
            if error.code != "ALREADY_STAFF":
                raise
    with public_context(), transaction.atomic():
        onboarding.open_wholesaler(wholesaler, actor=row.requested_by)
        Opening.objects.filter(pk=row.pk).update(done_at=clock.now(), failure="")
    with tenant_context(wholesaler):
        outbox.drain()
