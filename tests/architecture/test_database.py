"""What the database itself guarantees, asked of its catalogs and tried with each role."""

from __future__ import annotations

from typing import Any

import psycopg2
import pytest
from django.db import connection, connections
from django.db.utils import ProgrammingError

from kolektor.kernel.append_only import append_only_tables
from kolektor.kernel.tenant import tenant_context
from tenants.ledger.models import Account

SCHEMAS = ("w_alfa", "w_beta")


def test_no_foreign_key_leaves_a_tenant_schema(alfa: Any, beta: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.conname, n.nspname, fn.nspname FROM pg_constraint c
               JOIN pg_class r ON r.oid = c.conrelid JOIN pg_namespace n ON n.oid = r.relnamespace
               JOIN pg_class f ON f.oid = c.confrelid JOIN pg_namespace fn ON fn.oid = f.relnamespace
               WHERE c.contype = 'f' AND (n.nspname LIKE 'w\\_%' OR fn.nspname LIKE 'w\\_%')"""
        )
        rows = cursor.fetchall()
    assert len(rows) > 20  # the question found the tenants' own keys
    assert [row for row in rows if row[1] != row[2]] == []


def test_both_tenants_have_the_same_tables(alfa: Any, beta: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN %s", [SCHEMAS])
        found: dict[str, set[str]] = {}
        for schema, table in cursor.fetchall():
            found.setdefault(schema, set()).add(table)
    assert found["w_alfa"] == found["w_beta"]
    assert "ledger_transfer" in found["w_alfa"]
    assert "identity_person" not in found["w_alfa"]


def test_the_role_app_makes_nothing(alfa: Any) -> None:
    for statement in ("CREATE TABLE intruder (id int)", "CREATE SCHEMA intruder", "DROP TABLE w_alfa.ledger_account"):
        with pytest.raises(ProgrammingError), connection.cursor() as cursor:
            cursor.execute("SAVEPOINT probe")
            try:
                cursor.execute(statement)
            finally:
                cursor.execute("ROLLBACK TO SAVEPOINT probe")


@pytest.mark.parametrize("table", append_only_tables())
def test_append_only_tables_have_lock_and_trigger(alfa: Any, table: str) -> None:
    with tenant_context(alfa), connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege('kolektor_app', %s, 'UPDATE, DELETE, TRUNCATE')", [f"w_alfa.{table}"]
        )
        assert cursor.fetchone()[0] is False
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled = 'O'",
            [f"w_alfa.{table}"],
        )
        assert cursor.fetchone()[0] == 2


def test_even_the_owner_cannot_change_a_transfer(alfa: Any, superuser: Any) -> None:
    superuser.execute("BEGIN; SET LOCAL search_path TO w_alfa, public")
    superuser.execute(
        "INSERT INTO ledger_account (owner_kind, owner_id, role, balance) VALUES ('program', NULL, 'probe', NULL)"
    )
    superuser.execute(
        "INSERT INTO ledger_posting (kind, idempotency_key, input_hash, occurred_at, source_kind, source_id)"
        " VALUES ('award', 'probe', '\\x00', now(), 'x', 'y')"
    )
    with pytest.raises(psycopg2.Error, match="append-only"):
        superuser.execute("UPDATE ledger_posting SET kind = 'hold' WHERE idempotency_key = 'probe'")
    superuser.execute("ROLLBACK")


@pytest.mark.django_db(databases=["default", "hq"])
def test_the_role_hq_cannot_open_a_tenant_schema() -> None:
    with connections["hq"].cursor() as cursor:
        cursor.execute("SELECT current_user, count(*) FROM reporting_dayfact GROUP BY 1")
        cursor.execute("SELECT count(*) FROM network_wholesaler")
        assert cursor.fetchone()[0] >= 3
        for table in (
            "w_alfa.ledger_account",
            "w_alfa.members_member",
            "public.identity_person",
            "public.network_passport",
        ):
            cursor.execute("SAVEPOINT probe")
            with pytest.raises(ProgrammingError, match="permission denied"):
                cursor.execute(f"SELECT 1 FROM {table}")
            cursor.execute("ROLLBACK TO SAVEPOINT probe")


def test_the_floor_is_held_by_the_database(in_alfa: Any) -> None:
    from uuid import uuid4

    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError, match="account_floor"), transaction.atomic():
        Account.objects.create(owner_kind="member", owner_id=uuid4(), role="available", balance=-1, floor=0)


def test_a_schema_context_is_left_after_an_error(alfa: Any) -> None:
    with pytest.raises(RuntimeError), tenant_context(alfa):
        raise RuntimeError
    assert connection.schema_name == "public"  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        assert cursor.fetchone()[0] == "public"


def test_a_published_rule_version_is_never_edited(in_alfa: Any) -> None:
    from django.db import DatabaseError, transaction

    from tenants.rules import services
    from tenants.rules.models import RuleVersion
    from tests.support_data import ONE_POINT

    services.apply(body=ONE_POINT)
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        RuleVersion.objects.update(spec={})
