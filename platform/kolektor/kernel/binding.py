"""Ports and who implements them: filled once by `kolektor.config.ports`, read by services."""

from __future__ import annotations

from typing import Any, TypeVar, cast

_bound: dict[Any, Any] = {}

Port = TypeVar("Port")


def bind(port: type[Port], implementation: Any) -> None:
    """Bind a port's Protocol to the object that implements it."""
    _bound[port] = implementation


def bound(port: type[Port]) -> Port:
    """The implementation. Raises LookupError if config bound none."""
    if port not in _bound:
        raise LookupError(f"nothing is bound to {port.__module__}.{port.__qualname__}")
    return cast(Port, _bound[port])
