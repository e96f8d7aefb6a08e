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
from kolektor.kernel.entered import clean_reason
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.outbox.services import emit
from kolektor.kernel.points import Points
from tenants.ledger import selectors as ledger_reads
from tenants.ledger import services as ledger
from tenants.ledger.services import Owner
from tenants.members import firms
from tenants.members import services as members
from tenants.members.models import Application, CounterEntry, Firm, FirmInvitation, Invitation, Member
from tenants.members.selectors import present_members
from tenants.sales.models import BuyerMatch

MERGED: Final = "insight.members_merged"
REASON_LENGTH: Final = 200
_OPEN: Final = (Order.State.AWAITING, Order.State.PLACED, Order.State.ISSUING, Order.State.UNKNOWN)


@transaction.atomic
def merge(*, gone_id: UUID, kept_id: UUID, reason: str, actor: UUID) -> Member:
    """Make one member of two. Returns the one that stays. Locks both.

    Raises NotFound (also for one that was merged before), DomainError SAME_MEMBER, REASON_MISSING, TEXT_TOO_LONG,
    MERGE_OPEN_ORDERS, MERGE_TWO_FIRMS; nothing is changed then.
    """
    clean = clean_reason(reason, limit=REASON_LENGTH)
    gone, kept = _both(gone_id, kept_id)
    if gone.pk == kept.pk:
        raise DomainError("SAME_MEMBER", field="goneId")
    gone_name, kept_name, before = gone.name, kept.name, gone.person_id
    # the ledger first: whoever spends holds it, and comes to the member's row last
    try:
        _sweep_pair(gone.pk, kept.pk, kept.person_id)
    except DomainError as error:
        # somebody ordered between the look at the balance and the lock
        raise DomainError("MERGE_OPEN_ORDERS", field="goneId") from error
    if Order.objects.filter(member=gone, state__in=_OPEN).exists():
        raise DomainError("MERGE_OPEN_ORDERS", field="goneId")
    firms.replace(member=gone, by=kept, actor=actor)
    gone.refresh_from_db()
    kept.refresh_from_db()
    _take_over(gone, kept)
    gone.person_id, gone.merged_into = uuid4(), kept
    gone.save()
    Member.objects.filter(merged_into=gone).update(merged_into=kept)
    members.stamp(before)
    identity.forget_stand_in(person_id=before, ending=members.stand_in_ending())
    for key, action, name in ((kept.pk, "member.merged", gone_name), (gone.pk, "member.merged_away", kept_name)):
        audit.record(action=action, object_type="member", object_id=key, actor=actor, name=name, reason=clean)
    emit(MERGED, {"member": str(kept.pk)})
    return kept


def _both(gone_id: UUID, kept_id: UUID) -> tuple[Member, Member]:
    """Both members, locked after the firms that they belong to. Raises NotFound."""
    found = {row.pk: row for row in lock([gone_id, kept_id])}
    for field, key in (("goneId", gone_id), ("keptId", kept_id)):
        if key not in found:
            raise NotFound(field)
    return found[gone_id], found[kept_id]


def lock(member_ids: Iterable[UUID]) -> list[Member]:
    """Those of the members who were not merged, locked by key, after the firms that they belong to: as everything else does that
    locks both.
    """
    ids = list(member_ids)
    firm_ids = list(Member.objects.filter(pk__in=ids, firm__isnull=False).values_list("firm_id", flat=True))
    list(Firm.objects.select_for_update().filter(pk__in=firm_ids).order_by("pk"))
    rows = present_members().select_for_update(no_key=True).filter(pk__in=ids)
    return list(rows.order_by("pk"))


def _take_over(gone: Member, kept: Member) -> None:
    """Who stays gets what it has not got; what the other was found by stays with it and leads on. Closed orders and vouchers are
    shown in the wallet of who stays.
    """
    if kept.customer_code is None and gone.customer_code is not None:
        code, gone.customer_code = gone.customer_code, None
        gone.save(update_fields=["customer_code"])
        kept.customer_code = code
    kept.phone = kept.phone or gone.phone
    kept.contact_phone = kept.contact_phone or gone.contact_phone
    if not (kept.first_name or kept.last_name):
        kept.first_name, kept.last_name = gone.first_name, gone.last_name
    if kept.brought_by is None and gone.brought_by is not None:
        kept.path, kept.brought_by = gone.path, gone.brought_by
    kept.save()
    BuyerMatch.objects.filter(member_id=gone.pk).update(member_id=kept.pk)
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
        _sweep_pair(gone_id, kept_id, person_id)


def _sweep_pair(gone_id: UUID, kept_id: UUID, actor: UUID) -> None:
    gone, kept = Owner("member", gone_id), Owner("member", kept_id)
    standing = ledger_reads.balances([gone, kept])
    if standing[gone].available.units > 0:
        _move(gone, kept, standing[gone].available, actor)
        standing = ledger_reads.balances([gone, kept])
    owed = min(standing[gone].debt.units, standing[kept].available.units)
    if owed > 0:
        _move(kept, gone, Points(owed), actor)


def _move(giver: Owner, receiver: Owner, points: Points, actor: UUID) -> None:
    key = f"merged:{giver.id}:{uuid4()}"
    ledger.transfer(giver=giver, receiver=receiver, points=points, note="", key=key, actor=actor)


def on_ledger_changed(payload: Mapping[str, Any]) -> None:
    """Handle `ledger.changed`: what comes to a merged member later (pending points, corrections) goes on to who stays."""
    sweep(UUID(key) for key in payload.get("members", ()))
