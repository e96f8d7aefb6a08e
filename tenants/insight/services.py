"""Push a wholesaler's figures to headquarters: days that changed are recomputed whole, so that a push may be repeated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from kolektor.kernel import clock
from kolektor.kernel.binding import bound
from kolektor.kernel.points import Points
from kolektor.kernel.tenant import tenant_id
from kolektor.network import services as network
from tenants.insight.ports import BrandDay, DayTotals, Facts, FactSink, MonthBuyers
from tenants.ledger import selectors as ledger
from tenants.ledger.services import Owner
from tenants.members.models import Member
from tenants.sales.models import SalesDocument

# one writer of a wholesaler's facts at a time: the last to recompute sees everything that is committed
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('kolektor facts'), hashtext(current_schema()))"

# Points are the ledger's, day by day: what was given for an import that was taken back, and what was taken back of it.
# An advance is money for an order: its goods are sold by the settlement. A correction of the whole has no lines of its own; the
# shares that it is spread over change values and are not counted.
_SALES = "d.reverted_at IS NULL AND d.kind NOT IN ('advance', 'advance_correction')"

_BRANDS = f"""
WITH lines AS (
  SELECT d.sale_date AS day, l.brand_id, l.supplier_id, count(*) FILTER (WHERE NOT l.before AND NOT l.spread) AS lines,
    coalesce(sum(l.value), 0) AS sales, 0::bigint AS awarded, 0::bigint AS reversed
  FROM sales_salesline l JOIN sales_salesdocument d ON d.id = l.document_id
  WHERE d.sale_date = ANY(%(days)s) AND {_SALES} GROUP BY 1, 2, 3
  UNION ALL
  SELECT d.sale_date, l.brand_id, l.supplier_id, 0, 0,
    coalesce(sum(a.units) FILTER (WHERE a.units > 0), 0), coalesce(-sum(a.units) FILTER (WHERE a.units < 0), 0)
  FROM rules_awardline a JOIN sales_salesline l ON l.id = a.line_id JOIN sales_salesdocument d ON d.id = a.document_id
  WHERE d.sale_date = ANY(%(days)s) GROUP BY 1, 2, 3
)
SELECT day, brand_id, supplier_id, sum(lines)::int, sum(sales), sum(awarded)::bigint, sum(reversed)::bigint
FROM lines GROUP BY 1, 2, 3
"""

_DAYS = f"""
SELECT day,
  (SELECT count(*) FROM sales_salesdocument d WHERE d.sale_date = day AND {_SALES}),
  (SELECT count(*) FROM orders_order o WHERE o.state = 'FULFILLED'
    AND (o.created_at AT TIME ZONE 'Europe/Warsaw')::date = day),
  (SELECT coalesce(sum(o.units), 0)::bigint FROM orders_order o WHERE o.state = 'FULFILLED'
    AND (o.created_at AT TIME ZONE 'Europe/Warsaw')::date = day)
FROM unnest(%(days)s) AS day
"""

_MONTHS = f"""
SELECT month, (SELECT count(DISTINCT d.member_id) FROM sales_salesdocument d
  WHERE d.sale_date >= month AND d.sale_date < month + interval '1 month' AND d.member_id IS NOT NULL AND {_SALES})
FROM (SELECT DISTINCT date_trunc('month', day)::date AS month FROM unnest(%(days)s) AS day) months
"""


def push_days(days: Iterable[date]) -> None:
    """Recompute and push the facts of some days (calendar days in Poland), in the caller's transaction."""
    wanted = sorted(set(days))
    if not wanted:
        return
    arguments = {"days": wanted}
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
        cursor.execute(_BRANDS, arguments)
        brands = tuple(BrandDay(*row) for row in cursor.fetchall())
        cursor.execute(_DAYS, arguments)
        totals = tuple(DayTotals(*row) for row in cursor.fetchall())
        cursor.execute(_MONTHS, arguments)
        months = tuple(MonthBuyers(*row) for row in cursor.fetchall())
    bound(FactSink).store(Facts(tenant_id(), clock.now(), totals, brands, months))


def on_sales_accepted(payload: Mapping[str, Any]) -> None:
    """Handle `sales.accepted`: push the days of the documents."""
    ids = [UUID(key) for key in payload["documents"]]
    push_days(SalesDocument.objects.filter(pk__in=ids).values_list("sale_date", flat=True))


def on_order_closed(payload: Mapping[str, Any]) -> None:
    """Handle `orders.closed`: push the day of the order."""
    push_days([date.fromisoformat(payload["day"])])


def stamp_passports(member_ids: Iterable[UUID]) -> None:
    """Push balances to the Passport, in the caller's transaction."""
    members = list(Member.objects.filter(pk__in=list(member_ids)).values_list("id", "person_id"))
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
    as_of = clock.now()
    standing = ledger.balances([Owner("member", member_id) for member_id, _ in members])
    balances: dict[UUID, Points] = {
        person_id: standing[Owner("member", member_id)].available for member_id, person_id in members
    }
    network.stamp_passport_balances(wholesaler_id=tenant_id(), balances=balances, as_of=as_of)


def on_ledger_changed(payload: Mapping[str, Any]) -> None:
    """Handle `ledger.changed`: push the members' balances."""
    stamp_passports(UUID(key) for key in payload.get("members", ()))


def on_enrolled(payload: Mapping[str, Any]) -> None:
    """Handle `members.enrolled`: a first balance in the Passport."""
    stamp_passports([UUID(payload["member"])])
