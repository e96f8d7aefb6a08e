"""Wake-ups: a wholesaler's outbox, and that of `public`, where the sign-on's own mail waits."""

from __future__ import annotations

from typing import Any

import pytest

from kolektor.config import tasks
from kolektor.kernel.models import OutboxDelivery
from kolektor.kernel.outbox.services import emit
from kolektor.kernel.tenant import current_schema, public_context


def test_a_wake_up_goes_to_the_task_of_its_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[str, Any]] = []
    monkeypatch.setattr(tasks.drain, "apply_async", lambda args, retry: sent.append(("drain", args)))
    monkeypatch.setattr(tasks.drain_platform, "apply_async", lambda retry: sent.append(("platform", ())))
    for schema in ("w_alfa", "public"):
        tasks._publish(schema)
    assert sent == [("drain", ("w_alfa",)), ("platform", ())]


@pytest.mark.parametrize("task", [tasks.drain_platform, tasks.sweep])
def test_the_outbox_of_public_is_drained(db: None, in_alfa: Any, task: Any) -> None:
    with public_context():
        emit("identity.code_asked", {"person": None, "until": "2026-01-01T00:00:00+00:00"})
        task()
        assert OutboxDelivery.objects.get(event__name="identity.code_asked").state == "done"
    assert current_schema() == "w_alfa"


def test_a_tenants_task_without_a_tenant_fails_closed(db: None) -> None:
    for schema in ("", "public", "w_nobody"):
        with pytest.raises(tasks.TaskWithoutTenant):
            tasks.drain(schema)
