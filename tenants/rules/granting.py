"""Write the first awards of a rule version: what each line asks for, less what caps and the budget keep back.

One statement over all documents. Lines are limited in the order of acceptance. A running sum decides: a line gets what is
left of the limit after all lines before it, so that the set-based form and one line at a time agree.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from tenants.rules.models import RuleVersion
from tenants.sales.models import SalesLine

_COLUMNS = ("id", "document_id", "document__member_id", "base", "units", "times", "sale_date", "parts")

_ASKING = """
WITH asking AS MATERIALIZED (
  SELECT nextval(pg_get_serial_sequence('rules_awardline', 'id')) AS award_id, x.* FROM (
    SELECT s.*, coalesce(m.firm_id, m.id) AS firm_key
    FROM ({select}) AS s(line_id, document_id, member_id, base, asked, times, sale_date, parts)
    JOIN sales_salesdocument d ON d.id = s.document_id JOIN members_member m ON m.id = s.member_id
    ORDER BY d.accept_seq, s.line_id
  ) x
)"""

_STAGE = """, stage{stage} AS (
  SELECT p.*, {owner} AS owner{stage}, {period} AS period{stage},
    greatest(0, least(p.{asked}, {limit} - coalesce(u.units, 0)
      - (sum(p.{asked}) OVER (PARTITION BY {owner}, {period} ORDER BY p.award_id) - p.{asked})))::bigint AS let{stage}
  FROM {before} p LEFT JOIN rules_capusage u
    ON u.version_id = %s AND u.cap = {number} AND u.owner_id = {owner} AND u.period = {period}
), used{stage} AS (
  INSERT INTO rules_capusage (version_id, cap, owner_id, period, units)
  SELECT %s, {number}, owner{stage}, period{stage}, sum(let{stage}) FROM stage{stage} GROUP BY owner{stage}, period{stage}
  ON CONFLICT (version_id, cap, owner_id, period) DO UPDATE SET units = rules_capusage.units + EXCLUDED.units
)"""

_KEEP = """, kept AS (
  INSERT INTO rules_cappedline (award_id, version_id, member_id, firm_key, sale_date, wanted, passed, reached, granted)
  SELECT award_id, %s, member_id, firm_key, sale_date, asked, ARRAY[{passed}]::bigint[], {reached}, {granted} FROM {last}
)"""

_INSERT = """
INSERT INTO rules_awardline (id, document_id, line_id, version_id, member_id, units, wanted, template, inputs, posting_key)
SELECT award_id, document_id, line_id, %s, member_id, {granted}, nullif(asked, {granted}), %s,
  jsonb_strip_nulls(%s::jsonb || jsonb_build_object('base', trim_scale(base)::text, 'lines', to_jsonb(parts),
    'boost', CASE WHEN times <> 1 THEN trim_scale(times)::text END, 'cut', {cut})),
  rules_posting_key(document_id, member_id, member_id, %s, %s)
FROM {last}
"""

NOBODY = "'00000000-0000-0000-0000-000000000000'::uuid"


def template_of(award: dict[str, Any]) -> str:
    """The receipt's template of a first award."""
    kind = f"fixed_{award['each']}" if award["kind"] == "fixed" else award["kind"]
    return f"{kind}.1"


def limited(spec: dict[str, Any]) -> bool:
    """Whether caps or a budget may give less than lines ask for."""
    return "caps" in spec or "budget" in spec


def _units(points: str) -> int:
    return int(Decimal(points) * 100)


def _stages(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """The caps in their order, then the budget; numbered as in `CapUsage.cap`."""
    owners = {"member": "p.member_id", "firm": "p.firm_key"}
    stages = [
        {
            "number": number,
            "owner": owners[cap["for"]],
            "period": f"rules_period('{cap['per']}', p.sale_date)",
            "limit": _units(cap["points"]),
        }
        for number, cap in enumerate(spec.get("caps", ()), start=1)
    ]
    if "budget" in spec:
        stages.append(
            {
                "number": 0,
                "owner": NOBODY,
                "period": "rules_period('ever', p.sale_date)",
                "limit": _units(spec["budget"]),
            }
        )
    return stages


def insert_awards(version: RuleVersion, rows: QuerySet[SalesLine], *, run: str) -> None:
    """Write the awards of compiled rows. `run` ends the posting's key where a document was awarded before.

    Needs the bulk lane's lock, in the caller's transaction.
    """
    try:
        select, parameters = rows.order_by().values_list(*_COLUMNS).query.sql_with_params()
    except EmptyResultSet:  # a condition that no line can fulfill
        return
    spec = version.spec
    award = spec["award"]
    statement = _ASKING.format(select=select)
    values: list[Any] = list(parameters)
    before, asked, lets, cuts = "asking", "asked", [], []
    for place, stage in enumerate(_stages(spec), start=1):
        statement += _STAGE.format(stage=place, before=before, asked=asked, **stage)
        values += [version.pk, version.pk]
        cuts.append(f"WHEN let{place} < {asked} THEN {stage['number']}")
        before, asked = f"stage{place}", f"let{place}"
        lets.append(asked)
    if limited(spec):
        caps = lets[: len(spec.get("caps", ()))]
        reached = caps[-1] if caps else "asked"
        statement += _KEEP.format(passed=", ".join(caps), reached=reached, granted=asked, last=before)
        values.append(version.pk)
    cut = f"CASE {' '.join(cuts)} END" if cuts else "NULL::int"
    statement += _INSERT.format(granted=asked, last=before, cut=cut)
    shown = {key: value for key, value in award.items() if key not in ("kind", "each")}
    days = spec.get("matures_after_days", 0)
    values += [version.pk, template_of(award), json.dumps(shown), days, run]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
