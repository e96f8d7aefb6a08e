"""graphql-core's executor with a short way for what nearly every field is: a scalar read from an attribute.

The library builds a path and a resolve info, matches arguments and looks for coroutines at each field of each row; a field
without resolver and arguments needs none of it. Only success takes the short way: a missing value, a value that does not
serialize, or anything else unusual is left to the library, which then words the error and finds its place.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from graphene.types.resolver import dict_or_attr_resolver
from graphql import DocumentNode, ExecutionResult, GraphQLObjectType, GraphQLSchema, execute, is_leaf_type
from graphql.execution import ExecutionContext
from graphql.language import FieldNode
from graphql.pyutils import Path, Undefined
from graphql.type import get_nullable_type


class _Step(NamedTuple):
    """One selected field. `serialize` is None when the library's way is needed."""

    name: str
    nodes: list[FieldNode]
    attribute: str
    serialize: Callable[[Any], Any] | None


class ShortWay(ExecutionContext):
    """For schemas of graphene without coroutines."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._steps: dict[int, tuple[list[_Step], Any]] = {}

    def execute_fields(
        self, parent_type: GraphQLObjectType, source_value: Any, path: Path | None, fields: dict[str, list[FieldNode]]
    ) -> dict[str, Any]:
        """See the library. `fields` is the same dictionary for every row of a list."""
        known = self._steps.get(id(fields))
        if known is None:
            # the dictionary is kept, so that its id stays its own
            known = self._steps[id(fields)] = (self._planned(parent_type, fields), fields)
        answer: dict[str, Any] = {}
        has_attributes = not isinstance(source_value, dict)
        for name, nodes, attribute, serialize in known[0]:
            if serialize is not None and has_attributes:
                try:
                    value = getattr(source_value, attribute)
                    written = None if value is None or isinstance(value, Exception) else serialize(value)
                except Exception:
                    written = None
                if written is not None and written is not Undefined:
                    answer[name] = written
                    continue
            result = self.execute_field(parent_type, source_value, nodes, Path(path, name, parent_type.name))
            if result is not Undefined:
                answer[name] = result
        return answer

    def _planned(self, parent_type: GraphQLObjectType, fields: dict[str, list[FieldNode]]) -> list[_Step]:
        steps = []
        for name, nodes in fields.items():
            attribute, serialize = "", None
            declared = parent_type.fields.get(nodes[0].name.value)
            if declared is not None and not declared.args and isinstance(declared.resolve, partial):
                kind: Any = get_nullable_type(declared.type)
                if declared.resolve.func is dict_or_attr_resolver and is_leaf_type(kind):
                    attribute, serialize = declared.resolve.args[0], kind.serialize
            steps.append(_Step(name, nodes, attribute, serialize))
        return steps


def _never(_value: Any) -> bool:
    return False


def run(
    schema: GraphQLSchema,
    document: DocumentNode,
    *,
    request: Any,
    variables: dict[str, Any] | None = None,
    operation: str | None = None,
) -> ExecutionResult:
    """Execute a document that was parsed and checked. No resolver of ours is asynchronous."""
    result = execute(
        schema,
        document,
        context_value=request,
        variable_values=variables,
        operation_name=operation,
        execution_context_class=ShortWay,
        is_awaitable=_never,
    )
    assert isinstance(result, ExecutionResult)
    return result
