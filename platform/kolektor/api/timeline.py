"""Timelines: audit entries as sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

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


def shared(load: Callable[[], Mapping[str, Sequence[Any]]]) -> Callable[[object], Callable[[], list[dict[str, Any]]]]:
    """Timelines of the rows of one page, loaded together when the first one is asked for, and never otherwise.

    Gives for a row's id what its type resolves the field with.
    """
    once = lru_cache(maxsize=1)(load)
    return lambda key: lambda: events(once()[str(key)])


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
