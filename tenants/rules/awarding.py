"""Award accepted documents and take back what corrections undo. Implements the port `tenants.sales.ports.Awarder`.

Runs in the importer's transaction, under the bulk lane's lock; every step is one statement over all documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from kolektor.kernel import clock, faultpoints, statistics
from kolektor.kernel.points import Points
from tenants.ledger import services as ledger
from tenants.ledger.services import Owner, Source
from tenants.program import selectors as program
from tenants.program.models import ProgramSettings
from tenants.rules.compiler import awardable, compiled
from tenants.rules.granting import insert_awards, limited
from tenants.rules.models import AwardLine, CappedLine, CapUsage, RuleVersion
from tenants.sales.models import SalesLine
from tenants.sales.ports import AwardOutcome
from tenants.sales.sql_import import AWARDED_KINDS

# What this run wrote, posted: one posting for what a document gives to one member (the buyer, a fitter with a share) at one
# time, in the order of acceptance, so that a history's balances run with its days. Points that mature later wait.
_BULK = """
SELECT b.key, b.state FROM (
  SELECT array_agg('member'::text ORDER BY accept_seq, id) AS kinds, array_agg(member_id ORDER BY accept_seq, id) AS owners,
    array_agg(units ORDER BY accept_seq, id) AS units, array_agg(posting_key ORDER BY accept_seq, id) AS keys,
    array_agg(sale_date::timestamp AT TIME ZONE 'Europe/Warsaw' ORDER BY accept_seq, id) AS occurred,
    array_agg(document_id::text ORDER BY accept_seq, id) AS sources,
    array_agg((sale_date + make_interval(months => %(months)s) + interval '1 day')::timestamp AT TIME ZONE 'Europe/Warsaw'
      ORDER BY accept_seq, id) AS expires,
    array_agg(CASE WHEN matures > %(now)s THEN matures END ORDER BY accept_seq, id) AS matures
  FROM (
    SELECT min(a.id) AS id, d.accept_seq, a.document_id, d.sale_date, a.member_id, a.posting_key, sum(a.units)::bigint AS units,
      CASE WHEN v.spec ? 'matures_after_days' THEN
        (d.sale_date + (v.spec ->> 'matures_after_days')::int)::timestamp AT TIME ZONE 'Europe/Warsaw' END AS matures
    FROM rules_given(%(after)s) a JOIN sales_salesdocument d ON d.id = a.document_id
    JOIN rules_ruleversion v ON v.id = a.version_id
    WHERE a.units > 0 GROUP BY d.accept_seq, a.document_id, d.sale_date, a.member_id, a.posting_key, matures
  ) owed
) agg, LATERAL ledger_award_bulk(agg.kinds, agg.owners, agg.units, agg.keys, agg.occurred, 'document', agg.sources,
  agg.expires, agg.matures, 'wholesaler', %(handlers)s) AS b
WHERE agg.kinds IS NOT NULL
"""

_TAKEN_BACK = """
SELECT a.document_id, a.member_id, d.sale_date::timestamp AT TIME ZONE 'Europe/Warsaw', p.id, -sum(a.units)
FROM rules_given(%(after)s) a
JOIN sales_salesdocument d ON d.id = a.document_id
JOIN LATERAL (SELECT rules_first_key(a.adjusts_id, a.member_id, a.part) AS posting_key OFFSET 0) given ON true
JOIN ledger_posting p ON p.idempotency_key = given.posting_key
WHERE a.units < 0
GROUP BY a.document_id, d.accept_seq, a.member_id, d.sale_date, p.id ORDER BY d.accept_seq, p.id
"""

_TOTALS = """
SELECT coalesce(sum(units) FILTER (WHERE units > 0), 0), coalesce(-sum(units) FILTER (WHERE units < 0), 0)
FROM rules_awardline WHERE id > %(after)s
"""

# documents in the order of acceptance: whether they may award, and whether they change what was awarded
_ROLES = """
SELECT d.id,
  d.kind = ANY(%(awarded)s) OR (d.kind LIKE '%%correction' AND EXISTS (
    SELECT 1 FROM sales_salesline l WHERE l.document_id = d.id AND l.corrects_id IS NULL AND NOT l.before)) AS awards,
  d.kind LIKE '%%correction' OR d.kind = 'return' AS changes
FROM sales_salesdocument d WHERE d.id = ANY(%(documents)s) ORDER BY d.accept_seq
"""

_SPEAKING_OF = """
SELECT DISTINCT document_id FROM rules_changes(ARRAY(
  SELECT id FROM sales_salesline WHERE document_id = ANY(%(documents)s)))
