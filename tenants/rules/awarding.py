"""Award accepted documents and take back what corrections undo. Implements the port `tenants.sales.ports.Awarder`.

Runs in the importer's transaction, under the bulk lane's lock; every step is one statement over all documents.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from kolektor.kernel.points import Points
from tenants.ledger import services as ledger
from tenants.ledger.services import Owner, Source
from tenants.program import selectors as program
from tenants.rules.compiler import awardable, compiled
from tenants.rules.models import RuleVersion
from tenants.sales.ports import AwardOutcome

# Award lines of one version: the compiled SELECT, wrapped
_INSERT = """
INSERT INTO rules_awardline (document_id, line_id, version_id, member_id, units, template, inputs)
SELECT s.document_id, s.id, %s, s.member_id, s.units, %s,
  %s::jsonb || jsonb_build_object('base', trim_scale(s.base)::text)
FROM ({select}) AS s(id, document_id, member_id, base, units)
"""

# What corrections change, line by line. The points of a line are always round(first award × what is left of the line), so
# that any sequence of corrections adds up exactly, and a full return gives exactly zero. A line's share is counted by
# quantity for points per unit when the correction shows the state before and after; by value otherwise. A return without
# reference takes its share of each sale by quantity.
_ADJUST = """
WITH touched AS (
  SELECT x.corrects_id AS sold_id FROM sales_salesline x
  WHERE x.document_id = ANY(%(documents)s) AND x.corrects_id IS NOT NULL
  UNION SELECT t.sold_id FROM sales_returntake t JOIN sales_salesline x ON x.id = t.line_id
  WHERE x.document_id = ANY(%(documents)s)
), changes AS (
  SELECT c.corrects_id AS line_id, d.id AS document_id, d.accept_seq, min(c.id) AS by_line, bool_or(c.before) AS pair,
    coalesce(sum(c.value), 0) AS value,
    coalesce(sum(CASE WHEN c.before THEN -c.quantity ELSE c.quantity END), 0) AS quantity
  FROM sales_salesline c JOIN sales_salesdocument d ON d.id = c.document_id
  WHERE c.corrects_id IN (SELECT sold_id FROM touched)
    AND d.kind IN ('correction', 'settlement_correction')
  GROUP BY 1, 2, 3
  UNION ALL
  SELECT t.sold_id, r.document_id, d.accept_seq, min(r.id), true,
    -sum(t.quantity) * s.value / s.quantity, -sum(t.quantity)
  FROM sales_returntake t JOIN sales_salesline r ON r.id = t.line_id JOIN sales_salesdocument d ON d.id = r.document_id
  JOIN sales_salesline s ON s.id = t.sold_id
  WHERE t.sold_id IN (SELECT sold_id FROM touched)
  GROUP BY t.sold_id, r.document_id, d.accept_seq, s.value, s.quantity
), counted AS (
  SELECT ch.document_id, ch.by_line, a.id AS award_id, a.version_id, a.member_id, a.units,
    CASE WHEN a.template = 'per_unit.1' THEN l.quantity ELSE l.value END AS whole,
    sum(CASE WHEN a.template <> 'per_unit.1' THEN ch.value WHEN ch.pair THEN ch.quantity
      ELSE l.quantity * ch.value / nullif(l.value, 0) END) OVER upto AS changed,
    CASE WHEN a.template <> 'per_unit.1' THEN ch.value WHEN ch.pair THEN ch.quantity
      ELSE l.quantity * ch.value / nullif(l.value, 0) END AS change
  FROM changes ch JOIN sales_salesline l ON l.id = ch.line_id
  JOIN rules_awardline a ON a.line_id = ch.line_id AND a.adjusts_id IS NULL
  WINDOW upto AS (PARTITION BY a.id ORDER BY ch.accept_seq)
), priced AS (
  SELECT document_id, by_line, award_id, version_id, member_id, whole, change, changed,
    rules_units(units::numeric / 100 * greatest(0, whole + changed) / whole, %(rounding)s)
    - rules_units(units::numeric / 100 * greatest(0, whole + changed - change) / whole, %(rounding)s) AS units
  FROM counted WHERE whole <> 0
)
INSERT INTO rules_awardline (document_id, line_id, version_id, adjusts_id, member_id, units, template, inputs)
SELECT document_id, by_line, version_id, award_id, member_id, units, 'adjust.1',
  jsonb_build_object('whole', trim_scale(whole)::text, 'change', trim_scale(round(change, 6))::text,
    'left', trim_scale(round(greatest(0, whole + changed), 6))::text)
