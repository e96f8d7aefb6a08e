"""Firms: who belongs, since when, in which role; who may spend; how the firm's points are split.

Every change locks the firm. What holds now is kept on the member as well, for everything that asks at each request.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from kolektor.audit import services as audit
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError, Forbidden, NotFound
from kolektor.kernel.outbox.services import emit
from tenants.members.models import Firm, FirmInvitation, FirmMembership, FirmShare, FirmSplit, Member

OWNER, FITTER = Member.FirmRole.OWNER, Member.FirmRole.FITTER
Spending = FirmMembership.Spending
WHOLE: Final = 10_000
# fitters that one split may name
MOST_SHARES: Final = 50
LEFT: Final = "members.left_firm"


def owned(member: Member) -> Firm:
    """The firm that the member owns. Raises Forbidden."""
    if member.firm is None or member.firm_role != OWNER:
        raise Forbidden()
    return member.firm


def locked(firm_id: UUID) -> Firm:
    """The firm, locked against other changes of who belongs and who gets what. Raises NotFound."""
    firm = Firm.objects.select_for_update().filter(pk=firm_id).first()
    if firm is None:
        raise NotFound("firmId")
    return firm


def membership(firm: Firm, member_id: UUID) -> FirmMembership:
    """The member's present place in the firm. Raises NotFound."""
    row = firm.memberships.select_related("member").filter(member_id=member_id, left_at__isnull=True).first()
    if row is None:
        raise NotFound("memberId")
    return row


def join(
    *,
    member: Member,
    firm: Firm,
    role: str,
    spending: str = Spending.FREE,
    at: datetime | None = None,
    actor: UUID | None = None,
) -> FirmMembership:
    """Put a member who is in no firm into one, in the caller's transaction. The firm is locked."""
    row = FirmMembership(firm=firm, member=member, role=role, spending=spending, joined_at=at or clock.now())
    row.save(force_insert=True)
    member.firm, member.firm_role = firm, role
    member.save(update_fields=["firm", "firm_role"])
    for kind, key in (("firm", firm.pk), ("member", member.pk)):
        audit.record(
            action=f"{kind}.joined", object_type=kind, object_id=key, actor=actor,
            role=role, name=member.name, firm=firm.name,
        )  # fmt: skip
    return row


@transaction.atomic
def leave(*, member: Member, actor: UUID) -> None:
    """A fitter leaves; points and history stay theirs. Raises DomainError NOT_IN_A_FIRM, FIRM_NEEDS_OWNER."""
    if member.firm_id is None:
        raise DomainError("NOT_IN_A_FIRM")
    _part(locked(member.firm_id), member.pk, actor)


@transaction.atomic
def remove(*, firm: Firm, member_id: UUID, actor: UUID) -> None:
    """The owner, or the wholesaler, ends a fitter's place. Raises NotFound, DomainError FIRM_NEEDS_OWNER."""
    _part(locked(firm.pk), member_id, actor)


def _part(firm: Firm, member_id: UUID, actor: UUID) -> None:
    row = membership(firm, member_id)
    if row.role == OWNER:
        raise DomainError("FIRM_NEEDS_OWNER", field="memberId")
    row.left_at = clock.now()
    row.save(update_fields=["left_at"])
    Member.objects.filter(pk=member_id).update(firm=None, firm_role=OWNER)
    for kind, key in (("firm", firm.pk), ("member", member_id)):
        audit.record(
            action=f"{kind}.left", object_type=kind, object_id=key, actor=actor, name=row.member.name, firm=firm.name
        )
    _drop_share(firm, member_id, actor)
    emit(LEFT, {"member": str(member_id), "firm": str(firm.pk)})


@transaction.atomic
def hand_over(*, firm: Firm, member_id: UUID, actor: UUID | None) -> None:
    """Make a fitter the owner; the owner becomes a fitter. From now on the firm's remainder is the new owner's.

    Raises NotFound, DomainError ALREADY_OWNER.
    """
    firm = locked(firm.pk)
    heir = membership(firm, member_id)
    if heir.role == OWNER:
        raise DomainError("ALREADY_OWNER", field="memberId")
    now = clock.now()
    before = firm.memberships.select_related("member").get(role=OWNER, left_at__isnull=True)
    for row in (before, heir):
        row.left_at = now
        row.save(update_fields=["left_at"])
    for row, role in ((before, FITTER), (heir, OWNER)):
        FirmMembership(firm=firm, member=row.member, role=role, joined_at=now).save(force_insert=True)
        Member.objects.filter(pk=row.member_id).update(firm_role=role)
    _drop_share(firm, member_id, actor)
    audit.record(
        action="firm.handed_over", object_type="firm", object_id=firm.pk, actor=actor,
        before=before.member.name, after=heir.member.name,
    )  # fmt: skip
    for row in (before, heir):
        action = "member.firm_taken_over" if row is heir else "member.firm_handed_over"
        audit.record(action=action, object_type="member", object_id=row.member_id, actor=actor, firm=firm.name)


