"""What sales representatives are credited with: whom they invited, who came, and what those were given for purchases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection

from kolektor.kernel.points import Points

_CREDITS: Final = """
WITH brought AS (
  SELECT m.id, m.brought_by FROM members_member m
  WHERE m.merged_into_id IS NULL AND m.path = 'invitation' AND m.brought_by IS NOT NULL
    AND (%(rep)s::uuid IS NULL OR m.brought_by = %(rep)s)
), bought AS (
  SELECT b.id, b.brought_by,
    EXISTS (SELECT 1 FROM sales_salesdocument d WHERE d.member_id = ANY(w.ids) AND d.reverted_at IS NULL) AS buying,
    (SELECT coalesce(sum(a.units), 0) FROM rules_awardline a JOIN sales_salesdocument d ON d.id = a.document_id
      WHERE d.member_id = ANY(w.ids)) AS units
  FROM brought b CROSS JOIN LATERAL (
    SELECT array_agg(o.id) AS ids FROM members_member o WHERE o.id = b.id OR o.merged_into_id = b.id
  ) w
), invited AS (
  SELECT i.invited_by, count(*) AS invited FROM members_invitation i
  WHERE %(rep)s::uuid IS NULL OR i.invited_by = %(rep)s GROUP BY 1
)
SELECT coalesce(i.invited_by, b.brought_by), coalesce(max(i.invited), 0), count(b.id), count(b.id) FILTER (WHERE b.buying),
  coalesce(sum(b.units), 0)::bigint
FROM invited i FULL JOIN bought b ON b.brought_by = i.invited_by
GROUP BY 1 ORDER BY 3 DESC, 2 DESC, 1
"""


@dataclass(frozen=True, slots=True)
class Credit:
    """One representative's."""

    person_id: UUID
    invited: int
    joined: int
    buying: int
    points: Points


def of_representatives(person_id: UUID | None) -> list[Credit]:
    """Of one representative, or (None) of all who ever invited somebody; who brought most comes first."""
    with connection.cursor() as cursor:
        cursor.execute(_CREDITS, {"rep": person_id})
        return [Credit(row[0], row[1], row[2], row[3], Points(row[4])) for row in cursor.fetchall()]