"""


class RuleAwarder:
    """Awards by the live rule versions; all versions that match a line add up."""

    def award(self, document_ids: list[UUID]) -> AwardOutcome:
        """See the port. A line is awarded once by a version, and a posting is keyed by its document, whatever happens."""
        run = _Run()
        versions = _live()
        waves: Iterable[list[UUID]] = [document_ids]
        if any(limited(version.spec) for version in versions):
            waves = _waves(document_ids)
        for wave in waves:
            for version in versions:
                insert_awards(version, compiled(version, awardable(wave), run.rounding), run="")
            faultpoints.reach("award.after_insert")
            run.adjust(wave)
        return run.post()

    def award_lines(self, line_ids: list[int]) -> AwardOutcome:
        """See the port."""
        run = _Run()
        lines = SalesLine.objects.filter(pk__in=line_ids)
        documents = list(lines.values_list("document_id", flat=True).distinct())
        for version in _live():
            insert_awards(version, _not_yet(version, documents, line_ids, run.rounding), run=run.name)
        with connection.cursor() as cursor:
            cursor.execute(_SPEAKING_OF, {"documents": documents})
            speaking = [row[0] for row in cursor.fetchall()]
        run.adjust(speaking, only_new=True)
        return run.post()

    def revert(self, document_ids: list[UUID]) -> AwardOutcome:
        """See the port."""
        run = _Run()
        _refresh_statistics()
        with connection.cursor() as cursor:
            cursor.execute("SELECT rules_revert(%s, %s, %s)", [document_ids, run.rounding, run.name])
        return run.post()


class _Run:
    """One run under the bulk lane's lock: every award line after `after` is its own."""

    def __init__(self) -> None:
        self.settings: ProgramSettings = program.settings()
        self.rounding = self.settings.rounding
        last = AwardLine.objects.order_by("-pk").values_list("pk", flat=True).first()
        self.after = last or 0
        self.name = f":{self.after}"

    def adjust(self, document_ids: Sequence[UUID], *, only_new: bool = False) -> None:
        """What these documents change of awards; of this run's awards only, or of all."""
        _refresh_statistics()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rules_adjust(%s::uuid[], %s, %s, %s)",
                [list(document_ids), self.after if only_new else 0, self.rounding, self.name if only_new else ""],
            )

    def post(self) -> AwardOutcome:
        """Post what was written: awards in one call, then what is taken back, document by document."""
        arguments: dict[str, Any] = {
            "after": self.after,
            "now": clock.now(),
            # a lot without an end has no expiry: NULL months give NULL
            "months": self.settings.lot_life_months,
            "handlers": ledger.announcing(),
        }
        with connection.cursor() as cursor:
            cursor.execute("SELECT rules_share(%s)", [self.after])
            cursor.execute(_BULK, arguments)
            cursor.fetchall()
            ledger.refresh_statistics()
            faultpoints.reach("award.after_posting")
            cursor.execute(_TAKEN_BACK, arguments)
            taken_back = cursor.fetchall()
        for document_id, member_id, occurred, award_id, units in taken_back:
            self._take_back(document_id, member_id, occurred, award_id, int(units))
        with connection.cursor() as cursor:
            cursor.execute(_TOTALS, arguments)
            awarded, taken = cursor.fetchone()
        return AwardOutcome(int(awarded), int(taken))

    def _take_back(self, document_id: UUID, member_id: UUID, occurred: datetime, award_id: UUID, units: int) -> None:
        ledger.reverse(
            owner=Owner("member", member_id),
            points=Points(units),
            award_id=award_id,
            key=f"reverse:{document_id}:{award_id}:{self.after}",
            occurred_at=occurred,
            source=Source("document", str(document_id)),
        )


def _refresh_statistics() -> None:
    statistics.refresh(AwardLine, CappedLine, CapUsage)


def _live() -> list[RuleVersion]:
    """Published versions; those that multiply what the others gave come last."""
    rows = RuleVersion.objects.filter(state=RuleVersion.State.LIVE).order_by("rule__code", "number")
    return sorted(rows, key=lambda version: version.spec["award"]["kind"] == "multiplier")


def _waves(document_ids: list[UUID]) -> list[list[UUID]]:
    """The documents in the order of acceptance, cut before a sale that follows a change: what a correction frees of a
    budget is there for the next sale, however many documents come in one run.
    """
    waves: list[list[UUID]] = [[]]
    changed = False
    with connection.cursor() as cursor:
        cursor.execute(_ROLES, {"documents": document_ids, "awarded": list(AWARDED_KINDS)})
        for document_id, awards, changes in cursor.fetchall():
            if awards and changed:
                waves.append([])
                changed = False
            waves[-1].append(document_id)
            changed = changed or changes
    return waves


def _not_yet(version: RuleVersion, documents: list[UUID], line_ids: list[int], rounding: str) -> QuerySet[SalesLine]:
    """What the version awards of these lines, beside what it has awarded. One fixed award a document looks at all lines."""
    lines = awardable(documents)
    given = AwardLine.objects.filter(version=version, adjusts__isnull=True)
    if version.spec["award"].get("each") == "document":
        return compiled(version, lines.exclude(Exists(given.filter(document=OuterRef("document")))), rounding)
    fresh = lines.filter(pk__in=line_ids).exclude(Exists(given.filter(line=OuterRef("pk"))))
    return compiled(version, fresh, rounding)
