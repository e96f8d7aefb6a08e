"""Relay connections over lists, querysets and keyset pages. Pages hold at most 100 rows."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import graphene
from django.db.models import QuerySet

from kolektor.api.schema import SchemaKit, Type
from kolektor.kernel.errors import DomainError

MAX_PAGE = 100
DEFAULT_PAGE = 25
Row = TypeVar("Row")


class PageInfo(graphene.ObjectType):
    """Relay's page information."""

    has_next_page = graphene.Boolean(required=True)
    has_previous_page = graphene.Boolean(required=True)
    start_cursor = graphene.String()
    end_cursor = graphene.String()


@dataclass(frozen=True, slots=True)
class Edge(Generic[Row]):
    """One row and its cursor."""

    node: Row
    cursor: str


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page, in the shape that a connection type reads."""

    edges: tuple[Edge[Row], ...]
    page_info: PageInfo
    total_count: int


def encode(position: int) -> str:
    """An opaque cursor."""
    return base64.urlsafe_b64encode(f"k:{position}".encode()).decode()


def decode(cursor: str | None) -> int | None:
    """The position in a cursor. Raises DomainError BAD_CURSOR."""
    if not cursor:
        return None
    try:
        prefix, _, number = base64.urlsafe_b64decode(cursor.encode()).decode().partition(":")
        if prefix != "k":
            raise ValueError
        return int(number)
    except (ValueError, binascii.Error) as error:
        raise DomainError("BAD_CURSOR", field="after") from error


def page_size(first: int | None) -> int:
    """How many rows. Raises DomainError BAD_INPUT outside 1 to 100."""
    size = DEFAULT_PAGE if first is None else first
    if not 1 <= size <= MAX_PAGE:
        raise DomainError("BAD_INPUT", field="first")
    return size


def make_page(rows: Sequence[tuple[int, Row]], *, size: int, total: int, after: int | None) -> Page[Row]:
    """A page from up to size + 1 rows with their positions."""
    edges = tuple(Edge(row, encode(position)) for position, row in rows[:size])
    info = PageInfo(
        has_next_page=len(rows) > size,
        has_previous_page=after is not None,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )
    return Page(edges, info, total)


def page_of(
    rows: QuerySet[Any] | Sequence[Any],
    *,
    first: int | None,
    after: str | None,
    convert: Callable[[list[Any]], list[Row]],
) -> Page[Row]:
    """A page of an ordered queryset or list; `convert` turns the page's rows into nodes, all at once."""
    size = page_size(first)
    start = decode(after)
    offset = 0 if start is None else start + 1
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    found = list(rows[offset : offset + size + 1])
    nodes = convert(found[:size])
    numbered: list[tuple[int, Any]] = [(offset + index, node) for index, node in enumerate(nodes)]
    if len(found) > size:
        numbered.append((offset + size, None))
    return make_page(numbered, size=size, total=total, after=start)


def connection_type(kit: SchemaKit, node: Any, name: str = "") -> Any:
    """`<Name>Connection` and `<Name>Edge` for a node type; the name is the node's unless another is given."""
    name = name or node._meta.name
    edge = type(
        f"{name}Edge",
        (Type,),
        {
            "__doc__": f"One {name} and its cursor.",
            "Meta": type("Meta", (), {"kit": kit}),
            "node": graphene.Field(node, required=True),
            "cursor": graphene.String(required=True),
        },
    )
    return type(
        f"{name}Connection",
        (Type,),
        {
            "__doc__": f"A page of {name} rows.",
            "Meta": type("Meta", (), {"kit": kit}),
            "page_info": graphene.Field(PageInfo, required=True),
            "edges": graphene.List(graphene.NonNull(edge), required=True),
            "total_count": graphene.Int(required=True),
        },
    )


def page_arguments() -> dict[str, Any]:
    """`first` and `after`."""
    return {"first": graphene.Int(), "after": graphene.String()}
