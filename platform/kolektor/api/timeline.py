"""Timelines: audit entries as sentences."""

from __future__ import annotations

from collections.abc import Sequence
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
