"""The aggregator's own books, in SQLite: orders, codes, charges, faults, webhooks to send.

Every write is one transaction that takes the write lock first, so two requests with the same key wait for
each other, and a killed process leaves either all of an order or nothing. Codes and charges carry no
uniqueness on purpose: were an order ever issued or charged twice, the books would show it.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from integrations.sandbox.aggregator_catalog import BY_ID
from integrations.sandbox.dialects import KOLEKTOR_V1, Dialect

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS account (
    api_key TEXT PRIMARY KEY, name TEXT, float_minor INTEGER, webhook_url TEXT, webhook_secret TEXT
);
CREATE TABLE IF NOT EXISTS orders (
    id TEXT PRIMARY KEY, account TEXT, external_id TEXT, payload TEXT, product_id TEXT, amount_minor INTEGER,
    currency TEXT, state TEXT, reason TEXT, created_at REAL, due_at REAL, ends_as TEXT, UNIQUE (account,
    external_id) );
CREATE TABLE IF NOT EXISTS code (id INTEGER PRIMARY KEY, order_id TEXT, code TEXT, pin TEXT, expires_on TEXT);
CREATE TABLE IF NOT EXISTS charge (id INTEGER PRIMARY KEY, account TEXT, order_id TEXT, amount_minor INTEGER);
CREATE TABLE IF NOT EXISTS attempt (id INTEGER PRIMARY KEY, account TEXT, external_id TEXT, status INTEGER);
CREATE TABLE IF NOT EXISTS fault (
    id INTEGER PRIMARY KEY, fault TEXT, operation TEXT, remaining INTEGER, match TEXT, seconds REAL
);
CREATE TABLE IF NOT EXISTS webhook (
    id INTEGER PRIMARY KEY, message_id TEXT, account TEXT, body TEXT, due_at REAL, attempts INTEGER,
    delivered INTEGER );
"""
_TABLES: Final = ("orders", "code", "charge", "attempt", "fault", "webhook")
MAX_WEBHOOK_ATTEMPTS: Final = 8


