"""What an aggregator may do wrong, one by one: points are taken once for a code, or given back, never neither nor both.

Each of it with both aggregators, over real HTTP.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import httpx
import pytest

from catalog.fulfillment.models import Voucher, VoucherIssue
from catalog.orders import services as orders
from catalog.orders.models import Order
from catalog.rewards import services as rewards
from catalog.rewards.ports import CallLog, IssueResult, Issuers, VoucherCode, VoucherIssuer, VoucherRequest
from integrations.vouchers.kolektor_v1 import KolektorV1, KolektorV1Config
from integrations.vouchers.tremendous import Tremendous, TremendousConfig
from kolektor.kernel import clock
from kolektor.kernel.binding import bind, bound
from kolektor.kernel.models import OutboxDelivery
from kolektor.kernel.outbox import services as outbox
from tenants.ledger.models import Posting
from tenants.members.models import Member
from tenants.partners.models import Health, PartnerCall, Webhook
from tests.support.polling import wait_for
from tests.support.town import ALFA, Town, town

FACE = Decimal("50.00")


class _Impatient:
    """The configured adapter, giving up after a second."""

    def open(self, *, adapter: str, base_url: str, credentials: Mapping[str, str], log: CallLog) -> VoucherIssuer:
        if adapter == "tremendous":
            return Tremendous(TremendousConfig.of(base_url, credentials, read_seconds=1.0), log)
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


@pytest.fixture(scope="module", params=["aggregator", "tremendous"])
def shop_town(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[Town]:
    """A town for each partner; the test starts web and worker as it needs them."""
    folder = tmp_path_factory.mktemp(f"town-{request.param}")
    with town(folder, django_db_blocker, suffix=request.param, partner=request.param) as made:
        made.open_shop()
        yield made


@pytest.fixture(autouse=True)
def rested(shop_town: Town) -> None:
    """The faults of one test do not open the breaker of the next."""
    Health.objects.update(failures=0, open_until=None)


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
    reward = shop_town.open_shop()
    request = VoucherRequest(uuid4().hex, reward.product_id, FACE, "PLN")
    issuer = rewards.issuer_of(reward.connection)
    first = issuer.place(request)
    assert first.state == "done"
    shop_town.sandbox.fault(fault)
    assert issuer.place(request) == first


def test_the_breaker_leaves_a_dead_partner_alone(shop_town: Town) -> None:
    """After eight calls without an answer orders wait without a call being made; the points stay held."""
    member = shop_town.enroll("100.00")
    shop_town.sandbox.kill()
    try:
        order = place(shop_town, member)
        for _ in range(4):
            work()
        calls = PartnerCall.objects.count()
        assert Health.objects.get().open_until is not None
        work()
        assert PartnerCall.objects.count() == calls
        assert OutboxDelivery.objects.get(state="pending").last_error == "PARTNER_RESTING"
        assert shop_town.standing(member) == ("50.00", "50.00")
    finally:
        shop_town.sandbox.start()
    Health.objects.update(open_until=clock.now())  # the pause is over
    assert states_until_closed(shop_town, order) == ["FULFILLED"]
    assert (Health.objects.get().failures, Health.objects.get().open_until) == (0, None)


def test_a_webhook_brings_the_code_without_polling(shop_town: Town) -> None:
    """The partner accepts and issues later; its message makes us look, though the next look is an hour away."""
    if not shop_town.servers.started("web"):
        shop_town.servers.start_web(processes=1)
    shop_town.listen_to_webhooks()
    member = shop_town.enroll("100.00")
    shop_town.sandbox.fault("async", seconds=0.2)
    seen = Webhook.objects.count()
    order = place(shop_town, member)
    work()
    assert shop_town.state_of(order.pk) == "ISSUING"
    later = clock.now() + timedelta(hours=1)
    assert OutboxDelivery.objects.filter(state="pending").update(available_at=later) == 1
    wait_for("the webhook", lambda: Webhook.objects.count() > seen, seconds=15)
    outbox.drain()
    assert shop_town.state_of(order.pk) == "FULFILLED"
    assert shop_town.standing(member) == ("50.00", "0.00")
    books = shop_town.books_of(order.pk)
    assert books is not None and (books["codes"], books["charged_minor"]) == (1, 5000)
    # the delivery that slept finds the order closed
    work()
    assert not OutboxDelivery.objects.filter(state__in=["pending", "dead"]).exists()
    assert kinds(order) == {"hold": 1, "settle": 1}


def test_an_early_webhook_and_its_copies_change_nothing(shop_town: Town) -> None:
    """`duplicate` issues, answers 409 and sends its message twice; both come before the order is looked up."""
    if not shop_town.servers.started("web"):
        shop_town.servers.start_web(processes=1)
    shop_town.listen_to_webhooks()
    member = shop_town.enroll("100.00")
    shop_town.sandbox.fault("duplicate")
    seen = Webhook.objects.count()
    order = place(shop_town, member)
    work()
    wait_for("the webhook", lambda: Webhook.objects.count() > seen, seconds=15)
    states_until_closed(shop_town, order)
    assert shop_town.state_of(order.pk) == "FULFILLED"
    assert Webhook.objects.count() == seen + 1
    assert kinds(order) == {"hold": 1, "settle": 1}
    shop_town.assert_clean()


def test_a_forged_webhook_over_http(shop_town: Town) -> None:
    if not shop_town.servers.started("web"):
        shop_town.servers.start_web(processes=1)
    path = f"/hooks/partners/{shop_town.open_shop().connection_id}"
    before, kept = Health.objects.get().refused_webhooks, Webhook.objects.count()
    headers = {"Host": ALFA, "Tremendous-Webhook-Signature": "sha256=" + "0" * 64, "webhook-id": "msg_1"}
    answer = httpx.post(
        f"http://127.0.0.1:{shop_town.servers.port}{path}", content=b"{}", headers=headers, trust_env=False, timeout=10
    )
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (403, "WEBHOOK_REFUSED")
    assert Health.objects.get().refused_webhooks == before + 1
    assert Webhook.objects.count() == kept
