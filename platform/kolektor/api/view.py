"""The HTTP side of a GraphQL schema: session, CSRF, limits, no batching, introspection only in debug."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import graphene
import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from graphene.validation import DisableIntrospection, depth_limit_validator
from graphene_django.views import GraphQLView
from graphql import DocumentNode, ExecutionResult, GraphQLError, parse, validate
from graphql.language import FieldNode, visit
from graphql.language.visitor import Visitor

from kolektor.api.errors import error_response
from kolektor.api.execution import run
from kolektor.api.permissions import Permission, actor_of, require
from kolektor.api.texts import text
from kolektor.kernel.errors import DomainError

log = structlog.get_logger(__name__)

MAX_DEPTH = 10
MAX_TOKENS = 2_000
MAX_FIELDS = 400
MAX_ALIASES = 15
MAX_BODY = 200_000
MAX_KEPT = 5_000


class _Counter(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.fields = 0
        self.aliases = 0

    def enter_field(self, node: FieldNode, *_args: Any) -> None:
        self.fields += 1
        if node.alias is not None:
            self.aliases += 1


@dataclass(frozen=True, slots=True)
class Checked:
    """A parsed query within the limits, and what is wrong with it by the schema."""

    document: DocumentNode
    errors: list[GraphQLError]


def check_limits(query: str, schema: graphene.Schema) -> Checked:
    """Refuse a query that is too large, deep or aliased before anything runs. Raises DomainError QUERY_REFUSED."""
    if len(query) > MAX_BODY:
        raise DomainError("QUERY_REFUSED", reason="size")
    # the front end sends the same few texts; what was refused is never kept, nor a text that would fill the memory
    checked = _check if len(query) > MAX_KEPT else _check_once
    return checked(query, schema, settings.DEBUG)


def _check(query: str, schema: graphene.Schema, debug: bool) -> Checked:
    try:
        document = parse(query, max_tokens=MAX_TOKENS)
    except GraphQLError as error:
        raise DomainError("QUERY_REFUSED", reason=error.message) from error
    counter = _Counter()
    visit(document, counter)
    if counter.fields > MAX_FIELDS or counter.aliases > MAX_ALIASES:
        raise DomainError("QUERY_REFUSED", reason="fields")
    rules: list[Any] = [depth_limit_validator(max_depth=MAX_DEPTH)]
    if not debug:
        rules.append(DisableIntrospection)
    broken = validate(schema.graphql_schema, document, rules)
    if broken:
        raise DomainError("QUERY_REFUSED", reason=broken[0].message)
    return Checked(document, validate(schema.graphql_schema, document))


_check_once = lru_cache(maxsize=256)(_check)


@method_decorator(never_cache, name="dispatch")
@method_decorator(csrf_protect, name="dispatch")
class SchemaView(GraphQLView):
    """One endpoint. `permission` is what every operation of the schema needs at least."""

    permission: Permission | None = None
    checked: Checked

    def __init__(self, *, permission: Permission | None = None, **options: Any) -> None:
        super().__init__(graphiql=False, batch=False, **options)
        self.permission = permission

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return error_response(request, DomainError("BAD_INPUT"), status=405)
        assert self.permission is not None
        try:
            require(actor_of(request), self.permission)
        except DomainError as error:
            status = 401 if error.code == "UNAUTHENTICATED" else 403
            return error_response(request, error, status=status)
        try:
            body = self.parse_body(request)
            query = body.get("query") if isinstance(body, dict) else None
            if not isinstance(query, str):
                raise DomainError("BAD_JSON")
            self.checked = check_limits(query, self.schema)
        except DomainError as error:
            return error_response(request, error, status=400)
        except Exception as error:  # the parent's own refusal of a malformed body
            log.info("graphql.bad_body", reason=type(error).__name__)
            return error_response(request, DomainError("BAD_JSON"), status=400)
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    def execute_graphql_request(self, request: HttpRequest, _data: Any, _query: Any, *rest: Any) -> ExecutionResult:
        """Run what `dispatch` has parsed and checked; the parent would do both again."""
        variables, operation_name = rest[:2]
        if self.checked.errors:
            return ExecutionResult(data=None, errors=self.checked.errors)
        return run(
            self.schema.graphql_schema,
            self.checked.document,
            request=self.get_context(request),
            variables=variables,
            operation=operation_name,
        )

    @staticmethod
    def format_error(error: Exception) -> dict[str, Any]:
        """A refusal keeps its code and field; anything unforeseen is logged and told in one sentence."""
        original = getattr(error, "original_error", None)
        known = getattr(error, "extensions", None) or {}
        code = known.get("code")
        field = {"field": known["field"]} if known.get("field") else {}
        if isinstance(error, GraphQLError) and (original is None or isinstance(original, GraphQLError)):
            return {"message": error.message, "extensions": {"code": code or "BAD_INPUT", **field}, "path": error.path}
        if code:
            return {"message": str(error), "extensions": {"code": code, **field}}
        log.error("graphql.failed", exc_info=original or error)
        return {"message": text("INTERNAL"), "extensions": {"code": "INTERNAL"}}
