"""One kit per GraphQL schema, so that a member's schema cannot even name an admin's field.

graphene keeps types in one global place; here every type says which kit it belongs to and refuses to load without one.
A kit builds its schema from its own types and the shared scalars only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import graphene
from graphql import GraphQLError

from kolektor.api.errors import as_dict
from kolektor.api.permissions import Permission, actor_of, require, require_open
from kolektor.kernel.errors import DomainError


class SchemaKit:
    """The types, root fields and mutations of one schema."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.types: dict[str, Any] = {}
        self.queries: dict[str, Operation] = {}
        self.mutations: dict[str, type[Mutation]] = {}

    def add_type(self, cls: Any) -> None:
        """Take a type; the same name twice is a mistake."""
        known = self.types.setdefault(cls._meta.name, cls)
        if known is not cls:
            raise TypeError(f"{self.name}: two types are called {cls._meta.name}")

    def query(self, type_: Any, *, permission: Permission, **arguments: Any) -> Callable[..., Any]:
        """Declare a root query field: the decorated function is its resolver `(info, **arguments)`."""

        def declare(resolver: Callable[..., Any]) -> Callable[..., Any]:
            name = resolver.__name__
            if name in self.queries:
                raise TypeError(f"{self.name}: two queries are called {name}")
            self.queries[name] = Operation(type_, permission, resolver, arguments)
            return resolver

        return declare

    def build(self) -> graphene.Schema:
        """The schema of everything declared so far."""
        fields: dict[str, Any] = {}
        for name in sorted(self.queries):
            fields |= self.queries[name].attributes(name)
        query = type("Query", (graphene.ObjectType,), fields)
        mutation = None
        if self.mutations:
            roots = {name: self.mutations[name].Field() for name in sorted(self.mutations)}
            mutation = type("Mutation", (graphene.ObjectType,), roots)
        return graphene.Schema(query=query, mutation=mutation)


class Operation:
    """A root field with its permission."""

    def __init__(
        self, type_: Any, permission: Permission, resolver: Callable[..., Any], arguments: dict[str, Any]
    ) -> None:
        self.type = type_
        self.permission = permission
        self.resolver = resolver
        self.arguments = arguments

    def attributes(self, name: str) -> dict[str, Any]:
        """The field and its guarded resolver, as class attributes of `Query`."""

        def resolve(_root: Any, info: Any, **arguments: Any) -> Any:
            try:
                require(actor_of(info.context), self.permission)
                return self.resolver(info, **arguments)
            except DomainError as error:
                raise refusal(error) from error

        type_ = self.type
        mounted = graphene.Field(type_, args=self.arguments, description=self.resolver.__doc__)
        return {name: mounted, f"resolve_{name}": staticmethod(resolve)}


def refusal(error: DomainError) -> GraphQLError:
    """A refusal of a query as a GraphQL error with its code."""
    described = as_dict(error)
    return GraphQLError(described["message"], extensions={"code": error.code, "field": error.field})


class Type(graphene.ObjectType):
    """Base of every object type. `class Meta: kit = …` is required."""

    class Meta:
        abstract = True

    @classmethod
    def __init_subclass_with_meta__(cls, kit: SchemaKit | None = None, **options: Any) -> None:
        if kit is None:
            raise TypeError(f"{cls.__name__} must say which schema it belongs to: class Meta: kit = …")
        super().__init_subclass_with_meta__(**options)
        kit.add_type(cls)


class OperationError(graphene.ObjectType):
    """Why a mutation was refused: a stable code, the input's field, and a sentence in the reader's language."""

    code = graphene.String(required=True)
    field = graphene.String()
    message = graphene.String(required=True)


class Mutation(graphene.relay.ClientIDMutation):
    """Base of every mutation: `input` → payload with the object and `errors`.

    Refuses to load without a kit, a docstring, a permission and the list of codes it may answer with.
    """

    class Meta:
        abstract = True

    permission: Permission
    error_codes: tuple[str, ...]
    while_suspended: bool

    @classmethod
    def __init_subclass_with_meta__(
        cls,
        kit: SchemaKit | None = None,
        permission: Permission | None = None,
        error_codes: tuple[str, ...] | None = None,
        while_suspended: bool = False,
        **options: Any,
    ) -> None:
        # it shows what is there and changes nothing of the program
        cls.while_suspended = while_suspended
        if kit is None or permission is None or error_codes is None or not (cls.__doc__ or "").strip():
            raise TypeError(f"{cls.__name__} needs a kit, a permission, its error codes and a docstring")
        cls.permission = permission
        cls.error_codes = error_codes
        cls.errors = graphene.List(graphene.NonNull(OperationError), required=True)
        super().__init_subclass_with_meta__(**options)
        name = cls.__name__
        kit.mutations[name[0].lower() + name[1:]] = cls

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        """Resolve ids, call one service, return the payload's fields."""
        raise TypeError("a mutation defines perform()")

    @classmethod
    def mutate_and_get_payload(cls, _root: Any, info: Any, **arguments: Any) -> Mutation:
        arguments.pop("client_mutation_id", None)
        try:
            require(actor_of(info.context), cls.permission)
        except DomainError as error:
            raise refusal(error) from error
        try:
            if not cls.while_suspended:
                require_open(info.context)
            payload: Mutation = cls(errors=[], **cls.perform(info, **arguments))
        except DomainError as error:
            payload = cls(errors=[OperationError(**as_dict(error))])
        return payload