@transaction.atomic
def replace(*, member: Member, by: Member, actor: UUID | None) -> None:
    """Give the member's place in a firm to another member, who is the same person: role, right to spend, and from tomorrow on the
    share. What was split keeps its names.

    Raises DomainError MERGE_TWO_FIRMS when the other belongs to another firm.
    """
    if member.firm_id is None:
        return
    firm = locked(member.firm_id)
    if by.firm_id is not None and by.firm_id != firm.pk:
        raise DomainError("MERGE_TWO_FIRMS")
    place = membership(firm, member.pk)
    theirs = None if by.firm_id is None else membership(firm, by.pk)
    if theirs is not None and place.role == OWNER:
        hand_over(firm=firm, member_id=by.pk, actor=actor)
        place = membership(firm, member.pk)
    place.left_at = clock.now()
    place.save(update_fields=["left_at"])
    Member.objects.filter(pk=member.pk).update(firm=None, firm_role=OWNER)
    member.refresh_from_db(fields=["firm", "firm_role"])
    if theirs is None:
        join(member=by, firm=firm, role=place.role, spending=place.spending, actor=actor)
    tomorrow = clock.local_today() + timedelta(days=1)
    now = split_on(firm.pk, tomorrow)
    shares = {} if now is None else shares_of(now)
    if member.pk in shares:
        freed = shares.pop(member.pk)
        if not Member.objects.filter(pk=by.pk, firm_role=OWNER).exists():
            shares[by.pk] = shares.get(by.pk, 0) + freed
        _write(firm, shares, tomorrow, actor)


@transaction.atomic
def set_spending(*, firm: Firm, member_id: UUID, spending: str, actor: UUID) -> FirmMembership:
    """Say whether a fitter may spend points: freely, after the owner's yes, or not. The same again changes nothing.

    Raises NotFound, DomainError UNKNOWN_SPENDING, OWNER_ALWAYS_SPENDS.
    """
    check_spending(spending)
    row = membership(locked(firm.pk), member_id)
    if row.role == OWNER:
        raise DomainError("OWNER_ALWAYS_SPENDS", field="memberId")
    if row.spending != spending:
        row.spending = spending
        row.save(update_fields=["spending"])
        for kind, key in (("firm", firm.pk), ("member", member_id)):
            audit.record(
                action=f"{kind}.spending_{spending}", object_type=kind, object_id=key, actor=actor, name=row.member.name
            )
    return row


def check_spending(spending: str) -> None:
    """Raises DomainError UNKNOWN_SPENDING."""
    if spending not in Spending.values:
        raise DomainError("UNKNOWN_SPENDING", field="spending", value=spending[:20])


@transaction.atomic
def set_split(
    *, firm: Firm, shares: Mapping[UUID, int], actor: UUID | None, valid_from: date | None = None
) -> FirmSplit | None:
    """Split the firm's points for sales from today (Poland) on: fitters' shares in basis points, the rest is the owner's.

    What was imported keeps the split under which it came. `valid_from` in the past is for a firm's first split only, whose
    sales are not here yet. The same split again changes nothing; None while nothing was ever split.

    Raises NotFound for somebody who is no fitter of the firm; DomainError BAD_SHARE, SHARES_BEYOND_WHOLE, TOO_MANY_SHARES,
    SPLIT_IN_THE_PAST.
    """
    firm = locked(firm.pk)
    today = clock.local_today()
    wanted = {key: share for key, share in shares.items() if share}
    _check_shares(firm, wanted)
    first = not firm.splits.exists()
    begins = valid_from or today
    if begins < today and not first:
        raise DomainError("SPLIT_IN_THE_PAST", field="validFrom")
    now = split_on(firm.pk, begins)
    if wanted == ({} if now is None else shares_of(now)):
        return now
    return _write(firm, wanted, begins, actor)


def _check_shares(firm: Firm, shares: Mapping[UUID, int]) -> None:
    if len(shares) > MOST_SHARES:
        raise DomainError("TOO_MANY_SHARES", field="shares", limit=MOST_SHARES)
    if any(not 0 < share <= WHOLE for share in shares.values()):
        raise DomainError("BAD_SHARE", field="shares")
    if sum(shares.values()) > WHOLE:
        raise DomainError("SHARES_BEYOND_WHOLE", field="shares")
    fitters = firm.memberships.filter(role=FITTER, left_at__isnull=True, member_id__in=list(shares))
    if fitters.count() != len(shares):
        raise NotFound("shares")


def _write(firm: Firm, shares: Mapping[UUID, int], valid_from: date, actor: UUID | None) -> FirmSplit:
    row = FirmSplit(firm=firm, valid_from=valid_from, created_by=actor)
    row.save(force_insert=True)
    FirmShare.objects.bulk_create(
        FirmShare(split=row, member_id=key, basis_points=share) for key, share in sorted(shares.items())
    )
    audit.record(
        action="firm.split_set", object_type="firm", object_id=firm.pk, actor=actor,
        shares={str(key): share for key, share in shares.items()}, since=valid_from.isoformat(), count=len(shares),
    )  # fmt: skip
    return row


def _drop_share(firm: Firm, member_id: UUID, actor: UUID | None) -> None:
    """From tomorrow on the owner has what the member had: today's sales were made while the member belonged here."""
    tomorrow = clock.local_today() + timedelta(days=1)
    now = split_on(firm.pk, tomorrow)
    shares = {} if now is None else shares_of(now)
    if shares.pop(member_id, None) is not None:
        _write(firm, shares, tomorrow, actor)


def split_on(firm_id: UUID, day: date) -> FirmSplit | None:
    """The split in force for sales of a day (Poland)."""
    return FirmSplit.objects.filter(firm_id=firm_id, valid_from__lte=day).order_by("-valid_from", "-id").first()


def shares_of(split: FirmSplit) -> dict[UUID, int]:
    """Basis points by fitter."""
    return dict(split.shares.values_list("member_id", "basis_points"))


def open_invitations(firm: Firm) -> list[FirmInvitation]:
    """Invitations that wait for an answer, youngest first."""
    waiting = firm.invitations.filter(state=FirmInvitation.State.PENDING, expires_at__gt=clock.now())
    return list(waiting.order_by("-created_at", "-id"))
