"""What an aggregator may do wrong, one by one: points are taken once for a code, or given back, never neither nor both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from catalog.fulfillment.models import Voucher, VoucherIssue
from catalog.orders import services as orders
from catalog.orders.models import Order
from catalog.rewards.ports import CallLog, IssueResult, Issuers, VoucherCode, VoucherIssuer, VoucherRequest
from integrations.vouchers.kolektor_v1 import KolektorV1, KolektorV1Config
from kolektor.kernel import clock
from kolektor.kernel.binding import bind, bound
from kolektor.kernel.models import OutboxDelivery
from kolektor.kernel.outbox import services as outbox
from tenants.ledger.models import Posting
from tenants.members.models import Member
from tests.support.town import Town

FACE = Decimal("50.00")


class _Impatient:
    """The configured adapter, giving up after a second."""

    def open(self, *, adapter: str, base_url: str, credentials: Mapping[str, str], log: CallLog) -> VoucherIssuer:
        config = KolektorV1Config(base_url, credentials["api_key"], credentials["webhook_secret"], read_seconds=1.0)
        return KolektorV1(config, log)


class _OneCodeForAll:
    """A partner that gives every order the same code."""

    def open(self, *, adapter: str, base_url: str, credentials: Mapping[str, str], log: CallLog) -> VoucherIssuer:
        return self  # type: ignore[return-value]

    def place(self, request: VoucherRequest) -> IssueResult:
        return IssueResult("done", f"p-{request.reference}", VoucherCode("TEN-SAM-KOD", None, None))

    def poll(self, reference: str) -> IssueResult:
        return IssueResult("done", f"p-{reference}", VoucherCode("TEN-SAM-KOD", None, None))


@pytest.fixture
def impatient() -> Iterator[None]:
    known = bound(Issuers)
    bind(Issuers, _Impatient())
    yield
    bind(Issuers, known)


def place(town: Town, member: Member) -> Order:
    return orders.place(member=member, reward_id=town.open_shop().pk, face_value=FACE, idempotency_key=f"key-{uuid4()}")


def work() -> None:
    """What a worker does when it comes by and everything put off is due."""
    OutboxDelivery.objects.filter(state="pending").update(available_at=clock.now())
    outbox.drain()


def states_until_closed(town: Town, order: Order) -> list[str]:
    """The order's state after each visit of a worker."""
    seen: list[str] = []
    for _ in range(60):
        work()
        seen.append(town.state_of(order.pk))
        if seen[-1] in {Order.State.FULFILLED, Order.State.FAILED}:
            return seen
    raise AssertionError(f"never closed: {seen}")


def kinds(order: Order) -> Counter[str]:
    found = Posting.objects.filter(source_kind="order", source_id=str(order.pk))
    return Counter(found.values_list("kind", flat=True))


# fault → its options and what the order goes through; issued for certain, once
DELAYS: dict[str, tuple[dict[str, Any], str]] = {
    "timeout_after_issue": ({"seconds": 3}, "UNKNOWN"),
    "malformed": ({}, "UNKNOWN"),
    "duplicate": ({}, "UNKNOWN"),
    "error_500": ({}, "UNKNOWN"),
    "rate_limit": ({"seconds": 1}, "UNKNOWN"),
    "async": ({"seconds": 0.2}, "ISSUING"),
    "slow": ({"seconds": 0.3}, "FULFILLED"),
}


@pytest.mark.parametrize("fault", sorted(DELAYS))
def test_issued_once_in_the_end(shop_town: Town, impatient: None, fault: str) -> None:
    options, first = DELAYS[fault]
    member = shop_town.enroll("100.00")
    shop_town.sandbox.fault(fault, **options)
    order = place(shop_town, member)
    seen = states_until_closed(shop_town, order)
    assert (seen[0], seen[-1]) == (first, "FULFILLED")
    books = shop_town.books_of(order.pk)
    assert books is not None
    assert (books["state"], books["codes"], books["charged_minor"]) == ("issued", 1, 5000)
    assert Voucher.objects.filter(order=order).count() == 1
    assert shop_town.standing(member) == ("50.00", "0.00")
    assert kinds(order) == {"hold": 1, "settle": 1}
    shop_town.assert_clean()


