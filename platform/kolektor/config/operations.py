"""Every GraphQL operation with who may use it, read from the code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from uuid import UUID

from kolektor.api.kits import CONSOLE, MEMBER, NETWORK
from kolektor.api.permissions import Actor, Permission
from kolektor.api.schema import SchemaKit

# every role that a permission can name, by the host where it is held
ROLES: Final = {
    "wholesaler": ("member", "program_admin", "care_agent", "marketer", "auditor", "clerk", "sales_rep"),
    "network": ("analyst", "buyer", "finance", "director"),
}
_ANYBODY: Final = UUID(int=0)
_KITS: Final = ((MEMBER, "wholesaler"), (CONSOLE, "wholesaler"), (NETWORK, "headquarters"))


@dataclass(frozen=True, slots=True)
class Row:
    """One operation or path. `permission` None: open to everybody."""

    host: str
    kind: str
    name: str
    permission: Permission | None


@lru_cache(maxsize=64)
def allowed(roles: frozenset[str]) -> tuple[str, ...]:
    """Names of the console's operations that these roles may use: what the console shows is read from it."""
    actor = Actor(_ANYBODY, roles)
    rows = _of_kit(CONSOLE, "wholesaler")
    return tuple(row.name for row in rows if row.permission is not None and row.permission(actor))


def operations() -> Iterator[Row]:
    """Every GraphQL operation."""
    for kit, host in _KITS:
        yield from _of_kit(kit, host)


def _of_kit(kit: SchemaKit, host: str) -> Iterator[Row]:
    for name in sorted(kit.queries):
        yield Row(host, f"{kit.name} query", _camel(name), kit.queries[name].permission)
    for name in sorted(kit.mutations):
        yield Row(host, f"{kit.name} mutation", name, kit.mutations[name].permission)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