class Refusal(Exception):
    """An answer of the contract other than success."""

    def __init__(self, status: int, error: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(error)
        self.status = status
        self.error = error
        self.headers = headers


@dataclass(frozen=True, slots=True)
class Fault:
    """One switched-on fault as it strikes. `seconds` means pause, delay or Retry-After, by fault."""

    name: str
    seconds: float | None


class Store:
    """All state of the sandbox in one file; a connection per call, so any thread may call."""

    def __init__(self, path: Path, dialect: Dialect = KOLEKTOR_V1) -> None:
        self._path = path
        self.dialect = dialect
        with self._connection() as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.executescript(_SCHEMA)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self._path, timeout=30, isolation_level=None)
        db.row_factory = sqlite3.Row
        try:
            yield db
        finally:
            db.close()

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        with self._connection() as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

    def open_account(
        self, *, api_key: str, name: str, float_minor: int, webhook_url: str | None, webhook_secret: str
    ) -> None:
        """Known keys keep their balance: a restarted sandbox goes on where it was."""
        with self._write() as db:
            db.execute(
                "INSERT INTO account VALUES (?, ?, ?, ?, ?) ON CONFLICT (api_key) DO UPDATE SET name = excluded.name, "
                "webhook_url = excluded.webhook_url, webhook_secret = excluded.webhook_secret",
                (api_key, name, float_minor, webhook_url, webhook_secret),
            )

    def account(self, api_key: str) -> dict[str, Any] | None:
        with self._connection() as db:
            row = db.execute("SELECT * FROM account WHERE api_key = ?", (api_key,)).fetchone()
            return None if row is None else dict(row)

    def place(
        self,
        account: str,
        payload: Mapping[str, Any],
        *,
        delay_seconds: float | None,
        ends_as: str,
        copies: int,
    ) -> tuple[bool, dict[str, Any]]:
        """Take an order once. Returns whether it is new, and the order. Raises Refusal.

        The key is looked up before product and funds are judged: a repeated order gets its first result.
        """
        external_id = str(payload["external_id"])
        text = json.dumps(payload, sort_keys=True)
        with self._write() as db:
            known = _find(db, account, external_id)
            if known is not None:
                if known["payload"] != text:
                    raise Refusal(409, "conflict")
                return False, known
            amount = _checked_amount(payload)
            float_minor = db.execute("SELECT float_minor FROM account WHERE api_key = ?", (account,)).fetchone()[0]
            if float_minor < amount:
                raise Refusal(402, "out_of_funds")
            order_id = self.dialect.order_id()
            now = time.time()
            due_at = None if delay_seconds is None else now + delay_seconds
            db.execute(
                "INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, 'accepted', NULL, ?, ?, ?)",
                (
                    order_id,
                    account,
                    external_id,
                    text,
                    payload["product_id"],
                    amount,
                    "PLN",
                    now,
                    due_at,
                    ends_as,
                ),
            )
            _charge(db, account, order_id, amount)
            if due_at is None:
                _settle(db, self.dialect, order_id, copies=copies)
            order = _find(db, account, external_id)
            assert order is not None
            return True, order

    def order(self, account: str, *, external_id: str | None = None, order_id: str | None = None) -> dict[str, Any]:
        """Raises Refusal 404."""
        column, value = ("external_id", external_id) if order_id is None else ("id", order_id)
        with self._connection() as db:
            found = db.execute(
                f"SELECT * FROM orders WHERE account = ? AND {column} = ?",
                (account, value),
            ).fetchone()
        if found is None:
            raise Refusal(404, "not_found")
        return dict(found)

    def code(self, account: str, order_id: str) -> dict[str, Any]:
        """Raises Refusal 404, or 409 while the order has no code."""
        order = self.order(account, order_id=order_id)
        with self._connection() as db:
            found = db.execute("SELECT code, pin, expires_on FROM code WHERE order_id = ?", (order_id,)).fetchone()
        if order["state"] != "issued" or found is None:
            raise Refusal(409, "not_issued")
        return dict(found)

    def cancel(self, account: str, order_id: str) -> dict[str, Any]:
        """Raises Refusal 404, or 409 when it is too late."""
        self.order(account, order_id=order_id)
        with self._write() as db:
            changed = db.execute(
                "UPDATE orders SET state = 'canceled', due_at = NULL WHERE id = ? AND state = 'accepted'",
                (order_id,),
            )
            row = db.execute("SELECT * FROM orders WHERE id = ?", (order_id,)).fetchone()
            if changed.rowcount == 1:
                _charge(db, account, order_id, -row["amount_minor"])
            elif row["state"] != "canceled":
                raise Refusal(409, "already_issued")
            return dict(row)

    def settle_due(self) -> int:
        """Issue (or fail) the accepted orders whose time has come."""
        with self._connection() as db:
            due = db.execute(
                "SELECT id FROM orders WHERE state = 'accepted' AND due_at <= ?", (time.time(),)
            ).fetchall()
        for row in due:
            with self._write() as db:
                _settle(db, self.dialect, row["id"], copies=1)
        return len(due)

    def note_attempt(self, account: str, external_id: str, status: int) -> None:
        with self._write() as db:
            db.execute(
                "INSERT INTO attempt (account, external_id, status) VALUES (?, ?, ?)",
                (account, external_id, status),
            )

    def add_fault(self, *, fault: str, operation: str, times: int, match: str | None, seconds: float | None) -> None:
        with self._write() as db:
            db.execute(
                "INSERT INTO fault (fault, operation, remaining, match, seconds) VALUES (?, ?, ?, ?, ?)",
                (fault, operation, times, match, seconds),
            )

    def take_fault(self, operation: str, reference: str) -> Fault | None:
        """The oldest fault switched on for this call, used up by one."""
        with self._write() as db:
            row = db.execute(
                "SELECT * FROM fault WHERE operation = ? AND remaining > 0 "
                "AND (match IS NULL OR substr(?, 1, length(match)) = match) ORDER BY id LIMIT 1",
                (operation, reference),
            ).fetchone()
            if row is None:
                return None
            db.execute("UPDATE fault SET remaining = remaining - 1 WHERE id = ?", (row["id"],))
            return Fault(row["fault"], row["seconds"])

    def books(self) -> list[dict[str, Any]]:
        """Every order with what was really done for it: codes given, charges net of refunds, times asked."""
        with self._connection() as db:
            rows = db.execute(
                "SELECT o.id, o.external_id, o.product_id, o.amount_minor, o.currency, o.state, o.reason, "
                "a.name AS account, "
                "(SELECT count(*) FROM code WHERE order_id = o.id) AS codes, "
                "(SELECT coalesce(sum(amount_minor), 0) FROM charge WHERE order_id = o.id) AS charged_minor, "
                "(SELECT count(*) FROM attempt t WHERE t.account = o.account AND t.external_id = o.external_id) "
                "AS attempts "
                "FROM orders o JOIN account a ON a.api_key = o.account ORDER BY o.created_at, o.id"
            ).fetchall()
            return [dict(row) for row in rows]

    def knows(self, account: str, external_id: str) -> bool:
        """Whether an order with that key exists."""
        with self._connection() as db:
            return _find(db, account, external_id) is not None

    def due_webhooks(self) -> list[dict[str, Any]]:
        with self._connection() as db:
            rows = db.execute(
                "SELECT w.*, a.webhook_url, a.webhook_secret FROM webhook w JOIN account a ON a.api_key = w.account "
                "WHERE w.delivered = 0 AND w.attempts < ? AND w.due_at <= ? ORDER BY w.id LIMIT 20",
                (MAX_WEBHOOK_ATTEMPTS, time.time()),
            ).fetchall()
            return [dict(row) for row in rows]

    def webhook_tried(self, webhook_id: int, *, delivered: bool, attempts: int) -> None:
        """After a failure the next attempt waits twice as long: half a second, one, two, four …"""
        with self._write() as db:
            db.execute(
                "UPDATE webhook SET delivered = ?, attempts = ?, due_at = ? WHERE id = ?",
                (int(delivered), attempts, time.time() + 0.25 * 2**attempts, webhook_id),
            )

    def reset(self, float_minor: int) -> None:
        """Empty books; the accounts stay, each with a full float."""
        with self._write() as db:
            for table in _TABLES:
                db.execute(f"DELETE FROM {table}")
            db.execute("UPDATE account SET float_minor = ?", (float_minor,))


