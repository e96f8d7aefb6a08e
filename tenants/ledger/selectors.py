"""Reads of the ledger: balances, history, verification. Amounts are `Points`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Sum

from kolektor.kernel import clock
from kolektor.kernel.points import ZERO, Points
from tenants.ledger.models import Account, Adjustment, LotBalance, PointsTransfer, Posting
from tenants.ledger.services import Owner, OwnerKind


@dataclass(frozen=True, slots=True)
class Balance:
    """One owner's standing. `debt` is positive when points are owed."""

    available: Points = ZERO
    pending: Points = ZERO
    held: Points = ZERO
    debt: Points = ZERO


@dataclass(frozen=True, slots=True)
class Turnover:
    """Points of a span of time: awarded less taken back by corrections, and spent on rewards."""

    awarded: Points
    spent: Points


@dataclass(frozen=True, slots=True)
class Movement:
    """One posting as it changed an owner's available points."""

    posting_id: UUID
    kind: str
    occurred_at: datetime
    posted_at: datetime
    source_kind: str
    source_id: str
    points: Points
    balance_after: Points


def balances(owners: Iterable[Owner]) -> dict[Owner, Balance]:
    """Standing of several owners, in one query; zero for an owner without accounts."""
    wanted = list(owners)
    found: dict[Owner, dict[str, int]] = {owner: {} for owner in wanted}
    rows = Account.objects.filter(owner_id__in=[owner.id for owner in wanted])
    for kind, owner_id, role, units in rows.values_list("owner_kind", "owner_id", "role", "balance"):
        for owner in (Owner("member", owner_id), Owner("firm", owner_id)) if owner_id else ():
            if owner.kind == kind and owner in found:
                found[owner][role] = units or 0
    return {
        owner: Balance(
            available=Points(roles.get("available", 0)),
            pending=Points(roles.get("pending", 0)),
            held=Points(roles.get("held", 0)),
            debt=Points(-roles.get("debt", 0)),
        )
        for owner, roles in found.items()
    }


def standing(owner: Owner, *, also: Sequence[UUID] = ()) -> Balance:
    """Standing of an owner together with owners of the same kind that became part of it."""
    found = balances([owner, *(Owner(owner.kind, key) for key in also)]).values()
    return Balance(
        available=Points(sum(each.available.units for each in found)),
        pending=Points(sum(each.pending.units for each in found)),
        held=Points(sum(each.held.units for each in found)),
        debt=Points(sum(each.debt.units for each in found)),
    )


def owners(kind: OwnerKind) -> set[UUID]:
    """Who has accounts, of one kind of owner."""
    rows = Account.objects.filter(owner_kind=kind, role="available").values_list("owner_id", flat=True)
    return {owner_id for owner_id in rows if owner_id is not None}


def is_known(key: str) -> bool:
    """Whether a posting has this idempotency key."""
    return Posting.objects.filter(idempotency_key=key).exists()


def transfers(ids: Iterable[UUID]) -> dict[UUID, PointsTransfer]:
    """Points given by hand, by id."""
    return PointsTransfer.objects.in_bulk(list(ids))


def adjustments(ids: Iterable[UUID]) -> dict[UUID, Adjustment]:
    """Adjustments by hand, by id."""
    return Adjustment.objects.in_bulk(list(ids))


def expiring(owner: Owner, *, within: timedelta = timedelta(days=30)) -> tuple[Points, datetime | None]:
    """Available points that expire within a time, and when the first of them does."""
    limit = clock.now() + within
    rows = LotBalance.objects.filter(
        account__owner_kind=owner.kind,
        account__owner_id=owner.id,
        account__role="available",
        expires_at__lte=limit,
    )
    found = rows.order_by("expires_at").values_list("remaining", "expires_at")
    units = sum(remaining for remaining, _ in found)
    return Points(units), found[0][1] if units else None


