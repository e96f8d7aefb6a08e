"""Two members who turned out to be one person become one: the member that stays gets the points, the orders and the place in
the firm of the other, whose history is kept and shown as part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from catalog.fulfillment.models import Voucher
from catalog.orders.models import Order
from kolektor.audit import services as audit
from kolektor.identity import services as identity
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.outbox.services import emit
from kolektor.kernel.points import Points
from tenants.ledger import selectors as ledger_reads
from tenants.ledger import services as ledger
from tenants.ledger.services import Owner
from tenants.members import firms
from tenants.members import services as members
from tenants.members.models import Application, CounterEntry, FirmInvitation, Invitation, Member
from tenants.sales import matching

MERGED: Final = "insight.members_merged"
REASON_LENGTH: Final = 200
_OPEN: Final = (Order.State.AWAITING, Order.State.PLACED, Order.State.ISSUING, Order.State.UNKNOWN)


@transaction.atomic
def merge(*, gone_id: UUID, kept_id: UUID, reason: str, actor: UUID) -> Member:
    """Make one member of two. Returns the one that stays. Locks both.

    Raises NotFound (also for one that was merged before), DomainError SAME_MEMBER, REASON_MISSING, TEXT_TOO_LONG,
    MERGE_OPEN_ORDERS, MERGE_TWO_FIRMS; nothing is changed then.
    """
    clean = " ".join(reason.split())
    if not clean:
        raise DomainError("REASON_MISSING", field="reason")
    if len(clean) > REASON_LENGTH:
        raise DomainError("TEXT_TOO_LONG", field="reason", length=REASON_LENGTH)
    rows = Member.objects.select_for_update().filter(pk__in=[gone_id, kept_id], merged_into__isnull=True)
    found = {row.pk: row for row in rows.order_by("pk")}
    for field, key in (("goneId", gone_id), ("keptId", kept_id)):
        if key not in found:
            raise NotFound(field)
    if gone_id == kept_id:
        raise DomainError("SAME_MEMBER", field="goneId")
    gone, kept = found[gone_id], found[kept_id]
    if Order.objects.filter(member=gone, state__in=_OPEN).exists():
        raise DomainError("MERGE_OPEN_ORDERS", field="goneId")
    gone_name = gone.name
    firms.replace(member=gone, by=kept, actor=actor)
    gone.refresh_from_db()
    kept.refresh_from_db()
    _take_over_contacts(gone, kept)
    _take_over_rows(gone, kept)
    before = gone.person_id
    gone.person_id, gone.merged_into = uuid4(), kept
    gone.save()
    members.stamp(before)
    identity.forget_stand_in(person_id=before)
    sweep([gone.pk])
    for key, action, name in ((kept.pk, "member.merged", gone_name), (gone.pk, "member.merged_away", kept.name)):
        audit.record(action=action, object_type="member", object_id=key, actor=actor, name=name, reason=clean)
    emit(MERGED, {"member": str(kept.pk)})
    return kept


def _take_over_contacts(gone: Member, kept: Member) -> None:
    """What sales are matched by goes to who stays; what does not fit there is learned, as if a person had said so."""
    matching.learn(
        member_id=kept.pk,
        code=gone.customer_code or "",
        email=gone.known_email or "",
        phone=gone.phone,
        instead_of=gone.pk,
    )
    code, phone, contact_phone = gone.customer_code, gone.phone, gone.contact_phone
    gone.customer_code, gone.phone, gone.contact_phone, gone.email = None, "", "", ""
    gone.save()
    kept.customer_code = kept.customer_code or code
    kept.phone = kept.phone or phone
    kept.contact_phone = kept.contact_phone or contact_phone
    kept.first_name, kept.last_name = (
        (kept.first_name, kept.last_name) if kept.first_name or kept.last_name else (gone.first_name, gone.last_name)
    )
    kept.save()


def _take_over_rows(gone: Member, kept: Member) -> None:
    """Closed orders and their vouchers are shown in the wallet of who stays."""
    Order.objects.filter(member=gone).update(member=kept)
    Voucher.objects.filter(member=gone).update(member=kept)
    for model in (CounterEntry, Invitation, Application, FirmInvitation):
        model.objects.filter(member=gone).update(member=kept)


@transaction.atomic
def sweep(member_ids: Iterable[UUID]) -> None:
    """Points of merged members go to who stays; what a merged member owes is paid by who stays, as far as points are there.

    For merged members and for those who stay alike; of others it changes nothing.
    """
    ids = list(member_ids)
    found = Member.objects.filter(Q(pk__in=ids) | Q(merged_into__in=ids), merged_into__isnull=False)
    for gone_id, kept_id, person_id in found.order_by("pk").values_list(
        "pk", "merged_into_id", "merged_into__person_id"
    ):
        gone, kept = Owner("member", gone_id), Owner("member", kept_id)
        standing = ledger_reads.balances([gone, kept])
        if standing[gone].available.units > 0:
            _move(gone, kept, standing[gone].available, person_id)
        owed = min(standing[gone].debt.units, standing[kept].available.units)
        if owed > 0:
            _move(kept, gone, Points(owed), person_id)


def _move(giver: Owner, receiver: Owner, points: Points, actor: UUID) -> None:
    key = f"merged:{giver.id}:{uuid4()}"
    ledger.transfer(giver=giver, receiver=receiver, points=points, note="", key=key, actor=actor)


def on_ledger_changed(payload: Mapping[str, Any]) -> None:
    """Handle `ledger.changed`: what comes to a merged member later (pending points, corrections) goes on to who stays."""
    sweep(UUID(key) for key in payload.get("members", ()))
