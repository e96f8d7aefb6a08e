"""Returns without a reference: the same customer's most recent sale of the product first, quantity by quantity."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from kolektor.kernel import clock
from kolektor.kernel.points import Points
from tenants.ledger import services as ledger
from tenants.ledger.selectors import balances
from tenants.ledger.services import Owner, Source
from tenants.members.models import Member
from tenants.rules import services as rules
from tenants.sales import selectors
from tenants.sales.models import ImportBatch, ReturnTake
from tests.shared_data import CHECKOUT, shared
from tests.support.importing import (
    apply_one_point_per_unit,
    assert_ledger_is_clean,
    counts,
    independent,
    outcome,
    run_import,
)

MAPPING = """{"version": 1, "decimal": ".", "kind": {"number": {"C*": "return"}, "default": "invoice"}, "columns":
  {"number": "nr", "issue_date": "day", "currency": {"constant": "PLN"}, "buyer_code": "customer", "sku": "sku",
   "quantity": "quantity", "unit_price": "price"}}"""
HEADER = "nr;day;customer;sku;quantity;price"


@pytest.fixture(autouse=True)
def clean(in_alfa: Any) -> Any:
    apply_one_point_per_unit()
    yield
    assert_ledger_is_clean()


def imported(folder: Path, *rows: str) -> ImportBatch:
    path = folder / f"sales-{ImportBatch.objects.count()}.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
    return run_import([path], format="csv", mapping=MAPPING)


def available(customer: str = "K1") -> str:
    return standing(customer)[0]


def standing(customer: str) -> tuple[str, str, str]:
    """Available, held, debt."""
    owner = Owner("member", Member.objects.get(customer_code=customer).pk)
    found = balances([owner])[owner]
    return str(found.available), str(found.held), str(found.debt)


def takes() -> list[tuple[str, str, str]]:
    rows = ReturnTake.objects.order_by("id").values_list("line__document__number", "sold__document__number", "quantity")
    return [(back, sold, str(quantity.normalize())) for back, sold, quantity in rows]


def reported(batch: ImportBatch) -> list[tuple[str, str | None, str, str]]:
    return [
        (row.severity, row.document, row.params["product"], row.params["left"])
        for row in selectors.problems(batch.pk)
        if row.code == "RETURN_WITHOUT_SALE"
    ]


def test_the_most_recent_sale_first_then_the_older_one(tmp_path: Path) -> None:
    batch = imported(
        tmp_path,
        "1;2026-01-10;K1;A;10;2.00",
        "2;2026-01-20;K1;A;4;3.00",
        "C3;2026-01-25;K1;A;-6;3.00",
    )
    assert takes() == [("C3", "2", "4"), ("C3", "1", "2")]
    assert (counts(batch)["points_awarded"], counts(batch)["points_reversed"]) == ("32.00", "16.00")
    assert available() == "16.00"
    assert reported(batch) == []


def test_returns_and_sales_interleave(tmp_path: Path) -> None:
    """The second return finds the sale made between the two, then what the first one left."""
    imported(
        tmp_path,
        "1;2026-01-01;K1;A;5;1.00",
        "C2;2026-01-02;K1;A;-3;1.00",
        "3;2026-01-03;K1;A;1;7.00",
        "C4;2026-01-04;K1;A;-2;1.00",
    )
    assert takes() == [("C2", "1", "3"), ("C4", "3", "1"), ("C4", "1", "1")]
    assert available() == "1.00"


@pytest.mark.parametrize("together", [True, False])
def test_order_within_a_day_is_that_of_the_file(tmp_path: Path, together: bool) -> None:
    rows = ("1;2026-01-01;K1;A;2;1.00", "C2;2026-01-01;K1;A;-1;1.00", "3;2026-01-01;K1;A;2;5.00")
    if together:
        imported(tmp_path, *rows)
    else:
        for row in rows:
            imported(tmp_path, row)
    assert takes() == [("C2", "1", "1")]


def test_nobody_elses_sale_and_no_other_product(tmp_path: Path) -> None:
    batch = imported(
        tmp_path,
        "1;2026-01-01;K1;A;2;1.00",
        "2;2026-01-01;K2;B;2;1.00",
        "C3;2026-01-02;K2;A;-1;1.00",
        "C4;2026-01-02;K1;B;-1;1.00",
    )
    assert takes() == []
    assert reported(batch) == [("notice", "C3", "A", "1"), ("notice", "C4", "B", "1")]
    assert outcome(batch) == (4, 0, 0)
    assert (available("K1"), available("K2")) == ("2.00", "2.00")


def test_a_sale_after_the_return_is_not_taken(tmp_path: Path) -> None:
    batch = imported(tmp_path, "C1;2026-01-01;K1;A;-1;1.00", "2;2026-01-02;K1;A;1;1.00")
    assert (takes(), reported(batch)) == ([], [("notice", "C1", "A", "1")])
    assert available() == "1.00"


def test_what_is_beyond_the_sales_is_reported(tmp_path: Path) -> None:
    batch = imported(tmp_path, "1;2026-01-01;K1;A;2;1.00", "C2;2026-01-02;K1;A;-5;1.00")
    assert takes() == [("C2", "1", "2")]
    assert reported(batch) == [("notice", "C2", "A", "3")]
    assert available() == "0.00"


def test_returned_after_the_points_are_held_becomes_debt(tmp_path: Path) -> None:
    imported(tmp_path, "1;2026-01-01;K1;A;10;10.00")
    member = Member.objects.get(customer_code="K1")
    ledger.hold(
        owner=Owner("member", member.pk),
        points=Points.parse("80.00"),
        key="h1",
        occurred_at=clock.now(),
        source=Source("order", "o"),
    )
    imported(tmp_path, "C2;2026-01-02;K1;A;-5;10.00")
    assert standing("K1") == ("0.00", "80.00", "30.00")


def test_thirds_add_up(tmp_path: Path) -> None:
    """Three returns of one piece each take back exactly what the three gave, whatever each share rounds to."""
    imported(tmp_path, "1;2026-01-01;K1;A;3;3.3333")
    assert available() == "10.00"
    for number, left in ((2, "6.67"), (3, "3.33"), (4, "0.00")):
        imported(tmp_path, f"C{number};2026-01-0{number};K1;A;-1;3.33")
        assert available() == left


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    rows = ("1;2026-01-01;K1;A;2;1.00", "C2;2026-01-02;K1;A;-1;1.00")
    imported(tmp_path, *rows)
    again = imported(tmp_path, *rows)
    assert outcome(again) == (0, 2, 0)
    assert takes() == [("C2", "1", "1")]
    assert available() == "1.00"


def test_points_per_unit_go_back_per_unit(tmp_path: Path) -> None:
    name = {"pl": "Za sztukę", "en": "Per piece"}
    rules.apply(body={"rules": [{"code": "unit", "name": name, "award": {"kind": "per_unit", "points": "7"}}]})
    imported(tmp_path, "1;2026-01-01;K1;A;3;10.00", "C2;2026-01-02;K1;A;-1;9.00")
    assert available() == "34.00"  # 2 × 7, and 20 by the rule of one point per unit of currency


def test_the_first_months_of_a_real_shop(tmp_path: Path) -> None:
    """30,000 lines of the Online Retail file: every total is that of a script which imports nothing of ours."""
    source = shared("transactions", "online_retail_2010-12_2011-05.csv.gz")
    expected = independent(Path(__file__).with_name("online_retail.py"), source, 30_000)
    with gzip.open(source, "rt", encoding="utf-8", newline="") as stream:
        text = [next(stream) for _ in range(30_001)]
    last = text[-1].split(",")[0]
    part = tmp_path / "part.csv"
    part.write_text("".join(line for line in text if line.split(",")[0] != last), "utf-8", newline="")
    mapping = (CHECKOUT / "docs" / "examples" / "online-retail-mapping.json").read_text("utf-8")
    batch = run_import([part], format="csv", mapping=mapping, any_seller=True)
    found = counts(batch)
    assert (batch.rejected, batch.duplicates) == (0, 0)
    assert {
        "lines": batch.lines,
        "customers": Member.objects.count(),
        "points_awarded": found["points_awarded"],
        "points_reversed": found["points_reversed"],
        "unmatched_lines": batch.lines - batch.matched_lines,
        "reported_returns": len(reported(batch)),
    } == expected
    assert expected["reported_returns"] > 50
    again = run_import([part], format="csv", mapping=mapping, any_seller=True)
    assert (again.accepted, again.duplicates, again.units_awarded) == (0, batch.accepted, 0)
