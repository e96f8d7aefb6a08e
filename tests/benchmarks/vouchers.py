"""S1: orders at a steady rate to a partner that takes 50 ms, a real worker, real HTTP: none is lost, and how long each took."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from catalog.fulfillment.models import Voucher
from catalog.orders import services as orders
from catalog.orders.models import Order
from catalog.rewards import services as rewards
from catalog.rewards.models import Reward
from catalog.rewards.ports import Issuers
from kolektor.config.celery import app
from kolektor.config.ports import ConfiguredIssuers
from kolektor.config.tasks import send_wake_up
from kolektor.kernel.binding import bind
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.tenant import tenant_context
from tenants.ledger.verification import verify
from tenants.members.models import Member
from tenants.partners import services as partners
from tests.benchmarks import cluster, seeding
from tests.benchmarks.measuring import Reported, say
from tests.integrations.sandbox_process import API_KEY, WEBHOOK_SECRET, SandboxProcess
from tests.support.polling import wait_for
from tests.support.servers import Servers

PARTNER_SECONDS = 0.05
PER_SECOND = 20
AIM_SECONDS = 2


def s1(*, seconds: int) -> Reported:
    """Orders of one member, placed at their times whatever becomes of the earlier ones."""
    database = cluster.fresh(cluster.TEMPLATE)
    count = PER_SECOND * max(seconds, 1)
    with tempfile.TemporaryDirectory() as folder:
        sandbox, servers = SandboxProcess(Path(folder) / "partner.sqlite3"), Servers(database, Path(folder))
        sandbox.start()
        seeding.point_at(database, "app")
        app.conf.update(broker_url=servers.broker)
        outbox.on_wake(send_wake_up)
        try:
            with tenant_context(seeding.wholesaler()):
                reward = _reward(sandbox)
                servers.start_worker(KOLEKTOR_OUTBOX_SWEEP_SECONDS="10", KOLEKTOR_OUTBOX_LEASE_SECONDS="120")
                _place(reward, 1)  # the worker is up
                wait_for("the first voucher", lambda: _closed(reward) == 1, seconds=90)
                sandbox.fault("slow", seconds=PARTNER_SECONDS, times=10 * count)
                _place(reward, count)
                wait_for("all vouchers", lambda: _closed(reward) == count + 1, seconds=120)
                found = _took(reward)
                lost = count + 1 - Voucher.objects.filter(order__reward=reward).count()
                assert verify().differences == ()
        finally:
            outbox.on_wake(lambda schema: None)
            servers.stop()
            sandbox.kill()
            seeding.point_at("postgres", "app")
    say(f"  S1: {count} orders at {PER_SECOND} a second, {lost} lost")
    middle, late = found[len(found) // 2], found[int(len(found) * 0.95)]
    return Reported(
        "S1",
        f"order to voucher code, partner at {PARTNER_SECONDS * 1000:.0f} ms, {PER_SECOND} orders/s, {count} orders",
        f"{lost} lost; median {middle:.2f} s, p95 {late:.2f} s",
        "0 lost",
        f"p95 {AIM_SECONDS} s",
        met=lost == 0,
    )


def _reward(sandbox: SandboxProcess) -> Reward:
    bind(Issuers, ConfiguredIssuers())
    connection = partners.connect(
        name="Partner",
        kind="voucher",
        adapter="kolektor_v1",
        base_url=sandbox.url,
        credentials={"api_key": API_KEY, "webhook_secret": WEBHOOK_SECRET},
    )
    return rewards.offer(connection=connection, item=rewards.issuer_of(connection).catalog()[0])


def _place(reward: Reward, count: int) -> None:
    member = Member.objects.get(email=seeding.buyer_email(1))
    face: Any = reward.denominations.order_by("amount").values_list("amount", flat=True).first() or seeding.FACE
    began = time.perf_counter()
    for number in range(count):
        time.sleep(max(0.0, began + number / PER_SECOND - time.perf_counter()))
        key = f"s1-{count}-{number:06}"
        orders.place(member=member, reward_id=reward.pk, face_value=face, idempotency_key=key)


def _closed(reward: Reward) -> int:
    return Order.objects.filter(reward=reward, state=Order.State.FULFILLED).count()


def _took(reward: Reward) -> list[float]:
    """Seconds from placing to the code in the wallet, the shortest first; the warming order left out."""
    rows = Order.objects.filter(reward=reward).order_by("sequence").values_list("created_at", "closed_at")
    return sorted((closed - created).total_seconds() for created, closed in list(rows)[1:])
