"""Somebody with the keys to the database changes rows past every guard: `ledger verify` says which."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import psycopg2
import pytest
from django.db import DatabaseError, connection, transaction

from kolektor.embedded import home, postgres
from kolektor.kernel.points import Points
from kolektor.kernel.tenant import tenant_context
from kolektor.network.selectors import wholesaler_named
from tenants.ledger import services as ledger
from tenants.ledger.models import Account, Lot, LotBalance, Posting, Transfer
from tenants.ledger.services import Award, Owner, Source
from tenants.ledger.verification import verify
from tests.support import command_line

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def books(django_db_setup: None, django_db_blocker: Any) -> Iterator[Owner]:
    """Alfa's ledger, committed: an award of 100 in two lots, a hold of 30 settled, a hold of 20 open. Emptied afterwards."""
    owner = Owner("member", uuid4())
    with django_db_blocker.unblock():
        with tenant_context(wholesaler_named("alfa")):
            awards = [Award(owner, Points(units), f"a-{units}", NOW, "d", None) for units in (40_00, 60_00)]
            ledger.award(awards=awards, source_kind="document")
            first = ledger.hold(
                owner=owner, points=Points(30_00), key="h-1", occurred_at=NOW, source=Source("order", "1")
            )
            ledger.settle(hold_id=first, redeemed="voucher", key="s-1", occurred_at=NOW)
            ledger.hold(owner=owner, points=Points(20_00), key="h-2", occurred_at=NOW, source=Source("order", "2"))
            yield owner
        with _superuser() as cursor:
            cursor.execute(
                "SET session_replication_role = replica;"
                "TRUNCATE ledger_lotbalance, ledger_transfer, ledger_lot, ledger_posting, ledger_account CASCADE"
            )


@contextmanager
def _superuser() -> Iterator[Any]:
    """A cursor of the superuser in alfa's schema, guards off, in a transaction that is committed."""
    intruder = psycopg2.connect(postgres.superuser_dsn(home.state_home(), os.environ["KOLEKTOR_DATABASE"]))
    with intruder, intruder.cursor() as cursor:
        cursor.execute("SET search_path = w_alfa")
        yield cursor
    intruder.close()


def found() -> dict[str, set[str]]:
    """What the verifier names, by check."""
    named: dict[str, set[str]] = {}
    for difference in verify().differences:
        named.setdefault(difference.check, set()).add(difference.object)
    return named


# name → (statement, its undoing, checks that must name it); `{owner}` is the member
TAMPERINGS: dict[str, tuple[str, str, set[str]]] = {
    "amount of a transfer": (
        "UPDATE ledger_transfer SET amount = amount + 1 WHERE id = (SELECT min(id) FROM ledger_transfer)",
        "UPDATE ledger_transfer SET amount = amount - 1 WHERE id = (SELECT min(id) FROM ledger_transfer)",
        {"account_balance", "lot_balance", "lot_amount"},
    ),
    "balance of an account": (
        "UPDATE ledger_account SET balance = balance + 100000 WHERE owner_id = '{owner}' AND role = 'available'",
        "UPDATE ledger_account SET balance = balance - 100000 WHERE owner_id = '{owner}' AND role = 'available'",
        {"account_balance", "lots_of_account"},
    ),
    "a lot's remainder": (
        "UPDATE ledger_lotbalance SET remaining = remaining + 5 WHERE remaining > 0",
        "UPDATE ledger_lotbalance SET remaining = remaining - 5 WHERE remaining > 0",
        {"lot_balance", "lots_of_account"},
    ),
    "a lot's amount": (
        "UPDATE ledger_lot SET amount = amount * 2",
        "UPDATE ledger_lot SET amount = amount / 2",
        {"lot_amount"},
    ),
    "a deleted transfer": (
        "CREATE TABLE kept AS SELECT t.* FROM ledger_transfer t JOIN ledger_posting p ON p.id = t.posting_id"
        " WHERE p.kind = 'settle';"
        "DELETE FROM ledger_transfer WHERE id IN (SELECT id FROM kept)",
        "INSERT INTO ledger_transfer SELECT * FROM kept; DROP TABLE kept",
        {"account_balance", "posting_without_transfer"},
    ),
    "a deleted posting": (
        "CREATE TABLE kept AS SELECT * FROM ledger_posting WHERE kind = 'hold' AND idempotency_key = 'h-2';"
        "DELETE FROM ledger_posting WHERE id IN (SELECT id FROM kept)",
        "INSERT INTO ledger_posting SELECT * FROM kept; DROP TABLE kept",
        {"reference_to_nothing"},
    ),
    "a hold given away twice": (
        "INSERT INTO ledger_transfer (posting_id, debit_id, credit_id, amount, lot_id)"
        " SELECT posting_id, debit_id, credit_id, 1000000, lot_id FROM ledger_transfer t"
        " WHERE posting_id = (SELECT id FROM ledger_posting WHERE kind = 'settle')",
        "DELETE FROM ledger_transfer WHERE amount = 1000000",
        {"account_balance", "held_lot_below_zero", "hold_closed_amount"},
    ),
    "points moved to another account": (
        "UPDATE ledger_account SET balance = balance - 1000 * (CASE role WHEN 'held' THEN 1 ELSE -1 END)"
        " WHERE owner_id = '{owner}' AND role IN ('held', 'available')",
        "UPDATE ledger_account SET balance = balance + 1000 * (CASE role WHEN 'held' THEN 1 ELSE -1 END)"
        " WHERE owner_id = '{owner}' AND role IN ('held', 'available')",
        {"account_balance", "lots_of_account"},
    ),
}


