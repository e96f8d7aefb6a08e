"""Recompute every balance and every lot from the transfers, set-based, and name each difference."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that disagrees with the transfers. `stored` and `computed` are units (hundredths of a point)."""

    check: str
    object: str
    stored: int | None
    computed: int | None


@dataclass(frozen=True, slots=True)
class Verification:
    """Result for one wholesaler's ledger."""

    postings: int
    transfers: int
    accounts: int
    lots: int
    differences: tuple[Difference, ...]


# each query gives (object, stored, computed) for every row that is wrong
_CHECKS: dict[str, str] = {
    "account_balance": """
        SELECT a.owner_kind || ' ' || a.owner_id || ' ' || a.role, a.balance, coalesce(s.units, 0)
        FROM ledger_account a LEFT JOIN (
          SELECT account_id, sum(units) AS units FROM (
            SELECT credit_id AS account_id, amount AS units FROM ledger_transfer
            UNION ALL SELECT debit_id, -amount FROM ledger_transfer) both_sides GROUP BY account_id
        ) s ON s.account_id = a.id
        WHERE a.balance IS NOT NULL AND a.balance <> coalesce(s.units, 0)""",
    "lot_balance": """
        WITH computed AS (
          SELECT lot_id, account_id, sum(units) AS units FROM (
            SELECT lot_id, credit_id AS account_id, amount AS units FROM ledger_transfer WHERE lot_id IS NOT NULL
            UNION ALL SELECT lot_id, debit_id, -amount FROM ledger_transfer WHERE lot_id IS NOT NULL) both_sides
          GROUP BY lot_id, account_id
        )
        SELECT 'lot ' || coalesce(c.lot_id, b.lot_id) || ' in account ' || coalesce(c.account_id, b.account_id),
          b.remaining, c.units
        FROM computed c JOIN ledger_account a ON a.id = c.account_id AND a.role IN ('available', 'pending')
        FULL JOIN ledger_lotbalance b ON b.lot_id = c.lot_id AND b.account_id = c.account_id
        WHERE coalesce(b.remaining, 0) <> coalesce(c.units, 0)""",
    "lot_amount": """
        SELECT 'lot ' || l.id, l.amount, coalesce(s.units, 0)
        FROM ledger_lot l LEFT JOIN (
          SELECT lot_id, posting_id, sum(amount) AS units FROM ledger_transfer GROUP BY lot_id, posting_id
        ) s ON s.lot_id = l.id AND s.posting_id = l.posting_id
        WHERE l.amount <> coalesce(s.units, 0)""",
    "lots_of_account": """
        SELECT a.owner_kind || ' ' || a.owner_id || ' ' || a.role, a.balance, coalesce(s.units, 0)
        FROM ledger_account a LEFT JOIN (
          SELECT account_id, sum(remaining) AS units FROM ledger_lotbalance GROUP BY account_id
        ) s ON s.account_id = a.id
        WHERE a.role IN ('available', 'pending') AND a.balance <> coalesce(s.units, 0)""",
    "transfer_without_lot": """
        SELECT 'transfer ' || t.id, t.amount, NULL FROM ledger_transfer t
        JOIN ledger_account d ON d.id = t.debit_id JOIN ledger_account c ON c.id = t.credit_id
        WHERE t.lot_id IS NULL AND (d.owner_kind <> 'program' OR c.owner_kind <> 'program')""",
    "posting_without_transfer": """
        SELECT 'posting ' || p.id, NULL, NULL FROM ledger_posting p
        WHERE NOT EXISTS (SELECT 1 FROM ledger_transfer t WHERE t.posting_id = p.id)""",
    "below_floor": """
        SELECT a.owner_kind || ' ' || a.owner_id || ' ' || a.role, a.balance, a.floor
        FROM ledger_account a WHERE a.balance < a.floor""",
    "held_lot_below_zero": """
        SELECT 'lot ' || s.lot_id || ' in account ' || s.account_id, NULL, sum(s.units) FROM (
          SELECT lot_id, credit_id AS account_id, amount AS units FROM ledger_transfer
          UNION ALL SELECT lot_id, debit_id, -amount FROM ledger_transfer) s
        JOIN ledger_account a ON a.id = s.account_id AND a.role = 'held'
        GROUP BY s.lot_id, s.account_id HAVING sum(s.units) < 0""",
    "reference_to_nothing": """
        SELECT 'transfer ' || t.id, NULL, NULL FROM ledger_transfer t
        LEFT JOIN ledger_posting p ON p.id = t.posting_id LEFT JOIN ledger_lot l ON l.id = t.lot_id
        LEFT JOIN ledger_account d ON d.id = t.debit_id LEFT JOIN ledger_account c ON c.id = t.credit_id
        WHERE p.id IS NULL OR d.id IS NULL OR c.id IS NULL OR (t.lot_id IS NOT NULL AND l.id IS NULL)
        UNION ALL SELECT 'lot ' || l.id, NULL, NULL FROM ledger_lot l
        WHERE NOT EXISTS (SELECT 1 FROM ledger_posting p WHERE p.id = l.posting_id)
        UNION ALL SELECT 'posting ' || c.id, NULL, NULL FROM ledger_posting c
        WHERE c.closes_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ledger_posting p WHERE p.id = c.closes_id)""",
    "hold_closed_amount": """
        SELECT 'hold ' || h.id, sum(t.amount), (SELECT sum(x.amount) FROM ledger_transfer x WHERE x.posting_id = h.id)
        FROM ledger_posting h JOIN ledger_posting c ON c.closes_id = h.id JOIN ledger_transfer t ON t.posting_id = c.id
        GROUP BY h.id
        HAVING sum(t.amount) <> (SELECT sum(x.amount) FROM ledger_transfer x WHERE x.posting_id = h.id)""",
}


def verify() -> Verification:
    """Check the ledger of the schema in force. Writes nothing; one snapshot per check."""
    differences: list[Difference] = []
    with connection.cursor() as cursor:
        for name, sql in _CHECKS.items():
            cursor.execute(sql)
            differences.extend(Difference(name, row[0], _int(row[1]), _int(row[2])) for row in cursor.fetchall())
        cursor.execute(
            "SELECT (SELECT count(*) FROM ledger_posting), (SELECT count(*) FROM ledger_transfer),"
            " (SELECT count(*) FROM ledger_account), (SELECT count(*) FROM ledger_lot)"
        )
        counts = cursor.fetchone()
    return Verification(counts[0], counts[1], counts[2], counts[3], tuple(differences))


def _int(value: object) -> int | None:
    return None if value is None else int(str(value))
