"""The ledger's commands. Each is one SQL call, in the caller's transaction, in the schema in force.

Amounts are `Points`, times are aware. Every command takes an idempotency key: the same key and input give the first
result, the same key with other input is refused (Conflict). A refusal ends the caller's transaction: it is rolled back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from kolektor.kernel import clock, statistics
from kolektor.kernel.errors import Conflict, DomainError, NotFound
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.points import Points
from tenants.ledger.models import Adjustment, Lot, PointsTransfer, Posting, Transfer

OwnerKind = Literal["member", "firm"]

# emitted by the commands themselves, in SQL: {"members": [ids], "firms": [ids]}, either may be missing
CHANGED = "ledger.changed"
# how long points can be spent that expired while they were held
GRACE_DAYS = 14


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose accounts: a member's or a firm's."""

    kind: OwnerKind
    id: UUID


@dataclass(frozen=True, slots=True)
class Source:
    """What caused a posting, for receipts and timelines."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Award:
    """One award of the bulk lane. `expires_at` None: the lot never expires; `matures_at` None: available at once."""

    owner: Owner
    points: Points
    key: str
    occurred_at: datetime
    source_id: str
    expires_at: datetime | None
    matures_at: datetime | None = None


@contextmanager
def _refusals() -> Iterator[None]:
    """Translate the ledger's SQL states. No savepoint, which would cost two round trips: a refusal ends the caller's
    transaction, and who wants to go on after one wraps the command in `transaction.atomic()`.
    """
    try:
        with transaction.mark_for_rollback_on_error():
            yield
    except DatabaseError as error:
        state = getattr(error.__cause__, "pgcode", None)
        if state == "KL402":
            raise DomainError("INSUFFICIENT_POINTS") from error
        if state == "KL404":
            raise NotFound() from error
        if state == "KL409":
            raise Conflict() from error
        if state == "KL410":
            raise DomainError("HOLD_CLOSED") from error
        raise


def announcing() -> list[str]:
    """Who hears of changed points: the last argument of every command in SQL. A worker is woken once it is committed."""
    return outbox.handlers_to_wake(CHANGED)


def refresh_statistics() -> None:
    """After a bulk posting, before its rows are joined in the same transaction."""
    statistics.refresh(Posting, Lot, Transfer)


def _call(function: str, arguments: Sequence[str | int | UUID | datetime | None]) -> object:
    marks = "%s, " * len(arguments)
    with _refusals(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({marks}%s)", [*arguments, announcing()])
        row = cursor.fetchone()
    return row[0]


def _positive(points: Points) -> int:
    if points.units <= 0:
        raise DomainError("AMOUNT_NOT_POSITIVE", field="points", value=str(points))
    return points.units


def open_accounts(*, owner: Owner) -> None:
    """Make the owner's accounts; again changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_open(%s, %s)", [owner.kind, owner.id])


def hold(
    *, owner: Owner, points: Points, key: str, occurred_at: datetime, source: Source, actor: UUID | None = None
) -> UUID:
    """Set points aside, soonest-expiring lots first. Locks the owner's accounts.

    Returns the posting's id. Raises DomainError INSUFFICIENT_POINTS, AMOUNT_NOT_POSITIVE, Conflict.
    """
    arguments = [owner.kind, owner.id, _positive(points), key, occurred_at, source.kind, source.id, actor]
    return UUID(str(_call("ledger_hold", arguments)))


def settle(*, hold_id: UUID, redeemed: str, key: str, occurred_at: datetime, actor: UUID | None = None) -> UUID:
    """Spend held points for good, into `redeemed:<redeemed>`. Raises NotFound, Conflict, DomainError HOLD_CLOSED."""
    return UUID(
        str(_call("ledger_close_hold", [hold_id, "settle", redeemed, key, occurred_at, actor, f"{GRACE_DAYS} days"]))
    )


def release(*, hold_id: UUID, key: str, occurred_at: datetime, actor: UUID | None = None) -> UUID:
    """Give held points back to the same lots; what expired meanwhile lives on for `GRACE_DAYS`.

    Raises NotFound, Conflict, DomainError HOLD_CLOSED.
    """
    return UUID(
        str(_call("ledger_close_hold", [hold_id, "release", "", key, occurred_at, actor, f"{GRACE_DAYS} days"]))
    )


def reverse(
    *,
    owner: Owner,
    points: Points,
    award_id: UUID,
    key: str,
    occurred_at: datetime,
    source: Source,
    actor: UUID | None = None,
) -> UUID:
    """Take back what an award gave; what is already spent becomes debt. Raises NotFound, Conflict."""
    arguments = [owner.kind, owner.id, _positive(points), award_id, key, occurred_at, source.kind, source.id, actor]
    return UUID(str(_call("ledger_reverse", arguments)))


