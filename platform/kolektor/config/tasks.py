"""Celery tasks: a schema's name in, one service call. The outbox holds the work; a task is only a wake-up.

`drain` enters the tenant it is given and fails closed without one: an unknown or public schema does nothing.
"""

from __future__ import annotations

import structlog
from celery import shared_task

from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.outbox.waker import Waker
from kolektor.kernel.tenant import PUBLIC, public_context, tenant_context
from kolektor.network.models import Wholesaler
from kolektor.network.selectors import NO_SCHEMA
from kolektor.reporting import exports
from tenants.insight import daily, list_exports

log = structlog.get_logger(__name__)


class TaskWithoutTenant(Exception):
    """A task was sent without a wholesaler's schema."""


@shared_task(name="kolektor.drain", ignore_result=True)
def drain(schema: str = "") -> None:
    """Run what is due in one wholesaler's outbox. Raises TaskWithoutTenant."""
    with public_context():
        wholesaler = Wholesaler.objects.filter(schema_name=schema).first() if schema else None
    if wholesaler is None:
        raise TaskWithoutTenant(schema)
    with tenant_context(wholesaler):
        outbox.drain()


@shared_task(name="kolektor.sweep", ignore_result=True)
def sweep() -> None:
    """Visit every schema, so that a lost wake-up delays work and loses none, and each day's work is done."""
    try:
        with public_context():
            exports.tidy()
            outbox.drain()
    except Exception:
        log.exception("sweep.failed", tenant=PUBLIC)
    with public_context():
        present = list(Wholesaler.objects.exclude(state__in=NO_SCHEMA).order_by("schema_name"))
    for wholesaler in present:
        try:
            with tenant_context(wholesaler):
                # nothing matures and nothing ends while people can do nothing about it; what was begun is finished
                if wholesaler.state == Wholesaler.State.LIVE and daily.run():
                    list_exports.tidy()
                outbox.drain()
        except Exception:  # one wholesaler's trouble stops no other
            log.exception("sweep.failed", tenant=wholesaler.schema_name)


@shared_task(name="kolektor.drain_platform", ignore_result=True)
def drain_platform() -> None:
    """Run what is due in the outbox of `public`: the sign-on's own mail."""
    with public_context():
        outbox.drain()


def _publish(schema: str) -> None:
    try:
        if schema == PUBLIC:
            drain_platform.apply_async(retry=False)
        else:
            drain.apply_async(args=(schema,), retry=False)
    except Exception as error:
        log.warning("wake_up.not_sent", tenant=schema, reason=type(error).__name__)


_waker = Waker(_publish)


def send_wake_up(schema: str) -> None:
    """Wake a worker for a schema, soon; without a broker the sweep does it."""
    _waker.wake(schema)
