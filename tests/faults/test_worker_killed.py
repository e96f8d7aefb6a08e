"""SIGKILL between hold and settle: after a restart the order completes by itself, with one voucher and one charge."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from catalog.fulfillment.models import Voucher
from catalog.orders import services as orders
from catalog.orders.models import Order
from kolektor.kernel.models import OutboxDelivery
from tenants.ledger.models import Posting
from tenants.members.models import Member
from tests.support.polling import wait_for
from tests.support.town import ALFA, Town

FACE = Decimal("50.00")


def place(town: Town, member: Member) -> Order:
    return orders.place(member=member, reward_id=town.open_shop().pk, face_value=FACE, idempotency_key=f"key-{uuid4()}")


def prove(town: Town, member: Member, order: Order) -> None:
    """One voucher in the partner's own record, the same code in the wallet, points taken once, nothing left to do."""
    books = town.books_of(order.pk)
    assert books is not None
    assert (books["state"], books["codes"], books["charged_minor"]) == ("issued", 1, 5000)
    code = town.sandbox.ask("GET", f"/v1/orders/{books['id']}/code").json()["code"]
    assert town.code_of(order.pk) == code
    assert Voucher.objects.filter(member=member).count() == 1
    assert town.standing(member) == ("50.00", "0.00")
    postings = Posting.objects.filter(source_kind="order", source_id=str(order.pk)).values_list("kind", flat=True)
    assert Counter(postings) == {"hold": 1, "settle": 1}
    wait_for("an empty outbox", lambda: not OutboxDelivery.objects.filter(state="pending").exists())
    assert not OutboxDelivery.objects.filter(state="dead").exists()
    town.assert_clean()


def finished(town: Town, order: Order) -> bool:
    return town.state_of(order.pk) == Order.State.FULFILLED


@pytest.mark.parametrize(
    ("point", "asked"),
    [
        ("issue.started", False),
        ("issue.before_call", False),
        ("issue.after_call", True),
        ("issue.answer_noted", True),
        ("issue.before_commit", True),
        ("issue.after_commit", True),  # beyond the five between hold and settle
    ],
)
def test_the_worker_dies(shop_town: Town, tmp_path: Path, point: str, asked: bool) -> None:
    member, marker = shop_town.enroll("100.00"), tmp_path / "fired"
    order = place(shop_town, member)
    assert shop_town.standing(member) == ("50.00", "50.00")
    shop_town.servers.start_worker(KOLEKTOR_FAULT=point, KOLEKTOR_FAULT_ONCE=str(marker))
    wait_for(f"the kill at {point}", marker.exists, seconds=60)
    shop_town.servers.kill("worker")

    books = shop_town.books_of(order.pk)
    assert (books is not None) is asked
    if point == "issue.after_commit":
        assert finished(shop_town, order)
    else:
        assert shop_town.state_of(order.pk) == Order.State.ISSUING
        assert shop_town.standing(member) == ("50.00", "50.00")
        assert not Voucher.objects.filter(order=order).exists()

    shop_town.servers.start_worker()
    wait_for("the voucher", lambda: finished(shop_town, order), seconds=60)
    prove(shop_town, member, order)
    shop_town.servers.kill("worker")


def test_the_web_process_dies_after_the_order(shop_town: Town, tmp_path: Path) -> None:
    """The answer is lost, the order is not: the client asks again with its key and gets the same order."""
    member, marker, key = shop_town.enroll("100.00", password=True), tmp_path / "fired", f"key-{uuid4()}"
    reward = str(shop_town.open_shop().pk)
    shop_town.servers.start_web(KOLEKTOR_FAULT="order.after_place", KOLEKTOR_FAULT_ONCE=str(marker))
    with shop_town.browser(member) as browser:
        with pytest.raises(httpx.HTTPError):
            browser.place_order(ALFA, reward_id=reward, face_value="50.00", key=key)
        assert marker.exists()
        order = Order.objects.get(member=member)
        assert shop_town.standing(member) == ("50.00", "50.00")

        def again() -> Any:
            try:
                return browser.place_order(ALFA, reward_id=reward, face_value="50.00", key=key)
            except httpx.HTTPError:
                return None  # the process that died is being replaced

        answer = wait_for("an answer", again)
        assert answer.json()["data"]["placeOrder"]["order"]["id"] == str(order.pk)
    assert Order.objects.filter(member=member).count() == 1
    shop_town.servers.start_worker()
    wait_for("the voucher", lambda: finished(shop_town, order), seconds=60)
    prove(shop_town, member, order)
    shop_town.servers.kill("worker")
    shop_town.servers.kill("web")


@pytest.mark.parametrize("lease", ["2", "120"], ids=["lease over first", "timeout first"])
def test_the_partner_times_out_after_issuing(shop_town: Town, lease: str) -> None:
    """A timeout is unknown and not failed. With the short lease a second attempt overtakes the one that hangs."""
    member = shop_town.enroll("100.00")
    shop_town.sandbox.fault("timeout_after_issue", seconds=30)
    order = place(shop_town, member)
    shop_town.servers.start_worker(KOLEKTOR_OUTBOX_LEASE_SECONDS=lease)
    wait_for("the voucher", lambda: finished(shop_town, order), seconds=60)
    prove(shop_town, member, order)
    shop_town.servers.kill("worker")
