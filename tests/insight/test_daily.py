"""What a day brings to a program: once, whole, and told before."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from kolektor.audit.models import AuditEntry
from kolektor.identity.services import ensure_person
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError
from kolektor.kernel.points import Points
from tenants.insight import adjusting, daily, history
from tenants.ledger import selectors as ledger_reads
from tenants.ledger import services as ledger
from tenants.ledger.models import Posting
from tenants.ledger.services import Award, Owner
from tenants.members import services as members
from tenants.members.models import Member
from tenants.messaging.models import Message
from tenants.program.models import ProgramSettings

TODAY = date(2026, 11, 25)
NOON = datetime(2026, 11, 25, 12, tzinfo=clock.WARSAW)


@pytest.fixture
def member(in_alfa: Any) -> Member:
    return members.enroll(person=ensure_person(email="monter@example.com", first_name="Jan"))


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=clock.WARSAW)


def give(member: Member, points: str, *, last_day: date | None = None, matures: date | None = None) -> None:
    """Points that can be spent up to and with a last day, from a first one on."""
    award = Award(
        Owner("member", member.pk), Points.parse(points), f"{points}-{last_day}-{matures}", NOON, str(uuid4()),
        midnight(last_day + timedelta(days=1)) if last_day else None, midnight(matures) if matures else None,
    )  # fmt: skip
    ledger.award(awards=[award], source_kind="document")


def standing(member: Member) -> tuple[str, str]:
    balance = ledger_reads.balances([Owner("member", member.pk)])[Owner("member", member.pk)]
    return str(balance.available), str(balance.pending)


def told() -> list[str]:
    return list(
        Message.objects.filter(kind="points_expiring", channel="inbox").order_by("pk").values_list("subject", flat=True)
    )


def test_a_day_matures_and_ends_points_once(member: Member) -> None:
    give(member, "10", matures=TODAY)
    give(member, "20", matures=TODAY + timedelta(days=1))
    give(member, "5", last_day=TODAY - timedelta(days=1))
    give(member, "7", last_day=TODAY)
    with time_machine.travel(NOON, tick=False):
        assert daily.run() is True
        assert standing(member) == ("17.00", "20.00")
        assert daily.run() is False
    assert Posting.objects.filter(kind="expire").count() == 1
    assert ProgramSettings.objects.get().daily_done_on == TODAY
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        assert daily.run() is True
        assert standing(member) == ("30.00", "0.00")


@pytest.mark.parametrize(
    ("days", "spoken_of"), [(31, 0), (30, 1), (29, 0), (8, 0), (7, 1), (6, 0), (2, 0), (1, 1), (0, 0)]
)
def test_who_is_about_to_lose_points_is_told(member: Member, days: int, spoken_of: int) -> None:
    give(member, "12.50", last_day=TODAY + timedelta(days=days))
    give(member, "99", last_day=TODAY + timedelta(days=400))
    with time_machine.travel(NOON, tick=False):
        daily.run()
    assert len(told()) == spoken_of
    if spoken_of:
        message = Message.objects.get(kind="points_expiring", channel="inbox")
        assert "12,50" in message.subject + message.body


def test_a_day_that_was_missed_is_made_up_for(member: Member) -> None:
    give(member, "5", last_day=TODAY - timedelta(days=9))
    with time_machine.travel(NOON, tick=False):
        daily.run()
    assert standing(member) == ("0.00", "0.00")


def test_a_crash_leaves_the_day_undone(member: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    give(member, "5", last_day=TODAY - timedelta(days=1))
    monkeypatch.setattr("tenants.messaging.services.queue", None)
    give(member, "6", last_day=TODAY + timedelta(days=1))
    with time_machine.travel(NOON, tick=False), pytest.raises(TypeError):
        daily.run()
    assert standing(member) == ("11.00", "0.00")
    assert ProgramSettings.objects.get().daily_done_on is None


def adjust(member: Member, points: str, key: str = "klucz-korekty-1") -> None:
    adjusting.adjust_points(
        member_id=member.pk, points=Points.parse(points), reason=" Reklamacja 7 ", key=key, actor=member.person_id
    )


def test_an_adjustment_is_on_the_timeline_once_and_expires_by_policy(member: Member) -> None:
    with time_machine.travel(NOON, tick=False):
        adjust(member, "12.50")
        adjust(member, "12.50")
    assert standing(member) == ("12.50", "0.00")
    entry = AuditEntry.objects.get(action="member.points_adjusted")
    assert (entry.object_id, entry.data) == (str(member.pk), {"points": "+12.50", "reason": "Reklamacja 7"})
    with time_machine.travel(datetime(2028, 11, 25, 12, tzinfo=clock.WARSAW), tick=False):
        daily.run()
    assert standing(member) == ("12.50", "0.00")
    with time_machine.travel(datetime(2028, 11, 26, 12, tzinfo=clock.WARSAW), tick=False):
        daily.run()
    assert standing(member) == ("0.00", "0.00")


def test_a_short_key_is_refused(member: Member) -> None:
    with pytest.raises(DomainError, match="BAD_KEY"):
        adjust(member, "1", key="kurz")


def test_the_history_explains_what_time_and_staff_did(member: Member) -> None:
    give(member, "10", matures=TODAY)
    give(member, "5", last_day=TODAY - timedelta(days=1))
    with time_machine.travel(NOON, tick=False):
        adjust(member, "-2")
        daily.run()
    entries = [entry for _, entry in history.page(Owner("member", member.pk), before=None, limit=10)]
    assert [(entry.kind, str(entry.points), entry.reason) for entry in entries if entry.kind != "AWARD"] == [
        ("EXPIRE", "-3.00", None),
        ("MATURE", "10.00", None),
        ("ADJUST", "-2.00", "Reklamacja 7"),
    ]
