"""Who of a firm got what: points of the firm's purchases, and rewards. Evidence for the tax on prizes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import connection

from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError
from kolektor.kernel.points import ZERO, Points
from tenants.members import selectors as members
from tenants.members.models import Firm

FIRST_YEAR: Final = 2000

# Points by the day of the sale or of its correction (Poland). A purchase of the firm is one that its owner at that time made
# under the firm's tax number, or one that was split.
_RECEIVED: Final = """
WITH owners AS (
  SELECT DISTINCT member_id FROM members_firmmembership WHERE firm_id = %(firm)s AND role = 'owner'
), lines AS (
  SELECT a.id, a.member_id, a.units FROM sales_salesdocument d
  JOIN rules_awardline a ON a.document_id = d.id
  JOIN rules_awardline f ON f.id = coalesce(a.adjusts_id, a.id)
  JOIN sales_salesdocument o ON o.id = f.document_id
  WHERE d.member_id IN (SELECT member_id FROM owners) AND d.sale_date BETWEEN %(first)s AND %(last)s
    AND (o.buyer_nip = %(nip)s OR o.split_id IN (SELECT id FROM members_firmsplit WHERE firm_id = %(firm)s))
), parts AS (
  SELECT s.award_line_id, s.member_id, s.units FROM rules_awardshare s JOIN lines l ON l.id = s.award_line_id
)
SELECT member_id, sum(units)::bigint FROM (
  SELECT member_id, units FROM parts
  UNION ALL
  SELECT l.member_id, l.units - coalesce((SELECT sum(p.units) FROM parts p WHERE p.award_line_id = l.id), 0) FROM lines l
) got GROUP BY 1
"""

# rewards that were ordered while the person belonged to the firm
_REWARDS: Final = """
SELECT o.member_id, count(DISTINCT o.id), sum(o.units)::bigint, o.currency, sum(o.face_value)
FROM members_firmmembership w JOIN orders_order o ON o.member_id = w.member_id
  AND o.created_at >= w.joined_at AND o.created_at < coalesce(w.left_at, 'infinity')
WHERE w.firm_id = %(firm)s AND o.state = 'FULFILLED' AND o.created_at >= %(start)s AND o.created_at < %(end)s
GROUP BY o.member_id, o.currency ORDER BY o.currency
"""


# points passed on between people of the firm, by the day it was done
_MOVED: Final = """
WITH people AS (SELECT DISTINCT member_id FROM members_firmmembership WHERE firm_id = %(firm)s)
SELECT member_id, sum(units)::bigint FROM (
  SELECT to_id AS member_id, from_id AS other, units, created_at FROM ledger_pointstransfer
  UNION ALL SELECT from_id, to_id, -units, created_at FROM ledger_pointstransfer
) moved
WHERE member_id IN (SELECT member_id FROM people) AND other IN (SELECT member_id FROM people)
  AND created_at >= %(start)s AND created_at < %(end)s GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Got:
    """One person's year: points of the firm's purchases less what corrections took back; points that colleagues gave less what
    was given to them; rewards by currency.
    """

    member_id: UUID
    name: str
    points: Points
    moved: Points
    orders: int
    spent: Points
    values: tuple[tuple[Decimal, str], ...]


def of_year(firm: Firm, year: int) -> list[Got]:
    """Everybody who got anything in a calendar year (Poland), by name. Raises DomainError OUT_OF_RANGE."""
    this = clock.local_today().year
    if not FIRST_YEAR <= year <= this:
        raise DomainError("OUT_OF_RANGE", field="year", minimum=FIRST_YEAR, maximum=this)
    arguments: dict[str, Any] = {
        "firm": firm.pk,
        "nip": firm.nip,
        "first": date(year, 1, 1),
        "last": date(year, 12, 31),
        "start": datetime.combine(date(year, 1, 1), time.min, clock.WARSAW),
        "end": datetime.combine(date(year + 1, 1, 1), time.min, clock.WARSAW),
    }
    rewards: dict[UUID, list[tuple[int, int, str, Decimal]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_RECEIVED, arguments)
        received = dict(cursor.fetchall())
        cursor.execute(_MOVED, arguments)
        moved = dict(cursor.fetchall())
        cursor.execute(_REWARDS, arguments)
        for member_id, *row in cursor.fetchall():
            rewards.setdefault(member_id, []).append((row[0], row[1], row[2], row[3]))
    everybody = {*received, *moved, *rewards}
    names = members.names_of(everybody)
    found = [
        _got(key, names.get(key, "—"), received.get(key, 0), moved.get(key, 0), rewards.get(key, []))
        for key in everybody
    ]
    return sorted(found, key=lambda row: (row.name.casefold(), str(row.member_id)))


def _got(key: UUID, name: str, units: int, moved: int, rewards: list[tuple[int, int, str, Decimal]]) -> Got:
    return Got(
        member_id=key,
        name=name,
        points=Points(units),
        moved=Points(moved),
        orders=sum(count for count, _, _, _ in rewards),
        spent=sum((Points(spent) for _, spent, _, _ in rewards), ZERO),
        values=tuple((value, currency) for _, _, currency, value in rewards),
    )
