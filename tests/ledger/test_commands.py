"""The ledger's commands: exact results, refusals that change nothing, replays that give the first result."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from kolektor.kernel.errors import Conflict, DomainError, NotFound
from kolektor.kernel.points import Points
from tenants.ledger import selectors, services
from tenants.ledger.models import LotBalance, Posting, Transfer
from tenants.ledger.services import Award, Owner, Source
from tenants.ledger.verification import verify

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ORDER = Source("order", "o-1")


def owner() -> Owner:
    return Owner("member", uuid4())


def give(who: Owner, points: str, *, key: str | None = None, expires: datetime | None = None) -> UUID:
    key = key or f"award:{uuid4()}"
    award = Award(who, Points.parse(points), key, NOW, "d-1", expires)
    return services.award(awards=[award], source_kind="document")[key][0]


def available(who: Owner) -> str:
    return str(selectors.balances([who])[who].available)


def take(who: Owner, points: str, key: str) -> UUID:
    return services.hold(owner=who, points=Points.parse(points), key=key, occurred_at=NOW, source=ORDER)


@pytest.fixture(autouse=True)
def clean_afterwards(in_alfa: Any) -> Any:
    yield
    assert verify().differences == ()


def test_award_hold_settle() -> None:
    who = owner()
    give(who, "100.00")
    hold = take(who, "30.25", "h1")
    standing = selectors.balances([who])[who]
    assert (str(standing.available), str(standing.held)) == ("69.75", "30.25")
    services.settle(hold_id=hold, redeemed="voucher", key="s1", occurred_at=NOW)
    standing = selectors.balances([who])[who]
    assert (str(standing.available), str(standing.held)) == ("69.75", "0.00")
    assert str(selectors.program_total("redeemed:")) == "30.25"


def test_release_gives_back_the_same_lots() -> None:
    who = owner()
    give(who, "10.00", expires=NOW + timedelta(days=10))
    give(who, "10.00", expires=NOW + timedelta(days=5))
    before = list(LotBalance.objects.order_by("lot_id").values_list("lot_id", "account_id", "remaining"))
    hold = take(who, "15.00", "h1")
    services.release(hold_id=hold, key="r1", occurred_at=NOW)
    after = LotBalance.objects.exclude(remaining=0).order_by("lot_id")
    assert list(after.values_list("lot_id", "account_id", "remaining")) == before


def test_soonest_expiring_lot_is_spent_first() -> None:
    who = owner()
    give(who, "10.00")
    give(who, "10.00", expires=NOW + timedelta(days=9))
    give(who, "10.00", expires=NOW + timedelta(days=3))
    hold = take(who, "15.00", "h1")
    spent = Transfer.objects.filter(posting_id=hold).order_by("id").values_list("amount", "lot__expires_at")
    assert sorted(spent) == [(500, NOW + timedelta(days=9)), (1000, NOW + timedelta(days=3))]


@pytest.mark.parametrize("points", ["100.01", "100000.00"])
def test_overdraft_is_refused_and_changes_nothing(points: str) -> None:
    who = owner()
    give(who, "100.00")
    count = Posting.objects.count()
    with pytest.raises(DomainError) as refused, transaction.atomic():
        take(who, points, "h1")
    assert refused.value.code == "INSUFFICIENT_POINTS"
    assert Posting.objects.count() == count
    assert available(who) == "100.00"


@pytest.mark.parametrize("points", ["0.00", "-1.00"])
def test_only_positive_amounts(points: str) -> None:
    who = owner()
    give(who, "5.00")
    with pytest.raises(DomainError) as refused, transaction.atomic():
        take(who, points, "h1")
    assert refused.value.code == "AMOUNT_NOT_POSITIVE"


def test_same_key_gives_the_first_result() -> None:
    who = owner()
    give(who, "100.00")
    first = take(who, "10.00", "h1")
    assert take(who, "10.00", "h1") == first
    assert available(who) == "90.00"


def test_same_key_with_other_input_is_a_conflict() -> None:
    who = owner()
    give(who, "100.00")
    take(who, "10.00", "h1")
    with pytest.raises(Conflict), transaction.atomic():
        take(who, "10.01", "h1")
    assert available(who) == "90.00"


def test_bulk_award_skips_replays_and_refuses_conflicts_alone() -> None:
    who = owner()
    give(who, "1.00", key="a")
    batch = [
        Award(who, Points.parse("1.00"), "a", NOW, "d-1", None),
        Award(who, Points.parse("2.00"), "b", NOW, "d-2", None),
    ]
    states = {key: state for key, (_, state) in services.award(awards=batch, source_kind="document").items()}
    assert states == {"a": "replayed", "b": "posted"}
    batch[0] = Award(who, Points.parse("9.00"), "a", NOW, "d-1", None)
    states = {key: state for key, (_, state) in services.award(awards=batch, source_kind="document").items()}
    assert states == {"a": "conflict", "b": "replayed"}
    assert available(who) == "3.00"


def test_a_hold_closes_once() -> None:
    who = owner()
    give(who, "10.00")
    hold = take(who, "10.00", "h1")
    settled = services.settle(hold_id=hold, redeemed="voucher", key="s1", occurred_at=NOW)
    assert services.settle(hold_id=hold, redeemed="voucher", key="s1", occurred_at=NOW) == settled
    with pytest.raises(DomainError) as refused, transaction.atomic():
        services.release(hold_id=hold, key="r1", occurred_at=NOW)
    assert refused.value.code == "HOLD_CLOSED"
    assert available(who) == "0.00"


def test_closing_an_unknown_hold() -> None:
    with pytest.raises(NotFound), transaction.atomic():
        services.release(hold_id=uuid4(), key="r1", occurred_at=NOW)


def test_reverse_takes_the_award_back() -> None:
    who = owner()
    other = give(who, "5.00", expires=NOW + timedelta(days=1))
    award = give(who, "10.00")
    services.reverse(
        owner=who,
        points=Points.parse("4.00"),
        award_id=award,
        key="v1",
        occurred_at=NOW,
        source=Source("document", "c"),
    )
    assert available(who) == "11.00"
    assert LotBalance.objects.get(lot__posting_id=other).remaining == 500


def test_reversing_spent_points_makes_debt_that_later_awards_repay() -> None:
    who = owner()
    award = give(who, "10.00")
    take(who, "8.00", "h1")
    services.reverse(
        owner=who,
        points=Points.parse("10.00"),
        award_id=award,
        key="v1",
        occurred_at=NOW,
        source=Source("document", "c"),
    )
    standing = selectors.balances([who])[who]
    assert (str(standing.available), str(standing.debt)) == ("0.00", "8.00")
    give(who, "5.00")
    standing = selectors.balances([who])[who]
    assert (str(standing.available), str(standing.debt)) == ("0.00", "3.00")
    give(who, "5.00")
    standing = selectors.balances([who])[who]
    assert (str(standing.available), str(standing.debt)) == ("2.00", "0.00")


@pytest.mark.parametrize(
    "table",
    [
        "ledger_transfer",
        "ledger_posting",
        "ledger_lot",
        "rules_awardline",
        "audit_auditentry",
        "members_termsacceptance",
    ],
)
@pytest.mark.parametrize("statement", ["UPDATE {0} SET id = id", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"])
def test_the_role_app_may_not_change_append_only_rows(table: str, statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_history_runs() -> None:
    who = owner()
    give(who, "10.00")
    hold = take(who, "4.00", "h1")
    services.release(hold_id=hold, key="r1", occurred_at=NOW)
    rows = [(item.kind, str(item.points), str(item.balance_after)) for _, item in selectors.history(who)]
    assert rows == [("release", "4.00", "10.00"), ("hold", "-4.00", "6.00"), ("award", "10.00", "10.00")]
    assert selectors.history_count(who) == 3
