"""A fitter's order that the firm's owner decides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
import time_machine

from catalog.orders import approvals
from catalog.orders import services as orders
from catalog.orders.models import Order
from catalog.rewards import pool
from catalog.rewards import services as rewards
from catalog.rewards.models import PoolCode, Reward
from catalog.rewards.pool_files import UploadedCode
from kolektor.audit.selectors import timelines
from kolektor.identity.services import ensure_person
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.points import Points
from tenants.insight import daily, giving
from tenants.ledger import selectors as ledger
from tenants.ledger import services as ledger_services
from tenants.ledger.services import Owner
from tenants.ledger.verification import verify
from tenants.members import firms
from tenants.members import services as members
from tenants.members.models import Firm, Member
from tenants.messaging.models import Message
from tenants.program.models import ProgramSettings


@pytest.fixture
def firm(in_alfa: Any) -> Iterator[Firm]:
    made = members.ensure_firm(nip="7740001454", name="Instalacje")
    for name in ("jan", "piotr"):
        members.enroll(person=ensure_person(email=f"{name}@example.com", first_name=name.capitalize()), firm=made)
    ledger_services.adjust(
        owner=Owner("member", member("piotr").pk), points=Points(10_000), reason="Na start", key="start",
        expires_at=None, actor=member("jan").person_id,
    )  # fmt: skip
    yield made
    assert verify().differences == ()


@pytest.fixture
def reward(firm: Firm) -> Reward:
    made = rewards.offer_pool(name="Kawa", brand_name="Ziarno", amounts=[Decimal(20)])
    pool.add_codes(reward_id=made.pk, amount=Decimal(20), codes=[UploadedCode("KOD-1", None, None)])
    return rewards.change(reward_id=made.pk, active=True)


def member(name: str) -> Member:
    return Member.objects.get(email=f"{name}@example.com")


def allow(firm: Firm, spending: str) -> None:
    firms.set_spending(firm=firm, member_id=member("piotr").pk, spending=spending, actor=member("jan").person_id)


def place(reward: Reward, key: str = "order-key-1") -> Order:
    return orders.place(member=member("piotr"), reward_id=reward.pk, face_value=Decimal(20), idempotency_key=key)


def standing() -> tuple[str, str]:
    owner = Owner("member", member("piotr").pk)
    found = ledger.balances([owner])[owner]
    return str(found.available), str(found.held)


def told(order_id: UUID) -> list[str]:
    return [entry.action for entry in timelines("order", [order_id])[str(order_id)]]


def test_an_order_waits_and_is_placed_by_the_owners_yes(firm: Firm, reward: Reward) -> None:
    allow(firm, "approval")
    order = place(reward)
    outbox.drain()
    order.refresh_from_db()
    assert (order.state, standing()) == ("AWAITING", ("80.00", "20.00"))
    asked = Message.objects.get(kind="order_awaiting", channel="inbox")
    assert asked.member == member("jan")
    assert "Piotr" in asked.subject
    assert [row.pk for row in approvals.awaiting(firm.pk)] == [order.pk]
    approvals.approve(owner=member("jan"), order_id=order.pk)
    outbox.drain()
    order.refresh_from_db()
    assert (order.state, standing()) == ("FULFILLED", ("80.00", "0.00"))
    assert told(order.pk)[:2] == ["order.approval_asked", "order.approved"]
    with pytest.raises(DomainError, match="ORDER_DECIDED"):
        approvals.decline(owner=member("jan"), order_id=order.pk)


def test_a_no_gives_points_and_the_code_back(firm: Firm, reward: Reward) -> None:
    allow(firm, "approval")
    order = place(reward)
    assert PoolCode.objects.filter(reference__isnull=True).count() == 0
    approvals.decline(owner=member("jan"), order_id=order.pk)
    outbox.drain()
    order.refresh_from_db()
    assert (order.state, standing()) == ("DECLINED", ("100.00", "0.00"))
    assert PoolCode.objects.filter(reference__isnull=True).count() == 1
    assert Message.objects.filter(kind="order_declined", member=member("piotr")).exists()
    assert not Message.objects.filter(kind="order_fulfilled").exists()
    # the code can be ordered again
    again = place(reward, "order-key-2")
    approvals.approve(owner=member("jan"), order_id=again.pk)
    outbox.drain()
    again.refresh_from_db()
    assert again.state == "FULFILLED"


def test_a_fitter_takes_the_order_back_and_no_other_may(firm: Firm, reward: Reward) -> None:
    allow(firm, "approval")
    order = place(reward)
    with pytest.raises(NotFound):
        approvals.withdraw(member=member("jan"), order_id=order.pk)
    for decide in (approvals.approve, approvals.decline):
        with pytest.raises(NotFound):
            decide(owner=member("piotr"), order_id=order.pk)
    approvals.withdraw(member=member("piotr"), order_id=order.pk)
    outbox.drain()
    assert standing() == ("100.00", "0.00")
    assert not Message.objects.filter(kind="order_declined").exists()


def test_the_owner_of_another_firm_finds_no_order(firm: Firm, reward: Reward) -> None:
    allow(firm, "approval")
    order = place(reward)
    other = members.enroll(
        person=ensure_person(email="szef@example.com"), firm=members.ensure_firm(nip="1111111111", name="Druga")
    )
    with pytest.raises(NotFound):
        approvals.approve(owner=other, order_id=order.pk)


def test_spending_may_be_forbidden(firm: Firm, reward: Reward) -> None:
    allow(firm, "none")
    with pytest.raises(DomainError, match="SPENDING_NOT_ALLOWED"):
        place(reward)
    assert not Order.objects.exists()
    assert standing() == ("100.00", "0.00")
    allow(firm, "free")
    assert place(reward).state == "PLACED"


def test_who_becomes_the_owner_decides_what_they_asked_for(firm: Firm, reward: Reward) -> None:
    allow(firm, "approval")
    order = place(reward)
    firms.hand_over(firm=firm, member_id=member("piotr").pk, actor=member("jan").person_id)
    with pytest.raises(NotFound):
        approvals.approve(owner=member("jan"), order_id=order.pk)
    assert [row.pk for row in approvals.awaiting(firm.pk)] == [order.pk]
    approvals.approve(owner=member("piotr"), order_id=order.pk)
    outbox.drain()
    order.refresh_from_db()
    assert order.state == "FULFILLED"


def test_leaving_closes_what_waits(firm: Firm, reward: Reward) -> None:
    allow(firm, "approval")
    order = place(reward)
    firms.leave(member=member("piotr"), actor=member("piotr").person_id)
    with pytest.raises(NotFound):
        approvals.approve(owner=member("jan"), order_id=order.pk)
    outbox.drain()
    order.refresh_from_db()
    assert (order.state, order.failure, standing()) == ("DECLINED", "left_firm", ("100.00", "0.00"))


def test_what_nobody_decides_ends_after_two_weeks(firm: Firm, reward: Reward) -> None:
    allow(firm, "approval")
    order = place(reward)
    for days, state in ((13, "AWAITING"), (15, "DECLINED")):
        with time_machine.travel(clock.now() + timedelta(days=days)):
            daily.run()
        order.refresh_from_db()
        assert order.state == state
    assert standing() == ("100.00", "0.00")


class TestManyPoints:
    """Above the program's limit whoever spends has proved who they are within ten minutes."""

    @pytest.fixture
    def shop(self, reward: Reward) -> Reward:
        ProgramSettings.objects.update(confirm_above=10)
        return reward

    def test_nothing_is_spent_without_a_proof_of_now(self, shop: Reward) -> None:
        given: dict[str, Any] = {"member": member("piotr"), "reward_id": shop.pk, "face_value": Decimal(20)}
        owner = Owner("member", member("piotr").pk)
        for proved_at in (None, clock.now() - timedelta(minutes=11)):
            with pytest.raises(DomainError) as refused:
                orders.place(**given, idempotency_key="large-order", proved_at=proved_at)
            assert refused.value.code == "REAUTHENTICATION_REQUIRED"
        assert not Order.objects.exists()
        assert str(ledger.balances([owner])[owner].held) == "0.00"
        order = orders.place(**given, idempotency_key="large-order", proved_at=clock.now() - timedelta(minutes=9))
        # an answer that was lost is asked for again, however long ago the proof was
        assert orders.place(**given, idempotency_key="large-order") == order

    @pytest.mark.parametrize("limit", [20, None])
    def test_up_to_the_limit_and_without_one_nobody_is_asked(self, shop: Reward, limit: int | None) -> None:
        points = rewards.price(shop, Decimal(20))
        ProgramSettings.objects.update(confirm_above=None if limit is None else int(Decimal(str(points))))
        orders.place(member=member("piotr"), reward_id=shop.pk, face_value=Decimal(20), idempotency_key="small-order")
        assert Order.objects.count() == 1

    def test_an_owner_who_approves_proves_it_too(self, firm: Firm, shop: Reward) -> None:
        firms.set_spending(firm=firm, member_id=member("piotr").pk, spending="approval", actor=member("jan").person_id)
        order = orders.place(
            member=member("piotr"), reward_id=shop.pk, face_value=Decimal(20), idempotency_key="asked-order",
            proved_at=clock.now(),
        )  # fmt: skip
        with pytest.raises(DomainError) as refused:
            approvals.approve(owner=member("jan"), order_id=order.pk)
        assert refused.value.code == "REAUTHENTICATION_REQUIRED"
        assert Order.objects.get().state == Order.State.AWAITING
        approvals.approve(owner=member("jan"), order_id=order.pk, proved_at=clock.now())
        assert Order.objects.get().state == Order.State.PLACED

    def test_points_passed_on_need_it_too(self, firm: Firm) -> None:
        ProgramSettings.objects.update(confirm_above=10)
        given: dict[str, Any] = {"giver": member("piotr"), "member_id": member("jan").pk, "points": Points(1_100)}
        with pytest.raises(DomainError) as refused:
            giving.give(**given, note="", key="large-gift")
        assert refused.value.code == "REAUTHENTICATION_REQUIRED"
        giving.give(**given, note="", key="large-gift", proved_at=clock.now())
        giving.give(**given, note="", key="large-gift")  # the same one
        owner = Owner("member", member("jan").pk)
        assert str(ledger.balances([owner])[owner].available) == "11.00"
