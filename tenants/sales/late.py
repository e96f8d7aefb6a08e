"""Late matches: sales of a buyer nobody knew are kept, and awarded when the buyer becomes a member or is told to be one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from kolektor.audit import services as audit
from kolektor.kernel import clock, statistics
from kolektor.kernel.binding import bound
from kolektor.kernel.outbox.services import emit
from kolektor.kernel.points import Points
from tenants.ledger import services as ledger
from tenants.program import selectors as program
from tenants.sales.models import ReturnTake, SalesDocument, SalesLine
from tenants.sales.ports import Awarder, AwardOutcome

# as at import: the tax number; else the customer code; else, without a tax number, the e-mail or the phone; else what a
# person said of the buyer
_MATCH = """
UPDATE sales_salesdocument s SET member_id = %(member)s
FROM members_member m LEFT JOIN members_firm f ON f.id = m.firm_id
WHERE (m.id = %(member)s OR m.merged_into_id = %(member)s)
  AND s.member_id IS NULL AND s.sale_date >= %(since)s AND s.reverted_at IS NULL
  AND (s.buyer_nip IS NOT NULL OR s.buyer_code IS NOT NULL OR s.buyer_email IS NOT NULL OR s.buyer_phone IS NOT NULL)
  AND ((s.buyer_nip = f.nip AND m.firm_role = 'owner') OR s.buyer_code = m.customer_code OR (s.buyer_nip IS NULL AND (
    lower(s.buyer_email) = lower(m.email) OR members_phone(s.buyer_phone) = members_phone(m.phone))))
RETURNING s.id
"""

_SAID = """
UPDATE sales_salesdocument s SET member_id = b.member_id
FROM sales_buyermatch b
WHERE b.member_id = %(member)s AND s.member_id IS NULL AND s.sale_date >= %(since)s AND s.reverted_at IS NULL
  AND (s.buyer_nip IS NOT NULL OR s.buyer_code IS NOT NULL OR s.buyer_email IS NOT NULL OR s.buyer_phone IS NOT NULL)
  AND sales_buyer_key(s.buyer_nip, s.buyer_code, s.buyer_email, s.buyer_phone) = b.key
RETURNING s.id
"""

# corrections of what was found, by the document or by a line (of several originals, the document holds the first)
_FOLLOW = """
UPDATE sales_salesdocument s SET member_id = (SELECT o.member_id FROM sales_salesdocument o WHERE o.id = f.original)
FROM (
  SELECT c.id, min(c.original::text)::uuid AS original FROM (
    SELECT d.id, d.corrects_id AS original FROM sales_salesdocument d WHERE d.corrects_id = ANY(%(found)s)
    UNION ALL SELECT x.document_id, l.document_id
    FROM sales_salesline l JOIN sales_salesline x ON x.corrects_id = l.id WHERE l.document_id = ANY(%(found)s)
  ) c GROUP BY c.id
) f
WHERE s.id = f.id AND s.member_id IS NULL AND s.reverted_at IS NULL
RETURNING s.id
"""


@transaction.atomic
def award_late(*, member_id: UUID) -> AwardOutcome:
    """Give a member the sales that waited for them, back to the program's limit in days, and award them in the order of
    their acceptance. Takes the bulk lane's lock. Again changes nothing.
    """
    days = program.settings().late_match_days
    if days == 0:
        return AwardOutcome(0, 0)
    ledger.lock_bulk_lane()
    found = _match(member_id, clock.local_today() - timedelta(days=days))
    if not found:
        return AwardOutcome(0, 0)
    statistics.refresh(SalesDocument, SalesLine, ReturnTake)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sales_keep_splits(%s)", [found])
        cursor.execute("SELECT sales_take_returns(%s)", [found])
    outcome = bound(Awarder).award(found)
    emit("sales.accepted", {"documents": [str(key) for key in found]})
    audit.record(
        action="sales.matched_late",
        object_type="member",
        object_id=member_id,
        documents=len(found),
        awarded=str(Points(outcome.awarded_units)),
        reversed=str(Points(outcome.reversed_units)),
    )
    return outcome


def _match(member_id: UUID, since: date) -> list[UUID]:
    found: list[UUID] = []
    with connection.cursor() as cursor:
        cursor.execute(_MATCH, {"member": member_id, "since": since})
        newly = [row[0] for row in cursor.fetchall()]
        cursor.execute(_SAID, {"member": member_id, "since": since})
        newly += [row[0] for row in cursor.fetchall()]
        while newly:
            found += newly
            cursor.execute(_FOLLOW, {"found": newly})
            newly = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT id FROM sales_salesdocument WHERE id = ANY(%s) ORDER BY accept_seq", [found])
        return [row[0] for row in cursor.fetchall()]


def on_enrolled(payload: Mapping[str, Any]) -> None:
    """Handle `members.enrolled` and `sales.buyer_matched`."""
    award_late(member_id=UUID(payload["member"]))
