"""Operations written from an SDL: every field of the answer is asked for, three levels deep."""

from __future__ import annotations

from typing import Any

from graphql import (
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    is_leaf_type,
)

# these inputs name no object: each admin changes the own program
PROGRAM = {
    "name": "Klub", "nip": "", "supportEmail": "", "supportPhone": "", "rounding": "half_up", "lateMatchDays": 30,
    "confirmAbove": 900,
}  # fmt: skip
BRANDING = {
    "name": "Klub", "primaryColor": "#123456", "accentColor": "#abcdef", "surfaceColor": "#ffffff", "logoText": "K",
    "logoShape": "square", "pointOne": "kropla", "pointFew": "krople", "pointMany": "kropel", "pointOther": "kropli",
}  # fmt: skip
OF_A_MEMBER = ("memberStanding", "memberHistory", "memberDocuments", "memberOrders")


def named(type_: Any) -> Any:
    """The type without list and non-null."""
    while isinstance(type_, GraphQLList | GraphQLNonNull):
        type_ = type_.of_type
    return type_


def selection(type_: Any, depth: int = 5) -> str:
    """All fields of a type that need no argument."""
    inner = named(type_)
    if is_leaf_type(inner):
        return ""
    assert isinstance(inner, GraphQLObjectType)
    parts = []
    for name, field in inner.fields.items():
        if any(isinstance(argument.type, GraphQLNonNull) for argument in field.args.values()):
            continue
        if is_leaf_type(named(field.type)):
            parts.append(name)
        elif depth:
            parts.append(f"{name} {selection(field.type, depth - 1)}")
    return "{ " + " ".join(parts) + " }"


def operation(kind: str, name: str, field: GraphQLField, arguments: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The text of one operation and its variables."""
    missing = {
        key for key, argument in field.args.items() if isinstance(argument.type, GraphQLNonNull)
    } - arguments.keys()
    assert not missing, f"{name} needs arguments that its row does not give: {missing}"
    declared = ", ".join(f"${key}: {field.args[key].type}" for key in arguments)
    passed = ", ".join(f"{key}: ${key}" for key in arguments)
    head = f"({declared})" if declared else ""
    call = f"({passed})" if passed else ""
    return f"{kind} T{head} {{ {name}{call} {selection(field.type)} }}", arguments


def roots(schema: GraphQLSchema) -> list[tuple[str, str, GraphQLField]]:
    """Every root field: kind, name, field."""
    found = [("query", name, field) for name, field in schema.query_type.fields.items()] if schema.query_type else []
    if schema.mutation_type:
        found += [("mutation", name, field) for name, field in schema.mutation_type.fields.items()]
    return found