def lock_bulk_lane() -> None:
    """Become the one bulk writer of this schema until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_bulk_lock()")


def award(*, awards: list[Award], source_kind: str, funding: str = "wholesaler") -> dict[str, tuple[UUID, str]]:
    """Post awards in one statement. Returns key → (posting id, "posted" | "replayed" | "conflict").

    Takes the bulk lane's lock and locks the owners' accounts in order of id.
    """
    for item in awards:
        _positive(item.points)
    with _refusals(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, posting, state FROM ledger_award_bulk("
            "%s::text[], %s::uuid[], %s::bigint[], %s::text[], %s::timestamptz[], %s, %s::text[], %s::timestamptz[],"
            " %s::timestamptz[], %s, %s)",
            [
                [item.owner.kind for item in awards],
                [str(item.owner.id) for item in awards],
                [item.points.units for item in awards],
                [item.key for item in awards],
                [item.occurred_at for item in awards],
                source_kind,
                [item.source_id for item in awards],
                [item.expires_at for item in awards],
                [item.matures_at for item in awards],
                funding,
                announcing(),
            ],
        )
        return {key: (UUID(str(posting)), state) for key, posting, state in cursor.fetchall()}


def mature(*, as_of: datetime) -> Points:
    """Make pending points available whose day has come, and say how many. Takes the bulk lane's lock; again: zero."""
    return Points(int(str(_call("ledger_mature", [as_of]))))


def expire(*, day: date) -> Points:
    """Let points end that could be spent until the day before `day` (Poland), and say how many. Once a day.

    Takes the bulk lane's lock, and the locks of the owners concerned.
    """
    as_of = datetime.combine(day, time.min, clock.WARSAW)
    return Points(int(str(_call("ledger_expire", [as_of, f"expire:{day.isoformat()}"]))))


@transaction.atomic
def adjust(*, owner: Owner, points: Points, reason: str, key: str, expires_at: datetime | None, actor: UUID) -> UUID:
    """Give (positive) or take (negative) points by hand, with the reason kept for good. Returns the posting's id.

    Raises DomainError AMOUNT_ZERO, REASON_MISSING, INSUFFICIENT_POINTS, Conflict.
    """
    if not points:
        raise DomainError("AMOUNT_ZERO", field="points")
    reason = reason.strip()
    if len(reason) < 3:
        raise DomainError("REASON_MISSING", field="reason")
    known = Posting.objects.filter(idempotency_key=key).first()
    if known is not None:
        first = Adjustment.objects.get(pk=known.source_id)
        if (first.owner_kind, first.owner_id, first.units) != (owner.kind, owner.id, points.units):
            raise Conflict()
        return known.pk
    row = Adjustment(owner_kind=owner.kind, owner_id=owner.id, units=points.units, reason=reason[:200], actor=actor)
    row.save()
    row.refresh_from_db()
    arguments = [owner.kind, owner.id, points.units, expires_at, key, clock.now(), str(row.pk), actor]
    return UUID(str(_call("ledger_adjust", arguments)))


NOTE_LENGTH = 200


@transaction.atomic
def transfer(*, giver: Owner, receiver: Owner, points: Points, note: str, key: str, actor: UUID) -> UUID:
    """Points from one owner to another, each ending when it would have ended. Returns the posting's id.

    Raises DomainError AMOUNT_NOT_POSITIVE, TEXT_TOO_LONG, INSUFFICIENT_POINTS, Conflict. Locks both owners' accounts.
    """
    _positive(points)
    note = " ".join(note.split())
    if len(note) > NOTE_LENGTH:
        raise DomainError("TEXT_TOO_LONG", field="note", length=NOTE_LENGTH)
    known = Posting.objects.filter(idempotency_key=key).first()
    if known is not None:
        first = PointsTransfer.objects.get(pk=known.source_id)
        same = (giver.kind, giver.id, receiver.kind, receiver.id, points.units)
        if (first.from_kind, first.from_id, first.to_kind, first.to_id, first.units) != same:
            raise Conflict()
        return known.pk
    row = PointsTransfer(
        from_kind=giver.kind, from_id=giver.id, to_kind=receiver.kind, to_id=receiver.id, units=points.units, note=note,
        actor=actor,
    )  # fmt: skip
    row.save()
    row.refresh_from_db()
    arguments = [
        giver.kind, giver.id, receiver.kind, receiver.id, points.units, key, clock.now(), str(row.pk), actor
    ]  # fmt: skip
    return UUID(str(_call("ledger_transfer_points", arguments)))
