"""The life of a wholesaler as headquarters decide it: asked for, live, suspended (read-only), live again, closed.

Making the schema needs the role `owner`, which neither the web nor the workers have: `kolektor provisioner` does that part.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from stdnum.pl import nip as nip_number

from kolektor.audit import services as audit
from kolektor.identity.clients import forget_client
from kolektor.kernel.entered import clean_email, clean_name, clean_reason
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.tenant import public_context
from kolektor.network.models import Network, Opening, Wholesaler
from kolektor.network.provisioning import provisioner_rests, schema_name
from kolektor.network.services import check_slug

State = Wholesaler.State
NAME_LENGTH: Final = 120
REASON_LENGTH: Final = 300
# of one network, that may wait at once
MOST_WAITING: Final = 5


@transaction.atomic
def request(
    *, network: Network, slug: str, name: str, nip: str, admin_name: str, admin_email: str, actor: UUID
) -> Wholesaler:
    """Ask for a new wholesaler, with its first administrator. The provisioner makes it within about a minute.

    Raises DomainError BAD_SLUG, SLUG_RESERVED, SLUG_TAKEN, NAME_MISSING, NAME_TOO_LONG, BAD_NIP, BAD_EMAIL, TOO_MANY_WAITING.
    """
    clean_slug = slug.strip().lower()
    check_slug(clean_slug, "slug")
    written = clean_name(name, limit=NAME_LENGTH)
    if nip.strip() and not nip_number.is_valid(nip):
        raise DomainError("BAD_NIP", field="nip", value=nip[:40])
    administrator = clean_name(admin_name, limit=NAME_LENGTH, field="adminName")
    address = clean_email(admin_email, field="adminEmail").lower()
    with public_context():
        Network.objects.select_for_update().get(pk=network.pk)
        waiting = Opening.objects.filter(wholesaler__network=network, done_at__isnull=True)
        if waiting.count() >= MOST_WAITING:
            raise DomainError("TOO_MANY_WAITING", limit=MOST_WAITING)
        row = Wholesaler(network=network, slug=clean_slug, name=written, schema_name=schema_name(clean_slug))
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except (IntegrityError, ValidationError) as error:
            # the slug, or one that gives the same schema
            raise DomainError("SLUG_TAKEN", field="slug", value=clean_slug) from error
        row.refresh_from_db()
        Opening(
            wholesaler=row,
            nip=nip_number.compact(nip) if nip.strip() else "",
            admin_name=administrator,
            admin_email=address,
            requested_by=actor,
        ).save(force_insert=True)
        _note("wholesaler.requested", row, actor)
    return row


@transaction.atomic
def suspend(*, network: Network, wholesaler_id: UUID, reason: str, actor: UUID) -> Wholesaler:
    """Close a live wholesaler to every change: people may look and spend nothing, what was begun is finished.

    Raises NotFound, DomainError REASON_MISSING, TEXT_TOO_LONG, WRONG_STATE.
    """
    return _move(
        network,
        wholesaler_id,
        (State.LIVE,),
        State.SUSPENDED,
        "wholesaler.suspended",
        actor,
        clean_reason(reason, limit=REASON_LENGTH),
    )


@transaction.atomic
def resume(*, network: Network, wholesaler_id: UUID, actor: UUID) -> Wholesaler:
    """Open a suspended wholesaler again. Raises NotFound, DomainError WRONG_STATE."""
    return _move(network, wholesaler_id, (State.SUSPENDED,), State.LIVE, "wholesaler.resumed", actor)


@transaction.atomic
def withdraw(*, network: Network, wholesaler_id: UUID, actor: UUID) -> Wholesaler:
    """Take back what was asked for and is not live yet; its name stays taken.

    Raises NotFound, DomainError WRONG_STATE, PROVISIONER_BUSY while it is being made.
    """
    with public_context(), connection.cursor() as cursor:
        if not provisioner_rests(cursor):
            raise DomainError("PROVISIONER_BUSY", field="id")
        cursor.execute("SELECT to_regnamespace(%s) IS NOT NULL", [_found(network, wholesaler_id).schema_name])
        (built,) = cursor.fetchone()
    # what has a schema is closed, and erased like any other; of the rest there is nothing but the name
    after = State.CLOSED if built else State.ERASED
    row = _move(network, wholesaler_id, (State.REQUESTED, State.PROVISIONED), after, "wholesaler.withdrawn", actor)
    with public_context():
        Opening.objects.filter(pk=row.pk).update(done_at=timezone.now())
        if after == State.ERASED:
            for domain in row.domains.all():
                forget_client(host=domain.domain)
            row.domains.all().delete()
    return row


@transaction.atomic
def close(*, network: Network, wholesaler_id: UUID, slug: str, reason: str, actor: UUID) -> Wholesaler:
    """Close a suspended wholesaler: its host answers nobody. Nothing is deleted by it. `slug` is typed to confirm.

    Raises NotFound, DomainError REASON_MISSING, TEXT_TOO_LONG, SLUG_MISTYPED, WRONG_STATE.
    """
    found = _found(network, wholesaler_id)
    if slug.strip().lower() != found.slug:
        raise DomainError("SLUG_MISTYPED", field="slug")
    return _move(
        network,
        wholesaler_id,
        (State.SUSPENDED,),
        State.CLOSED,
        "wholesaler.closed",
        actor,
        clean_reason(reason, limit=REASON_LENGTH),
    )


def _found(network: Network, wholesaler_id: UUID) -> Wholesaler:
    rows = Wholesaler.objects.select_for_update(of=("self",)).select_related("network")
    found: Wholesaler | None = rows.filter(pk=wholesaler_id, network=network).first()
    if found is None:
        raise NotFound("id")
    return found


def _move(
    network: Network,
    wholesaler_id: UUID,
    before: tuple[State, ...],
    after: State,
    action: str,
    actor: UUID,
    reason: str = "",
) -> Wholesaler:
    with public_context():
        row = _found(network, wholesaler_id)
        if row.state not in before:
            raise DomainError("WRONG_STATE", field="id")
        row.state = after
        Wholesaler.objects.filter(pk=row.pk).update(state=after)
        _note(action, row, actor, reason=reason)
    return row


def _note(action: str, row: Wholesaler, actor: UUID, **data: str) -> None:
    # one timeline of all wholesalers of a network
    audit.record(action=action, object_type="network", object_id=row.network_id, actor=actor, name=row.name, **data)


def listed(network: Network) -> list[Wholesaler]:
    """Every wholesaler of the network with its opening, by name."""
    with public_context():
        rows = Wholesaler.objects.select_related("opening", "network").filter(network=network)
        return list(rows.order_by("name", "slug"))


def waiting() -> list[Opening]:
    """Openings that the provisioner should try now, the oldest first."""
    with public_context():
        rows = Opening.objects.select_related("wholesaler__network").filter(done_at__isnull=True)
        return list(rows.filter(next_try_at__lte=timezone.now()).order_by("requested_at"))
