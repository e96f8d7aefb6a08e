"""Points that mature, expire and are adjusted by hand: each once, to the hundredth, and the ledger stays clean."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from kolektor.kernel import clock
from kolektor.kernel.errors import Conflict, DomainError
from kolektor.kernel.points import Points
from tenants.ledger import selectors, services
from tenants.ledger.models import Adjustment, Lot, LotBalance, Posting
from tenants.ledger.services import Award, Owner, Source
from tests.support.importing import assert_ledger_is_clean

ANN = Owner("member", UUID("00000000-0000-4000-8000-00000000000a"))
BEN = Owner("member", UUID("00000000-0000-4000-8000-00000000000b"))
DAY = date(2026, 11, 25)
MIDNIGHT = datetime(2026, 11, 25, tzinfo=clock.WARSAW)
EARLIER = datetime(2026, 1, 1, tzinfo=UTC)
ADMIN = uuid4()


def give(
    owner: Owner, points: str, key: str, *, expires: datetime | None = None, matures: datetime | None = None
) -> UUID:
    found = services.award(
        awards=[Award(owner, Points.parse(points), key, EARLIER, f"doc-{key}", expires, matures)],
        source_kind="document",
    )
    return found[key][0]


def standing(owner: Owner) -> tuple[str, str, str, str]:
    """Available, pending, held, debt."""
    balance = selectors.balances([owner])[owner]
    return tuple(map(str, (balance.available, balance.pending, balance.held, balance.debt)))  # type: ignore[return-value]


def hold(owner: Owner, points: str, key: str = "h") -> UUID:
    return services.hold(
        owner=owner, points=Points.parse(points), key=key, occurred_at=MIDNIGHT, source=Source("order", "o")
    )


def take_back(owner: Owner, points: str, award: UUID) -> None:
    services.reverse(
        owner=owner, points=Points.parse(points), award_id=award, key=f"r{award}{points}", occurred_at=MIDNIGHT,
        source=Source("document", "d"),
    )  # fmt: skip


def test_maturing_takes_what_is_due_and_names_the_award(in_alfa: Any) -> None:
    give(ANN, "10", "a", matures=MIDNIGHT)
    give(ANN, "5", "b", matures=MIDNIGHT + timedelta(seconds=1))
    give(BEN, "7", "c", matures=MIDNIGHT - timedelta(days=3))
    assert standing(ANN) == ("0.00", "15.00", "0.00", "0.00")
    assert services.mature(as_of=MIDNIGHT) == Points(1700)
    assert standing(ANN) == ("10.00", "5.00", "0.00", "0.00")
    assert standing(BEN) == ("7.00", "0.00", "0.00", "0.00")
    assert services.mature(as_of=MIDNIGHT) == Points(0)
    matured = Posting.objects.filter(kind="mature").order_by("source_id")
    assert [(row.source_kind, row.source_id) for row in matured] == [("document", "doc-a"), ("document", "doc-c")]
    assert_ledger_is_clean()


def test_what_matures_repays_debt(in_alfa: Any) -> None:
    award = give(ANN, "10", "a")
    hold(ANN, "10")
    take_back(ANN, "4", award)
    give(ANN, "6", "b", matures=MIDNIGHT)
    assert standing(ANN) == ("0.00", "6.00", "10.00", "4.00")
    services.mature(as_of=MIDNIGHT)
    assert standing(ANN) == ("2.00", "0.00", "10.00", "0.00")
    assert_ledger_is_clean()


def test_pending_points_are_taken_back_before_others(in_alfa: Any) -> None:
    give(ANN, "3", "old")
    award = give(ANN, "10", "a", matures=MIDNIGHT)
    give(ANN, "8", "b", matures=MIDNIGHT)
    take_back(ANN, "4", award)
    assert standing(ANN) == ("3.00", "14.00", "0.00", "0.00")
    take_back(ANN, "10", award)  # 6 are left of it, 3 are available, 1 is owed
    assert standing(ANN) == ("0.00", "8.00", "0.00", "1.00")
    assert_ledger_is_clean()


def test_expiry_is_one_posting_a_day(in_alfa: Any) -> None:
    give(ANN, "10", "a", expires=MIDNIGHT)
    give(ANN, "5", "b", expires=MIDNIGHT + timedelta(days=1))
    give(BEN, "7", "c", expires=MIDNIGHT - timedelta(days=9))
    give(BEN, "1", "d")
    assert services.expire(day=DAY) == Points(1700)
    assert services.expire(day=DAY) == Points(0)
    assert (standing(ANN)[0], standing(BEN)[0]) == ("5.00", "1.00")
    assert [row.source_id for row in Posting.objects.filter(kind="expire")] == ["expire:2026-11-25"]
    assert services.expire(day=DAY + timedelta(days=1)) == Points(500)
    assert selectors.program_total("expired") == Points(2200)
    assert_ledger_is_clean()


def test_pending_points_expire_too(in_alfa: Any) -> None:
    give(ANN, "10", "a", expires=MIDNIGHT, matures=MIDNIGHT + timedelta(days=30))
    assert services.expire(day=DAY) == Points(1000)
    assert standing(ANN) == ("0.00", "0.00", "0.00", "0.00")
    assert services.mature(as_of=MIDNIGHT + timedelta(days=31)) == Points(0)
    assert_ledger_is_clean()


def test_what_expires_while_it_is_held_lives_14_days_after_its_release(in_alfa: Any) -> None:
    give(ANN, "10", "a", expires=MIDNIGHT)
    give(ANN, "10", "late", expires=MIDNIGHT + timedelta(days=300))
    posting = hold(ANN, "12")
    assert services.expire(day=DAY) == Points(0)
    released = MIDNIGHT + timedelta(days=2, hours=5)
    services.release(hold_id=posting, key="release", occurred_at=released)
    ends = [row.expires_at for row in LotBalance.objects.order_by("lot_id")]
    assert ends == [released + timedelta(days=14), MIDNIGHT + timedelta(days=300)]
    assert services.expire(day=DAY + timedelta(days=16)) == Points(0)
    assert services.expire(day=DAY + timedelta(days=17)) == Points(1000)
    assert_ledger_is_clean()


def adjust(owner: Owner, points: str, key: str, reason: str = "Reklamacja 12/2026") -> UUID:
    return services.adjust(
        owner=owner, points=Points.parse(points), reason=reason, key=key, expires_at=MIDNIGHT, actor=ADMIN
    )


def test_points_are_given_and_taken_by_hand(in_alfa: Any) -> None:
    first = adjust(ANN, "25.50", "k1")
    assert adjust(ANN, "25.50", "k1") == first
    adjust(ANN, "-5.25", "k2")
    assert standing(ANN)[0] == "20.25"
    assert [(row.units, row.reason, row.actor) for row in Adjustment.objects.order_by("id")] == [
        (2550, "Reklamacja 12/2026", ADMIN),
        (-525, "Reklamacja 12/2026", ADMIN),
    ]
    assert Lot.objects.get().expires_at == MIDNIGHT
    assert selectors.program_total("adjustment") == Points(-2025)
    assert_ledger_is_clean()


def test_what_is_given_by_hand_repays_debt(in_alfa: Any) -> None:
    award = give(ANN, "10", "a")
    hold(ANN, "10")
    take_back(ANN, "4", award)
    adjust(ANN, "3", "k")
    assert standing(ANN) == ("0.00", "0.00", "10.00", "1.00")
    assert_ledger_is_clean()


@pytest.mark.parametrize(
    ("points", "reason", "code"),
    [("0", "Powód", "AMOUNT_ZERO"), ("5", "  ", "REASON_MISSING"), ("-5", "Powód", "INSUFFICIENT_POINTS")],
)
def test_refusals_leave_nothing(in_alfa: Any, points: str, reason: str, code: str) -> None:
    give(ANN, "4.99", "a")
    postings = Posting.objects.count()
    with pytest.raises(DomainError, match=code):
        _adjust_alone(points, reason)
    assert (standing(ANN)[0], Posting.objects.count(), Adjustment.objects.count()) == ("4.99", postings, 0)


def _adjust_alone(points: str, reason: str) -> None:
    from django.db import transaction

    with transaction.atomic():
        adjust(ANN, points, "k", reason)


def test_a_key_is_for_one_adjustment(in_alfa: Any) -> None:
    adjust(ANN, "5", "k")
    with pytest.raises(Conflict):
        adjust(ANN, "6", "k")
    with pytest.raises(Conflict):
        adjust(BEN, "5", "k")
    assert standing(ANN)[0] == "5.00"
