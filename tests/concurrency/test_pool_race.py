"""The last code of a pool, wanted by many at once: one owner, and whoever came too late keeps all points."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection

from catalog.fulfillment.models import Voucher
from catalog.orders import services as orders
from catalog.orders.models import Order
from catalog.rewards import pool, services
from catalog.rewards.models import PoolCode, Reward
from catalog.rewards.pool_files import UploadedCode
from kolektor.kernel import vault
from kolektor.kernel.errors import DomainError
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.tenant import tenant_context
from tenants.members.models import Member
from tests.support.town import Town

FACE = Decimal(50)


@pytest.fixture
def pool_town(quiet_town: Town) -> Town:
    return quiet_town


def pool_of(count: int) -> Reward:
    made = services.offer_pool(name=f"Karta {uuid4()}", brand_name="Kawiarnia", amounts=[FACE])
    services.change(reward_id=made.pk, active=True)
    codes = [UploadedCode(f"KOD-{made.pk.hex}-{number}") for number in range(count)]
    pool.add_codes(reward_id=made.pk, amount=FACE, codes=codes)
    return made


def race(town: Town, reward: Reward, wishes: list[tuple[Member, str]]) -> Counter[str]:
    """All place their order at the same moment, each over a connection of its own."""
    gate = threading.Barrier(len(wishes))

    def run(wish: tuple[Member, str]) -> str:
        member, key = wish
        try:
            with tenant_context(town.wholesaler):
                gate.wait()
                orders.place(member=member, reward_id=reward.pk, face_value=FACE, idempotency_key=key)
                return "PLACED"
        except DomainError as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(wishes)) as threads:
        return Counter(threads.map(run, wishes))


def taken(reward: Reward) -> list[str | None]:
    return list(PoolCode.objects.filter(reward=reward, reference__isnull=False).values_list("reference", flat=True))


def test_the_last_code_has_one_owner(pool_town: Town) -> None:
    members = [pool_town.enroll("50.00") for _ in range(12)]
    for _ in range(5):
        reward = pool_of(1)
        poor = pool_town.enroll("50.00")
        wishes = [(member, f"key-{uuid4()}") for member in members]
        assert race(pool_town, reward, [*wishes, (poor, f"key-{uuid4()}")]) == {"PLACED": 1, "SOLD_OUT": 12}
        (order,) = Order.objects.filter(reward=reward)
        assert taken(reward) == [order.pk.hex]
        # whoever won has spent all points: the next round wants others with points
        members = [member for member in [*members, poor] if pool_town.standing(member) == ("50.00", "0.00")]
        assert pool_town.standing(order.member) == ("0.00", "50.00")
    pool_town.assert_clean()


def test_a_double_click_takes_one_code(pool_town: Town) -> None:
    reward, member = pool_of(5), pool_town.enroll("500.00")
    key = f"key-{uuid4()}"
    assert race(pool_town, reward, [(member, key)] * 8) == {"PLACED": 8}
    assert Order.objects.filter(reward=reward).count() == 1
    assert len(taken(reward)) == 1
    assert pool_town.standing(member) == ("450.00", "50.00")


def test_the_last_code_is_not_lost_to_somebody_who_cannot_pay(pool_town: Town) -> None:
    """Nobody is told that it is sold out because of an order that was taken back for lack of points."""
    for _ in range(10):
        reward = pool_of(1)
        poor = [(pool_town.enroll("1.00"), f"key-{uuid4()}") for _ in range(6)]
        rich = pool_town.enroll("50.00")
        found = race(pool_town, reward, [*poor, (rich, f"key-{uuid4()}")])
        assert found["PLACED"] == 1, found
        assert pool_town.standing(rich) == ("0.00", "50.00")


def test_as_many_codes_as_orders(pool_town: Town) -> None:
    """Twenty codes, thirty people: twenty orders, each with a code of its own."""
    reward = pool_of(20)
    wishes = [(pool_town.enroll("50.00"), f"key-{uuid4()}") for _ in range(30)]
    assert race(pool_town, reward, wishes) == {"PLACED": 20, "SOLD_OUT": 10}
    while outbox.drain():  # the tests before this one left theirs as well
        pass
    assert set(Order.objects.filter(reward=reward).values_list("state", flat=True)) == {"FULFILLED"}
    codes = [vault.decrypt(row.code_encrypted) for row in Voucher.objects.filter(order__reward=reward)]
    assert len(set(codes)) == len(codes) == 20
    pool_town.assert_clean()
