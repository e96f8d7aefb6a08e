"""The short way of the executor gives what the library gives: same data, same errors, same places."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import graphene
import pytest
from graphql import execute, parse

from kolektor.api.execution import run


class Color(Enum):
    RED = "red"


class Leaf(graphene.ObjectType):
    text = graphene.String()
    must = graphene.String(required=True)
    number = graphene.Int(default_value=7)
    color = graphene.Enum.from_enum(Color)()
    words = graphene.List(graphene.NonNull(graphene.String))
    items = graphene.String()
    parent = graphene.Field(lambda: Leaf)
    shouted = graphene.String(times=graphene.Int(default_value=1))

    def resolve_shouted(self, _info: Any, times: int) -> str:
        """A resolver and an argument."""
        return "!" * times


@dataclass
class Row:
    """What a resolver hands over."""

    must: Any = "here"
    text: Any = "text"
    number: Any = 1
    color: Any = Color.RED
    words: Any = field(default_factory=lambda: ["a", "b"])
    items: Any = "mine"
    parent: Any = None


class Bare:
    """Has none of the attributes: defaults apply."""


class Explosive:
    """A property that fails when it is read."""

    must = "here"

    @property
    def text(self) -> str:
        raise ValueError("no text today")


ROWS: list[Any] = [
    Row(),
    Row(text=None, number=None, color=None, words=None),
    Row(must=None),
    Row(parent=Row(must=None)),
    Row(parent=Row(parent=Row(text="deep"))),
    Row(number="not a number"),
    Row(number=2**40),
    Row(text=ValueError("a value that is an error")),
    Row(words=["a", None]),
    Row(color="nobody knows"),
    Bare(),
    Explosive(),
    {"must": "a dictionary", "items": "of the dictionary", "text": "t"},
    {"must": "a dictionary without items"},
    None,
]


class Query(graphene.ObjectType):
    rows = graphene.List(Leaf)
    row = graphene.Field(graphene.NonNull(Leaf), at=graphene.Int(required=True))

    def resolve_rows(self, _info: Any) -> list[Any]:
        """All rows: each kind of trouble beside healthy ones."""
        return ROWS

    def resolve_row(self, _info: Any, at: int) -> Any:
        """One of them, which may not be null."""
        return ROWS[at]


SCHEMA = graphene.Schema(query=Query)
FIELDS = "__typename text must again: must number color words items shouted(times: 2) ...more parent { must parent { text } }"
MORE = " fragment more on Leaf { text number }"


def both(query: str) -> tuple[Any, Any]:
    document = parse(query)
    ours = run(SCHEMA.graphql_schema, document, request=None)
    theirs: Any = execute(SCHEMA.graphql_schema, document)
    return ours, theirs


def as_told(result: Any) -> Any:
    return result.data, sorted(str(error.formatted) for error in result.errors or [])


def test_all_rows_at_once() -> None:
    ours, theirs = both(f"{{ rows {{ {FIELDS} }} }}{MORE}")
    assert as_told(ours) == as_told(theirs)
    assert ours.data["rows"][0]["text"] == "text"
    assert len(ours.errors) > 5  # the rows do hold trouble


@pytest.mark.parametrize("at", range(len(ROWS)))
def test_each_row_alone(at: int) -> None:
    ours, theirs = both(f"{{ row(at: {at}) {{ {FIELDS} }} }}{MORE}")
    assert as_told(ours) == as_told(theirs)
