"""What was changed about the program, and by whom."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api import timeline
from kolektor.api.kits import CONSOLE, ConsoleTimelineEvent
from kolektor.api.permissions import reads_offer
from kolektor.api.texts import text
from kolektor.audit.selectors import timelines
from tenants.members.selectors import staff_names


def _value(field: str, value: Any) -> str:
    """A value as people read it: a name where it has one, the forms of the points' name in a row."""
    code = f"program.value.{field}.{value}"
    named = text(code)
    if named != code:
        return named
    shown = ", ".join(value.values()) if isinstance(value, dict) else str(value)
    return shown or "–"


def _changes(data: dict[str, Any]) -> str:
    before, after = data.get("before", {}), data.get("after", {})
    return "; ".join(
        f"{text(f'program.{field}')} {_value(field, before.get(field))} → {_value(field, value)}"
        for field, value in after.items()
    )


@CONSOLE.query(graphene.NonNull(graphene.List(graphene.NonNull(ConsoleTimelineEvent))), permission=reads_offer)
def program_timeline(_info: Any) -> list[dict[str, Any]]:
    """Changes of settings and look, oldest first, each with the values before and after."""
    entries = timelines("program", [1])["1"]
    for entry in entries:
        entry.data = {**entry.data, "changes": _changes(entry.data)}
    return timeline.events(entries, names=staff_names({entry.actor for entry in entries if entry.actor}))
