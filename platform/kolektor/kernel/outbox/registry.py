"""Who handles what: filled once from the visible table in `kolektor.config.events`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kolektor.kernel.outbox.delivery import Delivery

Handler = Callable[[Mapping[str, Any]], None]
StepHandler = Callable[[Delivery, Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Subscription:
    """One handler of one event.

    `transactional`: called inside the transaction that also writes the done-mark. Otherwise a step handler: called with
    no transaction open (it may speak to a partner) and finishes through `delivery.finish()`. `urgent`: somebody waits for it
    at a screen, so that it goes before what nobody waits for.
    """

    name: str
    call: Handler | StepHandler
    transactional: bool
    max_attempts: int
    urgent: bool = False


_subscriptions: dict[str, list[Subscription]] = {}


def subscribe(event: str, handler: Handler, *, max_attempts: int = 12) -> None:
    """Let `handler(payload)` run for each `event`, in one transaction with its done-mark."""
    _add(event, Subscription(_name(handler), handler, transactional=True, max_attempts=max_attempts))


def subscribe_step(event: str, handler: StepHandler, *, max_attempts: int = 40, urgent: bool = False) -> None:
    """Let `handler(delivery, payload)` run for each `event`, outside any transaction."""
    _add(event, Subscription(_name(handler), handler, False, max_attempts, urgent))


def step_handlers(*, urgent: bool | None = None) -> list[str]:
    """Names of the handlers that run outside a transaction: all, or those that are urgent or not."""
    steps = (item for items in _subscriptions.values() for item in items if not item.transactional)
    return [item.name for item in steps if urgent is None or item.urgent is urgent]


def _name(handler: Callable[..., None]) -> str:
    return f"{handler.__module__}.{handler.__qualname__}"


def _add(event: str, subscription: Subscription) -> None:
    known = _subscriptions.setdefault(event, [])
    if all(other.name != subscription.name for other in known):
        known.append(subscription)


def handlers_of(event: str) -> list[Subscription]:
    """Subscriptions of an event, in the order of the table."""
    return _subscriptions.get(event, [])


def find(event: str, name: str) -> Subscription | None:
    """The subscription of that name, or None if the code no longer has it."""
    return next((item for item in handlers_of(event) if item.name == name), None)


def event_names() -> list[str]:
    """All events somebody listens to."""
    return sorted(_subscriptions)
