"""Permissions of what is not GraphQL: declared on the view, checked before it runs, printed into docs/permissions.md."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase

from kolektor.api.errors import refused
from kolektor.api.permissions import Permission, actor_of, require
from kolektor.kernel.errors import DomainError

View = Callable[..., HttpResponseBase]


def guarded(permission: Permission) -> Callable[[View], View]:
    """The view runs for who has the permission only: 401 for nobody, 403 for anybody else."""

    def guard(view: View) -> View:
        @wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                require(actor_of(request), permission)
            except DomainError as error:
                return refused(request, error)
            return view(request, *args, **kwargs)

        # decorators outside keep it: they are made with functools.wraps
        run.permission = permission  # type: ignore[attr-defined]
        return run

    return guard


def person_of(request: HttpRequest) -> UUID:
    """Who asks, in a guarded view. Raises DomainError UNAUTHENTICATED in any other."""
    person_id = actor_of(request).person_id
    if person_id is None:
        raise DomainError("UNAUTHENTICATED")
    return person_id


def permission_of(view: Any) -> Permission | None:
    """What a view or a GraphQL endpoint needs at least; None where it is open."""
    options = getattr(view, "view_initkwargs", {})
    found: Permission | None = options.get("permission") or getattr(view, "permission", None)
    return found
