"""The cockpit's figures against what was really done, and in a fixed number of queries."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kolektor.identity.services import ensure_person
from kolektor.kernel import clock
from kolektor.kernel.points import Points
from tenants.insight import cockpit as module
from tenants.insight.cockpit import cockpit
from tenants.ledger import services as ledger
from tenants.ledger.services import Award, Owner, Source
from tenants.ledger.verification import verify
from tenants.members import services as members
from tenants.rules import services as rules
from tenants.sales.models import ImportBatch
from tests.support_data import ONE_POINT, import_documents, invoice

TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "local_today", lambda: TODAY)


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=clock.WARSAW)


def give(owner: Owner, points: str, day: date, *, matures: datetime | None = None) -> Any:
    key = f"{owner.id}:{points}:{day}"
    award = Award(owner, Points.parse(points), key, at(day, 0), f"d-{key}", None, matures)
    return ledger.award(awards=[award], source_kind="document")[key][0]


def test_an_empty_program_has_nothing_to_do(in_alfa: Any) -> None:
    row = cockpit()
    counts = (row.imports_to_decide, row.imports_failed, row.imports_running, row.orders_unknown, row.orders_waiting)
    assert counts == (0, 0, 0, 0, 0)
    assert (row.unmatched_buyers, row.members, row.members_active, str(row.liability)) == (0, 0, 0, "0.00")
    assert row.month == date(2026, 11, 1)


def test_points_by_month_in_poland(in_alfa: Any) -> None:
    ann, ben = (Owner("member", uuid4()) for _ in range(2))
    award = give(ann, "100.50", date(2026, 11, 1))  # midnight in Warsaw is the 31st of October in UTC
    give(ann, "40", date(2026, 10, 31))
    give(ann, "7", date(2026, 9, 30))
    give(ben, "20", date(2026, 11, 2), matures=at(date(2026, 12, 24)))
    ledger.reverse(
        owner=ann, points=Points.parse("0.50"), award_id=award, key="back", occurred_at=at(date(2026, 11, 3)),
        source=Source("document", "k-1"),
    )  # fmt: skip
    spent = ledger.hold(
        owner=ann,
        points=Points.parse("30"),
        key="h-1",
        occurred_at=at(date(2026, 10, 5)),
        source=Source("order", "o-1"),
    )
    ledger.settle(hold_id=spent, redeemed="wholesaler", key="s-1", occurred_at=at(date(2026, 10, 6)))
    ledger.hold(
        owner=ann, points=Points.parse("5"), key="h-2", occurred_at=at(date(2026, 11, 6)), source=Source("order", "o-2")
    )
    # by hand is neither an award nor spending, but it is owed
    ledger.adjust(
        owner=ben, points=Points.parse("3"), reason="Reklamacja", key="adjusted", expires_at=None, actor=uuid4()
    )
    row = cockpit()
    assert (str(row.this_month.awarded), str(row.this_month.spent)) == ("120.00", "0.00")
    assert (str(row.last_month.awarded), str(row.last_month.spent)) == ("40.00", "30.00")
    # 100 + 40 + 7 − 30 − 5 of Ann's and 3 of Ben's can be spent; Ben's 20 wait; 5 are held
    assert (str(row.available), str(row.pending), str(row.held)) == ("115.00", "20.00", "5.00")
    assert str(row.liability) == "135.00"
    assert verify().differences == ()


def test_buyers_imports_and_who_is_active(in_alfa: Any) -> None:
    rules.apply(body=ONE_POINT)
    for name in ("ann", "ben", "eve"):
        members.enroll(person=ensure_person(email=f"{name}@example.com"))
    import_documents(
        invoice("1", "ann@example.com", day=TODAY - timedelta(days=89)),
        invoice("2", "ann@example.com", day=TODAY),
        invoice("3", "ben@example.com", day=TODAY - timedelta(days=90)),
        # one buyer of two invoices, one of a single; the third is older than the program looks back (90 days)
        invoice("4", "obcy@example.com", day=TODAY - timedelta(days=90)),
        invoice("5", "obcy@example.com", day=TODAY - timedelta(days=5)),
        invoice("6", "inny@example.com", day=TODAY - timedelta(days=1)),
        invoice("7", "dawny@example.com", day=TODAY - timedelta(days=91)),
    )
    import_documents(invoice("8", "ann@example.com"), commit=False)
    ImportBatch.objects.create(format="csv", file_name="zły.csv", state="FAILED")
    ImportBatch.objects.create(format="csv", file_name="nowy.csv", state="CHECKING")
    ImportBatch.objects.create(format="csv", file_name="stary.csv", state="DISCARDED")
    row = cockpit()
    assert (row.members, row.members_active, row.unmatched_buyers) == (3, 1, 2)
    assert (row.imports_to_decide, row.imports_failed, row.imports_running) == (1, 1, 1)


def test_the_number_of_queries_is_fixed(in_alfa: Any) -> None:
    cockpit()  # what is asked once a process
    with CaptureQueriesContext(connection) as empty:
        cockpit()
    for index in range(4):
        owner = Owner("member", uuid4())
        give(owner, f"{index + 1}", TODAY)
    import_documents(invoice("1", "obcy@example.com", day=TODAY))
    with CaptureQueriesContext(connection) as full:
        cockpit()
    assert len(full) == len(empty) <= 9
    assert module.ACTIVE_DAYS == 90