FROM priced WHERE document_id = ANY(%(documents)s) AND units <> 0
"""

_BULK = """
SELECT b.key, b.state FROM (
  SELECT array_agg('member'::text ORDER BY id) AS kinds, array_agg(member_id ORDER BY id) AS owners,
    array_agg(units ORDER BY id) AS units, array_agg('award:' || id ORDER BY id) AS keys,
    array_agg(sale_date::timestamp AT TIME ZONE 'Europe/Warsaw' ORDER BY id) AS occurred,
    array_agg(id::text ORDER BY id) AS sources,
    array_agg((sale_date + make_interval(months => %(months)s) + interval '1 day')::timestamp AT TIME ZONE 'Europe/Warsaw'
      ORDER BY id) AS expires
  FROM (
    SELECT d.id, d.sale_date, a.member_id, sum(a.units)::bigint AS units
    FROM rules_awardline a JOIN sales_salesdocument d ON d.id = a.document_id
    WHERE a.document_id = ANY(%(documents)s) AND a.units > 0 GROUP BY 1, 2, 3
  ) owed
) agg, LATERAL ledger_award_bulk(agg.kinds, agg.owners, agg.units, agg.keys, agg.occurred, 'document', agg.sources,
  agg.expires, 'wholesaler', %(handlers)s) AS b
WHERE agg.kinds IS NOT NULL
"""

_TAKEN_BACK = """
SELECT a.document_id, a.member_id, d.sale_date::timestamp AT TIME ZONE 'Europe/Warsaw', p.id, -sum(a.units)
FROM rules_awardline a
JOIN sales_salesdocument d ON d.id = a.document_id
JOIN rules_awardline f ON f.id = a.adjusts_id
JOIN ledger_posting p ON p.idempotency_key = 'award:' || f.document_id
WHERE a.document_id = ANY(%(documents)s) AND a.units < 0
GROUP BY a.document_id, d.accept_seq, a.member_id, d.sale_date, p.id ORDER BY d.accept_seq, p.id
"""

_TOTALS = """
SELECT coalesce(sum(units) FILTER (WHERE units > 0), 0), coalesce(-sum(units) FILTER (WHERE units < 0), 0)
FROM rules_awardline WHERE document_id = ANY(%(documents)s)
"""


class RuleAwarder:
    """Awards by the live rule versions; all versions that match a line add up."""

    def award(self, document_ids: list[UUID]) -> AwardOutcome:
        """See the port. Postings are keyed by document, so that a document is awarded once whatever happens."""
        settings = program.settings()
        arguments = {
            "documents": document_ids,
            "rounding": settings.rounding,
            # a lot without an end has no expiry: NULL months give NULL
            "months": settings.lot_life_months,
            "handlers": ledger.announcing(),
        }
        versions = RuleVersion.objects.filter(state=RuleVersion.State.LIVE).order_by("rule__code", "number")
        for version in versions:
            _insert_award_lines(version, document_ids, settings.rounding)
        with connection.cursor() as cursor:
            cursor.execute(_ADJUST, arguments)
            cursor.execute(_BULK, arguments)
            cursor.fetchall()
            cursor.execute(_TAKEN_BACK, arguments)
            taken_back = cursor.fetchall()
        for document_id, member_id, occurred, award_id, units in taken_back:
            _take_back(document_id, member_id, occurred, award_id, int(units))
        with connection.cursor() as cursor:
            cursor.execute(_TOTALS, arguments)
            awarded, taken = cursor.fetchone()
        return AwardOutcome(int(awarded), int(taken))


def _insert_award_lines(version: RuleVersion, document_ids: list[UUID], rounding: str) -> None:
    rows: QuerySet[Any] = compiled(version, awardable(document_ids), rounding)
    columns = ("id", "document_id", "document__member_id", "base", "units")
    select, parameters = rows.values_list(*columns).query.sql_with_params()
    award = version.spec["award"]
    inputs = {key: value for key, value in award.items() if key != "kind"}
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT.format(select=select),
            [version.pk, f"{award['kind']}.1", json.dumps(inputs), *parameters],
        )


def _take_back(document_id: UUID, member_id: UUID, occurred: datetime, award_id: UUID, units: int) -> None:
    ledger.reverse(
        owner=Owner("member", member_id),
        points=Points(units),
        award_id=award_id,
        key=f"reverse:{document_id}:{award_id}",
        occurred_at=occurred,
        source=Source("document", str(document_id)),
    )