@pytest.mark.parametrize("case", sorted(TAMPERINGS))
def test_tampering_is_found_and_named(books: Owner, case: str) -> None:
    statement, undo, checks = TAMPERINGS[case]
    assert found() == {}
    with _superuser() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement.format(owner=books.id))
    try:
        named = found()
    finally:
        with _superuser() as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(undo.format(owner=books.id))
    assert set(named) == checks
    assert all(objects and all(objects) for objects in named.values())
    assert found() == {}


def test_the_command_says_so(books: Owner) -> None:
    """`kolektor ledger verify --json`: exit code 0 when clean, else 1 with the very account and both figures."""
    command = ("ledger", "verify", "--wholesaler", "alfa", "--json")
    clean = command_line.run(*command)
    assert (clean.returncode, json.loads(clean.stdout)["clean"]) == (0, True)
    with _superuser() as cursor:
        cursor.execute(f"UPDATE ledger_account SET balance = 1 WHERE owner_id = '{books.id}' AND role = 'held'")
    tampered = command_line.run(*command)
    with _superuser() as cursor:
        cursor.execute(f"UPDATE ledger_account SET balance = 2000 WHERE owner_id = '{books.id}' AND role = 'held'")
    assert tampered.returncode == 1
    report = json.loads(tampered.stdout)
    assert report["clean"] is False
    (alfa,) = report["wholesalers"]
    expected = {"check": "account_balance", "object": f"member {books.id} held", "stored": 1, "computed": 2000}
    assert expected in alfa["differences"]


def test_even_the_superuser_meets_the_trigger(books: Owner) -> None:
    """Without switching the guards off, nobody changes what is posted."""
    for table in ("ledger_transfer", "ledger_posting", "ledger_lot"):
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            with pytest.raises(psycopg2.Error, match="append-only"), _superuser() as cursor:
                cursor.execute(statement)


@pytest.mark.parametrize("model", [Transfer, Posting, Lot])
@pytest.mark.parametrize("statement", ["UPDATE {0} SET id = id", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"])
def test_the_role_app_is_refused_by_the_database(in_alfa: Any, model: Any, statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(model._meta.db_table))


def test_the_role_app_cannot_overdraw_by_hand(in_alfa: Any) -> None:
    """Accounts and lot balances are caches that `app` may write; their floors are constraints all the same."""
    owner = Owner("member", uuid4())
    ledger.award(awards=[Award(owner, Points(10_00), "k", NOW, "d", None)], source_kind="document")
    with pytest.raises(DatabaseError, match="account_floor"), transaction.atomic():
        Account.objects.filter(owner_id=owner.id, role="available").update(balance=-1)
    with pytest.raises(DatabaseError, match="lot_balance_floor"), transaction.atomic():
        LotBalance.objects.filter(account__owner_id=owner.id).update(remaining=-1)
