"""Late matches: sales of a buyer nobody knew are kept, and awarded when the buyer becomes a member."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from kolektor.audit import services as audit
from kolektor.kernel import clock
from kolektor.kernel.binding import bound
from kolektor.kernel.outbox.services import emit
from kolektor.kernel.points import Points
from tenants.ledger import services as ledger
from tenants.program import selectors as program
from tenants.sales.ports import Awarder, AwardOutcome

# as at import: the tax number; else the customer code; else, without a tax number, the e-mail or the phone
_MATCH = """
UPDATE sales_salesdocument s SET member_id = m.id
FROM members_member m LEFT JOIN members_firm f ON f.id = m.firm_id
WHERE m.id = %(member)s AND s.member_id IS NULL AND s.sale_date >= %(since)s
  AND (s.buyer_nip IS NOT NULL OR s.buyer_code IS NOT NULL OR s.buyer_email IS NOT NULL OR s.buyer_phone IS NOT NULL)
  AND (s.buyer_nip = f.nip OR s.buyer_code = m.customer_code OR (s.buyer_nip IS NULL AND (
    lower(s.buyer_email) = lower(m.email) OR (s.buyer_phone <> '' AND s.buyer_phone = m.phone))))
RETURNING s.id
"""

_FOLLOW = """
UPDATE sales_salesdocument s SET member_id = o.member_id FROM sales_salesdocument o
WHERE s.corrects_id = o.id AND o.id = ANY(%(found)s) AND s.member_id IS NULL RETURNING s.id
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
    with connection.cursor() as cursor:
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
        while newly:
            found += newly
            cursor.execute(_FOLLOW, {"found": newly})
            newly = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT id FROM sales_salesdocument WHERE id = ANY(%s) ORDER BY accept_seq", [found])
        return [row[0] for row in cursor.fetchall()]


def on_enrolled(payload: Mapping[str, Any]) -> None:
    """Handle `members.enrolled`."""
    award_late(member_id=UUID(payload["member"]))
