"""The outbox: effect and done-mark together, retries, dead letters, tasks that fail closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction

from kolektor.config.tasks import TaskWithoutTenant, drain
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError
from kolektor.kernel.models import OutboxDelivery, OutboxEvent
from kolektor.kernel.outbox import registry, services
from kolektor.kernel.outbox.delivery import Delivery
from kolektor.kernel.tenant import tenant_context
from kolektor.network.models import Network
from tests.support.polling import wait_for

State = OutboxDelivery.State


@pytest.fixture
def calls() -> Iterator[list[Any]]:
    seen: list[Any] = []
    before = dict(registry._subscriptions)
    registry._subscriptions.clear()
    yield seen
    registry._subscriptions.clear()
    registry._subscriptions.update(before)


def emit(name: str, **payload: Any) -> None:
    with transaction.atomic():
        services.emit(name, payload)


def due_now() -> None:
    OutboxDelivery.objects.filter(state=State.PENDING).update(available_at=clock.now(), claimed_until=None)


def test_each_handler_gets_the_event_once(in_alfa: Any, calls: list[Any]) -> None:
    def one(payload: Mapping[str, Any]) -> None:
        calls.append(("one", payload["n"]))

    def two(payload: Mapping[str, Any]) -> None:
        calls.append(("two", payload["n"]))

    registry.subscribe("probe", one)
    registry.subscribe("probe", two)
    emit("probe", n=1)
    emit("probe", n=2)
    assert services.drain() == 4
    assert services.drain() == 0
    assert sorted(calls) == [("one", 1), ("one", 2), ("two", 1), ("two", 2)]


def test_a_failing_handler_leaves_no_effect_and_is_tried_again(in_alfa: Any, calls: list[Any]) -> None:
    def fails_once(payload: Mapping[str, Any]) -> None:
        Network.objects.create(slug=f"effect-{len(calls)}", name="effect")
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("first time")

    registry.subscribe("probe", fails_once)
    emit("probe")
    services.drain()
    delivery = OutboxDelivery.objects.get(event__name="probe")
    assert (delivery.state, delivery.attempts) == (State.PENDING, 1)
    assert "first time" in delivery.last_error
    assert delivery.available_at > clock.now()
    assert not Network.objects.filter(name="effect").exists()
    due_now()
    services.drain()
    delivery.refresh_from_db()
    assert delivery.state == State.DONE
    assert Network.objects.filter(name="effect").count() == 1


def test_after_enough_tries_a_delivery_is_dead_visible_and_replayable(in_alfa: Any, calls: list[Any]) -> None:
    def fails(payload: Mapping[str, Any]) -> None:
        calls.append(1)
        if len(calls) <= 2:
            raise RuntimeError("always")

    registry.subscribe("probe", fails, max_attempts=2)
    emit("probe")
    for _ in range(3):
        services.drain()
        due_now()
    assert OutboxDelivery.objects.get().state == State.DEAD
    assert len(calls) == 2
    assert services.replay_dead() == 1
    services.drain()
    assert OutboxDelivery.objects.get().state == State.DONE


def test_a_step_that_settles_nothing_is_tried_again(in_alfa: Any, calls: list[Any]) -> None:
    def forgets(delivery: Delivery, payload: Mapping[str, Any]) -> None:
        calls.append(delivery.attempt)

    registry.subscribe_step("probe", forgets)
    emit("probe")
    services.drain()
    due_now()
    services.drain()
    assert calls == [1, 2]
    assert "DELIVERY_LEFT_OPEN" in OutboxDelivery.objects.get().last_error


def test_an_event_of_a_rolled_back_change_never_was(in_alfa: Any, calls: list[Any]) -> None:
    registry.subscribe("probe", lambda payload: calls.append(1))
    with pytest.raises(RuntimeError), transaction.atomic():
        services.emit("probe", {})
        raise RuntimeError
    assert services.drain() == 0
    assert not OutboxEvent.objects.exists()


def test_a_handler_that_the_code_no_longer_has_is_kept_as_dead(in_alfa: Any, calls: list[Any]) -> None:
    def gone(payload: Mapping[str, Any]) -> None: ...

    registry.subscribe("probe", gone)
    emit("probe")
    registry._subscriptions.clear()
    services.drain()
    delivery = OutboxDelivery.objects.get()
    assert (delivery.state, delivery.last_error) == (State.DEAD, "HANDLER_GONE")


def test_events_stay_in_their_schema(alfa: Any, beta: Any, calls: list[Any]) -> None:
    from kolektor.kernel.tenant import tenant_context

    registry.subscribe("probe", lambda payload: calls.append(1))
    with tenant_context(alfa):
        emit("probe")
    with tenant_context(beta):
        assert services.drain() == 0
    with tenant_context(alfa):
        assert services.drain() == 1


@pytest.mark.parametrize("schema", ["", "public", "w_nobody", "w_alfa; DROP SCHEMA w_beta"])
def test_a_task_without_tenant_fails_closed(db: None, schema: str) -> None:
    with pytest.raises(TaskWithoutTenant):
        drain(schema)


def test_the_vault_fails_closed_without_tenant(db: None) -> None:
    from kolektor.kernel import vault

    with pytest.raises(DomainError, match="NO_TENANT"):
        vault.encrypt("x")


def test_the_vault_of_one_tenant_opens_nothing_of_another(alfa: Any, beta: Any, settings: Any) -> None:
    import base64

    from kolektor.kernel import vault
    from kolektor.kernel.tenant import tenant_context

    with tenant_context(alfa):
        token = vault.encrypt("sekret")
        assert vault.decrypt(token) == "sekret"
    with tenant_context(beta), pytest.raises(DomainError, match="VAULT_UNREADABLE"):
        vault.decrypt(token)
    # rotation: a new first key, the old one behind it
    settings.MASTER_KEYS = (base64.urlsafe_b64encode(b"n" * 32).decode(), *settings.MASTER_KEYS)
    with tenant_context(alfa):
        assert vault.decrypt(token) == "sekret"
        assert vault.encrypt("sekret") != token
    settings.MASTER_KEYS = settings.MASTER_KEYS[:1]
    with tenant_context(alfa), pytest.raises(DomainError, match="VAULT_UNREADABLE"):
        vault.decrypt(token)


def test_a_kept_lease_is_renewed_while_the_work_goes_on(fresh: Any, calls: list[Any], settings: Any) -> None:
    """With a lease of a second, work of more than that is not given to a second worker."""
    settings.OUTBOX_LEASE_SECONDS = 1
    claims: list[Any] = []

    def renewed_twice() -> bool:
        claims.append(OutboxDelivery.objects.values_list("claimed_until", flat=True).get(event__name="probe"))
        assert services._claim(1, registry.step_handlers()) == []
        return len(set(claims)) > 2 and claims[-1] > claims[0] + timedelta(seconds=1)

    def long_work(delivery: Delivery, payload: Mapping[str, Any]) -> None:
        with delivery.kept():
            wait_for("two renewals", renewed_twice)
        with delivery.finish():
            calls.append(payload["n"])

    with tenant_context(fresh("frist")):
        registry.subscribe_step("probe", long_work)
        emit("probe", n=1)
        assert services.drain() == 1
        row = OutboxDelivery.objects.get(event__name="probe")
        assert (calls, row.state, row.attempts) == ([1], State.DONE, 1)


def test_what_would_begin_late_in_the_lease_is_given_back(in_alfa: Any, calls: list[Any], settings: Any) -> None:
    """Of a handful claimed together, those behind a slow one are there for another worker at once, with no attempt counted."""
    settings.OUTBOX_LEASE_SECONDS = 60

    def slow(payload: Mapping[str, Any]) -> None:
        calls.append(payload["n"])
        traveller.shift(timedelta(seconds=31))

    registry.subscribe("probe", slow)
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False) as traveller:
        for number in range(3):
            emit("probe", n=number)
        assert services._run_claimed(services._claim(3, registry.step_handlers(), other=True)) == 1
        left = OutboxDelivery.objects.filter(event__name="probe", state=State.PENDING)
        assert list(left.values_list("attempts", "claimed_until")) == [(0, None), (0, None)]
        assert services.drain() == 2
    assert calls == [0, 1, 2]


def test_steps_are_not_kept_waiting_by_a_crowd(in_alfa: Any, calls: list[Any]) -> None:
    def step(delivery: Delivery, payload: Mapping[str, Any]) -> None:
        with delivery.finish():
            calls.append("step")

    registry.subscribe("crowd", lambda payload: calls.append("one of the crowd"))
    registry.subscribe_step("lonely", step)
    for _ in range(50):
        emit("crowd")
    emit("lonely")
    assert services.drain() == 51
    assert calls.index("step") <= services._TOGETHER


def test_urgent_steps_go_first_and_the_others_do_not_stand_still(in_alfa: Any, calls: list[Any]) -> None:
    def step(name: str) -> Callable[[Delivery, Mapping[str, Any]], None]:
        def run(delivery: Delivery, payload: Mapping[str, Any]) -> None:
            with delivery.finish():
                calls.append(name)

        run.__qualname__ = f"step_{name}"
        return run

    registry.subscribe("crowd", lambda payload: calls.append("one of the crowd"))
    registry.subscribe_step("lonely", step("lonely"))
    registry.subscribe_step("order", step("order"), urgent=True)
    for _ in range(30):
        emit("crowd")
    emit("lonely")
    for _ in range(20):
        emit("order")
    assert services.drain() == 51
    assert calls[: services._URGENT] == ["order"] * services._URGENT
    # between two runs of urgent ones come a few of the crowd and one other step
    assert calls[services._URGENT : services._URGENT + services._BESIDE_URGENT + 1] == [
        *["one of the crowd"] * services._BESIDE_URGENT,
        "lonely",
    ]
    assert calls.index("order", services._URGENT + 1) <= services._URGENT + services._BESIDE_URGENT + 1