def expiring_between(start: datetime, end: datetime) -> dict[Owner, Points]:
    """Who has available points that end after `start` and not later than `end`, and how many; in order of owner."""
    rows = (
        LotBalance.objects.filter(account__role="available", expires_at__gt=start, expires_at__lte=end)
        .values_list("account__owner_kind", "account__owner_id")
        .annotate(units=Sum("remaining"))
        .order_by("account__owner_kind", "account__owner_id")
    )
    return {Owner(kind, owner_id): Points(int(units)) for kind, owner_id, units in rows}


def maturing(owner: Owner, *, also: Sequence[UUID] = ()) -> tuple[Points, datetime | None]:
    """Pending points that become available first, and when; `also` as in `history`."""
    rows = LotBalance.objects.filter(
        account__owner_kind=owner.kind, account__owner_id__in=[owner.id, *also], account__role="pending"
    )
    found = list(rows.order_by("lot__matures_at").values_list("remaining", "lot__matures_at"))
    if not found:
        return ZERO, None
    first = found[0][1]
    return Points(sum(remaining for remaining, when in found if when == first)), first


_MOVEMENTS = """
WITH mine AS (
  SELECT id FROM ledger_account WHERE owner_kind = %(kind)s AND owner_id = ANY(%(owners)s) AND role = 'available'
), moved AS (
  SELECT posting_id, min(id) AS first_id, sum(amount) AS units FROM (
    SELECT posting_id, id, amount FROM ledger_transfer WHERE credit_id = ANY(ARRAY(SELECT id FROM mine))
    UNION ALL
    SELECT posting_id, id, -amount FROM ledger_transfer WHERE debit_id = ANY(ARRAY(SELECT id FROM mine))
  ) both_sides GROUP BY posting_id HAVING sum(amount) <> 0
), running AS (
  SELECT posting_id, first_id, units, sum(units) OVER (ORDER BY first_id) AS after FROM moved
)
SELECT p.id, p.kind, p.occurred_at, p.posted_at, p.source_kind, p.source_id, r.units, r.after, r.first_id
FROM running r JOIN ledger_posting p ON p.id = r.posting_id
WHERE (%(before)s::bigint IS NULL OR r.first_id < %(before)s) AND (%(posting)s::uuid IS NULL OR p.id = %(posting)s)
ORDER BY r.first_id DESC LIMIT %(limit)s
"""


def _movements(
    owner: Owner, also: Sequence[UUID], *, before: int | None, posting: UUID | None, limit: int
) -> list[tuple[int, Movement]]:
    arguments: dict[str, Any] = {
        "kind": owner.kind, "owners": [owner.id, *also], "before": before, "posting": posting, "limit": limit,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_MOVEMENTS, arguments)
        return [
            (
                row[8],
                Movement(row[0], row[1], row[2], row[3], row[4], row[5], Points(int(row[6])), Points(int(row[7]))),
            )
            for row in cursor.fetchall()
        ]


def history(
    owner: Owner, *, also: Sequence[UUID] = (), before: int | None = None, limit: int = 20
) -> list[tuple[int, Movement]]:
    """Movements of available points, youngest first, each with its cursor. `also`: owners of the same kind that became part of
    this one; what passes between them is no movement."""
    return _movements(owner, also, before=before, posting=None, limit=limit)


def movement(owner: Owner, posting_id: UUID, *, also: Sequence[UUID] = ()) -> Movement | None:
    """One movement of this owner; None also for another owner's posting."""
    rows = _movements(owner, also, before=None, posting=posting_id, limit=1)
    return rows[0][1] if rows else None


def history_count(owner: Owner, *, also: Sequence[UUID] = ()) -> int:
    """How many movements there are."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FROM (
                 SELECT 1 FROM ledger_transfer t JOIN ledger_account a ON a.id IN (t.debit_id, t.credit_id)
                 WHERE a.owner_kind = %s AND a.owner_id = ANY(%s) AND a.role = 'available'
                 GROUP BY t.posting_id HAVING sum(CASE WHEN a.id = t.credit_id THEN t.amount ELSE -t.amount END) <> 0
               ) moved""",
            [owner.kind, [owner.id, *also]],
        )
        return int(cursor.fetchone()[0])


