"""Queries that are asked at every request, compiled by Django once and not at each call.

Building and compiling a QuerySet costs several times what PostgreSQL needs to find a row by key. A `Prepared` is written as
a QuerySet with `Slot`s for what changes; the instances are the same as the QuerySet's, related ones included.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Expression, Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)


class Slot(Expression):
    """Stands for a value that is given when the query is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, _compiler: SQLCompiler, _connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The slot is its own parameter; `Prepared` puts the value in its place."""
        return "%s", [self]


class Prepared(Generic[M]):
    """A query for at most one row. `build` is called at the first use, when the models are loaded."""

    def __init__(self, build: Callable[[], QuerySet[M]]) -> None:
        self._build = build
        self._plan: _Plan | None = None

    def first(self, **values: Any) -> M | None:
        """The first row, or None. Raises KeyError when a slot has no value."""
        plan = self._plan
        if plan is None:
            plan = self._plan = _Plan(self._build()[:1])
        found: M | None = plan.run(values)
        return found


class _Plan:
    """What Django's `ModelIterable` derives from a compiled query, kept."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.alias = connection.alias
        compiler: Any = rows.query.get_compiler(self.alias)
        self.sql, self.params = compiler.as_sql()
        info = compiler.klass_info
        columns = info["select_fields"]
        self.model = info["model"]
        self.start, self.end = columns[0], columns[-1] + 1
        self.names = [item[0].target.attname for item in compiler.select[self.start : self.end]]
        # typed for Django 6, where it takes one argument more
        self.related = get_related_populators(info, compiler.select, self.alias)  # type: ignore[call-arg]
        found = compiler.get_converters([item[0] for item in compiler.select])
        self.converters = [(place, converters, expression) for place, (converters, expression) in found.items()]

    def run(self, values: dict[str, Any]) -> Any:
        """Ask for one row and make the instance."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [values[item.name] if isinstance(item, Slot) else item for item in self.params])
            fetched = cursor.fetchone()
        if fetched is None:
            return None
        row = list(fetched)
        for place, converters, expression in self.converters:
            for converter in converters:
                row[place] = converter(row[place], expression, connection)
        instance = self.model.from_db(self.alias, self.names, row[self.start : self.end])
        for populator in self.related:
            populator.populate(row, instance)
        return instance
