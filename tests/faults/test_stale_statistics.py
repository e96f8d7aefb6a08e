"""Statistics gathered while a bulk load had not yet committed say that its tables are empty: the load must not believe them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from kolektor.kernel.statistics import bulk_loaded_tables
from tenants.sales import revert
from tests.support.importing import apply_one_point_per_unit, assert_ledger_is_clean, counts, run_import

MAPPING = """{"version": 1, "decimal": ".", "kind": {"number": {"C*": "return"}, "default": "invoice"}, "columns":
  {"number": "nr", "issue_date": "day", "currency": {"constant": "PLN"}, "buyer_code": "customer", "sku": "sku",
   "quantity": "quantity", "unit_price": "price"}}"""
SALES, RETURNS, LINES, CUSTOMERS = 300, 60, 12, 40


@pytest.fixture
def misled(in_alfa: Any, superuser: Any) -> Iterator[None]:
    """Every bulk-loaded table is recorded as 50 pages without a row, as an autovacuum in the middle of a load leaves it."""
    tables = bulk_loaded_tables()
    stale = "UPDATE pg_class SET reltuples = 0, relpages = 50 WHERE relnamespace = 'w_alfa'::regnamespace AND relname = ANY(%s)"
    superuser.execute(stale, [tables])
    assert superuser.rowcount == len(tables) >= 9
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '20s'")
    yield
    superuser.execute(
        "UPDATE pg_class SET reltuples = -1, relpages = 0 WHERE relnamespace = 'w_alfa'::regnamespace AND relname = ANY(%s)",
        [tables],
    )


def test_an_import_of_thousands_of_lines(misled: None, tmp_path: Path) -> None:
    """Without fresh statistics a single one of its statements takes minutes."""
    apply_one_point_per_unit()
    batch = run_import([_file(tmp_path)], format="csv", mapping=MAPPING)
    expected = {"lines": (SALES + RETURNS) * LINES, "points_awarded": f"{SALES * LINES * 20}.00"}
    found = counts(batch)
    assert {name: found[name] for name in expected} == expected
    assert found["points_reversed"] == f"{RETURNS * LINES * 10}.00"
    revert.request(batch_id=batch.pk, actor=batch.pk)
    outcome = revert.revert(batch_id=batch.pk)
    assert outcome.reversed_units - outcome.awarded_units == (SALES * 20 - RETURNS * 10) * LINES * 100
    assert_ledger_is_clean()


def _file(folder: Path) -> Path:
    rows = ["nr;day;customer;sku;quantity;price"]
    for number in range(SALES):
        customer = number % CUSTOMERS
        rows += [f"{number};2026-01-{1 + number // 12:02};K{customer};S{sku};2;10.00" for sku in range(LINES)]
    for number in range(RETURNS):
        rows += [f"C{number};2026-02-01;K{number % CUSTOMERS};S{sku};-1;10.00" for sku in range(LINES)]
    path = folder / "sales.csv"
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path
