"""The circuit breaker: opens after eight calls without an answer, lets one caller through, closes when one is answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError
from tenants.partners import breaker, selectors
from tenants.partners import services as partners
from tenants.partners.models import Connection, Health


@pytest.fixture
def connection(in_alfa: Any) -> Connection:
    return partners.connect(
        name="Agregator", kind="voucher", adapter="kolektor_v1", base_url="http://x", credentials={}
    )


def call(connection: Connection, *statuses: int | None) -> None:
    log = partners.DatabaseCallLog(connection)
    for status in statuses:
        log.record(operation="place", request_id="r", status=status, milliseconds=1, note="")


def allowed(connection: Connection) -> bool:
    try:
        breaker.enter(connection)
    except DomainError as error:
        assert error.code == "PARTNER_RESTING"
        assert 1 <= error.data["seconds"] <= 31
        return False
    return True


def test_opens_after_eight_in_a_row(connection: Connection) -> None:
    call(connection, *[None] * 7)
    assert allowed(connection)
    call(connection, 503)
    assert not allowed(connection)
    assert selectors.breaker_state(selectors.health_of(Connection.objects.get())) == "open"


@pytest.mark.parametrize("status", [200, 201, 402, 404, 409, 422, 429])
def test_any_answer_starts_the_count_anew(connection: Connection, status: int) -> None:
    call(connection, *[500] * 7, status, *[None] * 7)
    assert allowed(connection)
    call(connection, None)
    assert not allowed(connection)


def test_after_the_pause_one_caller_tries(connection: Connection) -> None:
    call(connection, *[None] * 8)
    Health.objects.update(open_until=clock.now() - timedelta(seconds=1))
    assert [allowed(connection) for _ in range(4)] == [True, False, False, False]
    call(connection, None)
    assert not allowed(connection)
    Health.objects.update(open_until=clock.now() - timedelta(seconds=1))
    assert allowed(connection)
    call(connection, 200)
    assert [allowed(connection) for _ in range(4)] == [True] * 4
    assert Health.objects.get().failures == 0


def test_one_partners_faults_are_not_anothers(connection: Connection) -> None:
    other = partners.connect(name="Inny", kind="voucher", adapter="tremendous", base_url="http://y", credentials={})
    call(connection, *[None] * 9)
    assert not allowed(connection)
    assert allowed(other)