def earned_and_spent(owners: Iterable[Owner]) -> dict[UUID, tuple[Points, Points]]:
    """Per owner id: points ever awarded less reversed, and points ever redeemed."""
    ids = [str(owner.id) for owner in owners]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT l.owner_id,
              coalesce(sum(CASE WHEN d.role LIKE 'issued:%%' THEN t.amount WHEN c.role LIKE 'issued:%%' THEN -t.amount END), 0),
              coalesce(sum(CASE WHEN c.role LIKE 'redeemed:%%' THEN t.amount END), 0)
            FROM ledger_lot l JOIN ledger_transfer t ON t.lot_id = l.id
            JOIN ledger_account d ON d.id = t.debit_id JOIN ledger_account c ON c.id = t.credit_id
            WHERE l.owner_id = ANY(%s::uuid[]) GROUP BY 1
            """,
            [ids],
        )
        return {row[0]: (Points(int(row[1])), Points(int(row[2]))) for row in cursor.fetchall()}


def owed() -> Balance:
    """Everybody's standing together: what the program owes its members, in one query."""
    rows = Account.objects.exclude(owner_kind="program").values_list("role").annotate(units=Sum("balance")).order_by()
    sums = {role: int(units or 0) for role, units in rows}
    return Balance(
        available=Points(sums.get("available", 0)),
        pending=Points(sums.get("pending", 0)),
        held=Points(sums.get("held", 0)),
        debt=Points(-sums.get("debt", 0)),
    )


_TURNOVER = """
SELECT
  coalesce(sum(CASE WHEN d.role LIKE 'issued:%%' THEN t.amount WHEN c.role LIKE 'issued:%%' THEN -t.amount END)
    FILTER (WHERE p.occurred_at >= %(middle)s), 0),
  coalesce(sum(t.amount) FILTER (WHERE c.role LIKE 'redeemed:%%' AND p.occurred_at >= %(middle)s), 0),
  coalesce(sum(CASE WHEN d.role LIKE 'issued:%%' THEN t.amount WHEN c.role LIKE 'issued:%%' THEN -t.amount END)
    FILTER (WHERE p.occurred_at < %(middle)s), 0),
  coalesce(sum(t.amount) FILTER (WHERE c.role LIKE 'redeemed:%%' AND p.occurred_at < %(middle)s), 0)
FROM ledger_posting p JOIN ledger_transfer t ON t.posting_id = p.id
JOIN ledger_account d ON d.id = t.debit_id JOIN ledger_account c ON c.id = t.credit_id
WHERE p.occurred_at >= %(start)s AND p.occurred_at < %(end)s
  AND (d.role LIKE 'issued:%%' OR c.role LIKE 'issued:%%' OR c.role LIKE 'redeemed:%%')
"""


def turnover(start: datetime, middle: datetime, end: datetime) -> tuple[Turnover, Turnover]:
    """What happened from `middle` to `end`, and from `start` to `middle`, in one query; by the day of the sale or order."""
    with connection.cursor() as cursor:
        cursor.execute(_TURNOVER, {"start": start, "middle": middle, "end": end})
        units = [int(value) for value in cursor.fetchone()]
    return Turnover(Points(units[0]), Points(units[1])), Turnover(Points(units[2]), Points(units[3]))


def program_total(role_prefix: str) -> Points:
    """Derived balance of the program's accounts whose role starts with a prefix (credits − debits)."""
    accounts = Account.objects.filter(owner_kind="program", role__startswith=role_prefix).values("id")
    from tenants.ledger.models import Transfer

    credits = Transfer.objects.filter(credit__in=accounts).aggregate(total=Sum("amount"))["total"] or 0
    debits = Transfer.objects.filter(debit__in=accounts).aggregate(total=Sum("amount"))["total"] or 0
    return Points(credits - debits)