REFUSALS = {"decline": "rejected", "out_of_funds": "out_of_funds", "async_fail": "rejected"}


@pytest.mark.parametrize("fault", sorted(REFUSALS))
def test_refused_for_good_gives_the_points_back(shop_town: Town, fault: str) -> None:
    member = shop_town.enroll("100.00")
    shop_town.sandbox.fault(fault, **({"seconds": 0.2} if fault == "async_fail" else {}))
    order = place(shop_town, member)
    assert states_until_closed(shop_town, order)[-1] == "FAILED"
    order.refresh_from_db()
    assert order.failure == REFUSALS[fault]
    books = shop_town.books_of(order.pk)
    assert books is None or (books["codes"], books["charged_minor"]) == (0, 0)
    assert not Voucher.objects.filter(order=order).exists()
    assert shop_town.standing(member) == ("100.00", "0.00")
    assert kinds(order) == {"hold": 1, "release": 1}
    shop_town.assert_clean()


def test_no_answer_twice_and_three_times(shop_town: Town, impatient: None) -> None:
    """Timeouts while looking the order up are unknown as well."""
    member = shop_town.enroll("100.00")
    shop_town.sandbox.fault("timeout_after_issue", seconds=3)
    order = place(shop_town, member)
    shop_town.sandbox.fault("slow", operation="poll", times=3, seconds=2)
    seen = states_until_closed(shop_town, order)
    assert seen[:2] == ["UNKNOWN", "UNKNOWN"]
    assert seen[-1] == "FULFILLED"
    books = shop_town.books_of(order.pk)
    assert books is not None and (books["codes"], books["charged_minor"]) == (1, 5000)
    assert shop_town.standing(member) == ("50.00", "0.00")


def test_the_partner_is_down_and_comes_back(shop_town: Town) -> None:
    member = shop_town.enroll("100.00")
    shop_town.sandbox.kill()
    try:
        order = place(shop_town, member)
        work()
        assert shop_town.state_of(order.pk) == "UNKNOWN"
        assert shop_town.standing(member) == ("50.00", "50.00")
    finally:
        shop_town.sandbox.start()
    assert states_until_closed(shop_town, order) == ["FULFILLED"]
    assert shop_town.standing(member) == ("50.00", "0.00")


def test_a_code_given_twice_is_quarantined(shop_town: Town) -> None:
    """The second order gets nobody else's code: it waits as unknown with its points held, and people look."""
    known = bound(Issuers)
    bind(Issuers, _OneCodeForAll())
    try:
        first, second = shop_town.enroll("100.00"), shop_town.enroll("100.00")
        one = place(shop_town, first)
        work()
        other = place(shop_town, second)
        work()
        work()
    finally:
        bind(Issuers, known)
    assert [shop_town.state_of(order.pk) for order in (one, other)] == ["FULFILLED", "UNKNOWN"]
    assert not Voucher.objects.filter(order=other).exists()
    assert shop_town.standing(second) == ("50.00", "50.00")
    delivery = OutboxDelivery.objects.get(state="pending")
    assert delivery.last_error == "duplicate_code"
    assert VoucherIssue.objects.get(order=other).asked == 2
    shop_town.assert_clean()
    OutboxDelivery.objects.filter(pk=delivery.pk).update(state="done")


@pytest.mark.parametrize("fault", ["decline", "out_of_funds"])
def test_the_sandbox_keeps_its_contract_under_faults(shop_town: Town, fault: str) -> None:
    """A key that was served is never refused for good: else a worker that died after asking would give points back."""
    reference = uuid4().hex
    assert shop_town.sandbox.place(reference).status_code == 201
    shop_town.sandbox.fault(fault)
    assert shop_town.sandbox.place(reference).status_code == 200
