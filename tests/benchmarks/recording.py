"""The SQL statements of one request, kept so that a plain view can run the same ones with ids of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper


@dataclass
class Statement:
    """One statement: its parameters, whether a transaction was open, and the first row that it gave."""

    sql: str
    params: list[Any]
    atomic: bool
    row: tuple[Any, ...] | None


def _plain(value: Any) -> Any:
    """A parameter that can be kept: adapters of JSON as their text, choices of a model as their value."""
    if isinstance(value, Enum):
        return value.value
    if hasattr(value, "adapted"):
        return json.dumps(value.adapted, default=str)
    return value


@contextmanager
def recording() -> Iterator[list[Statement]]:
    """Collect what the default connection executes."""
    seen: list[Statement] = []

    def keep(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        answer = execute(sql, params, many, context)
        cursor = context["cursor"].cursor
        row = None
        if cursor.description:
            rows = cursor.fetchall()
            row = rows[0] if rows else None
            if rows:
                cursor.scroll(0, mode="absolute")
        kept = [_plain(value) for value in params or ()]
        seen.append(Statement(str(sql), kept, connection.in_atomic_block, row))
        return answer

    with connection.execute_wrapper(keep):
        yield seen


@dataclass
class Replay:
    """Runs recorded statements anew. `known` maps what was recorded to what stands for it this time."""

    known: dict[str, str]
    event_ids: dict[int, int] = field(default_factory=dict)

    def run(self, statements: list[Statement]) -> None:
        """All of them, with the same transactions around them."""
        index = 0
        while index < len(statements):
            end = index
            while end < len(statements) and statements[end].atomic == statements[index].atomic:
                end += 1
            with connection.cursor() as cursor:
                if statements[index].atomic:
                    with transaction.atomic():
                        self._each(cursor, statements[index:end])
                else:
                    self._each(cursor, statements[index:end])
            index = end

    def _each(self, cursor: CursorWrapper, statements: list[Statement]) -> None:
        for statement in statements:
            of_delivery = "kernel_outboxdelivery" in statement.sql
            cursor.execute(statement.sql, [self._mine(value, of_delivery) for value in statement.params] or None)
            if statement.row is not None and cursor.description:
                self._learn(statement, cursor.fetchone())

    def _mine(self, value: Any, of_delivery: bool) -> Any:
        if of_delivery and isinstance(value, int):
            return self.event_ids.get(value, value)
        if isinstance(value, UUID):
            return UUID(self.known.get(str(value), str(value)))
        if isinstance(value, str):
            for old, new in self.known.items():
                value = value.replace(old, new)
        return value

    def _learn(self, statement: Statement, row: tuple[Any, ...] | None) -> None:
        if row is None or statement.row is None:
            return
        for old, new in zip(statement.row, row, strict=True):
            if isinstance(old, UUID) and old != new:
                self.known.setdefault(str(old), str(new))
            elif isinstance(old, int) and "kernel_outboxevent" in statement.sql:
                self.event_ids[old] = new