def _find(db: sqlite3.Connection, account: str, external_id: str) -> dict[str, Any] | None:
    row = db.execute("SELECT * FROM orders WHERE account = ? AND external_id = ?", (account, external_id)).fetchone()
    return None if row is None else dict(row)


def _checked_amount(payload: Mapping[str, Any]) -> int:
    product = BY_ID.get(str(payload["product_id"]))
    if product is None:
        raise Refusal(422, "unknown_product")
    amount = payload["amount_minor"]
    if isinstance(amount, bool) or not isinstance(amount, int) or payload["currency"] != product.currency:
        raise Refusal(422, "bad_amount")
    if not product.sells(amount):
        raise Refusal(422, "bad_amount")
    return amount


def _charge(db: sqlite3.Connection, account: str, order_id: str, amount: int) -> None:
    db.execute("INSERT INTO charge (account, order_id, amount_minor) VALUES (?, ?, ?)", (account, order_id, amount))
    db.execute("UPDATE account SET float_minor = float_minor - ? WHERE api_key = ?", (amount, account))


def _settle(db: sqlite3.Connection, dialect: Dialect, order_id: str, *, copies: int) -> None:
    """Bring an accepted order to its end; whoever comes second finds it settled and does nothing."""
    order = db.execute("SELECT * FROM orders WHERE id = ? AND state = 'accepted'", (order_id,)).fetchone()
    if order is None:
        return
    reason = "rejected" if order["ends_as"] == "failed" else None
    db.execute(
        "UPDATE orders SET state = ?, reason = ?, due_at = NULL WHERE id = ?",
        (order["ends_as"], reason, order_id),
    )
    if order["ends_as"] == "issued":
        product = BY_ID[order["product_id"]]
        expires = (datetime.now(UTC) + timedelta(days=product.validity_days)).date().isoformat()
        db.execute(
            "INSERT INTO code (order_id, code, pin, expires_on) VALUES (?, ?, ?, ?)",
            (
                order_id,
                dialect.code(product.id),
                dialect.pin() if product.pin else None,
                expires,
            ),
        )
    else:
        _charge(db, order["account"], order_id, -order["amount_minor"])
    message_id, body = dialect.message(order_id, order["external_id"], order["ends_as"])
    for _ in range(copies):
        db.execute(
            "INSERT INTO webhook (message_id, account, body, due_at, attempts, delivered) VALUES (?, ?, ?, ?, 0, 0)",
            (message_id, order["account"], json.dumps(body), time.time()),
        )
