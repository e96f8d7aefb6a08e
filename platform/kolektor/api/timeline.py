"""Timelines: audit entries as sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

import graphene

from kolektor.api.schema import SchemaKit, Type
from kolektor.api.texts import text


def timeline_type(kit: SchemaKit) -> Any:
    """`TimelineEvent` for one schema."""

    return type(
        "TimelineEvent",
        (Type,),
        {
            "__doc__": "Something that happened to an object.",
            "Meta": type("Meta", (), {"kit": kit}),
            "at": graphene.DateTime(required=True),
            "code": graphene.String(required=True),
            "text": graphene.String(required=True),
            "actor": graphene.String(),
        },
    )


def shared(
    load: Callable[[], Mapping[str, Sequence[Any]]],
    *,
    names: Callable[[Iterable[UUID]], dict[str, str]] | None = None,
) -> Callable[[object], Callable[[], list[dict[str, Any]]]]:
    """Timelines of the rows of one page, loaded together when the first one is asked for, and never otherwise.

    Gives for a row's id what its type resolves the field with. `names` gives what the reader may see of the actors.
    """

    @lru_cache(maxsize=1)
    def once() -> tuple[Mapping[str, Sequence[Any]], dict[str, str]]:
        found = load()
        actors = {entry.actor for entries in found.values() for entry in entries if entry.actor}
        return found, names(actors) if names and actors else {}

    def of(key: object) -> list[dict[str, Any]]:
        found, known = once()
        return events(found[str(key)], names=known)

    return lambda key: lambda: of(key)


def events(entries: Sequence[Any], *, names: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """Audit entries in the shape of `TimelineEvent`; `names` maps person ids to what the reader may see."""
    return [
        {
            "at": entry.at,
            "code": entry.action,
            "text": text(f"timeline.{entry.action}", entry.data),
            "actor": (names or {}).get(str(entry.actor)) if entry.actor else None,
        }
        for entry in entries
    ]
