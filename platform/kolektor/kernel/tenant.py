"""Which wholesaler's schema this thread works in. Enter a tenant only as `with tenant_context(...)`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast
from uuid import UUID

import structlog
from django.db import connection
from django_tenants.utils import schema_context as _schema_context
from django_tenants.utils import tenant_context as _tenant_context

from kolektor.kernel.errors import DomainError

PUBLIC = "public"


def current_schema() -> str:
    """Name of the schema in force: "public", or a wholesaler's."""
    return cast(str, connection.schema_name)  # type: ignore[attr-defined]


def require_tenant() -> Any:
    """The wholesaler in force. Raises DomainError NO_TENANT in the public schema: work without a tenant fails closed."""
    tenant = connection.tenant  # type: ignore[attr-defined]
    if current_schema() == PUBLIC or getattr(tenant, "pk", None) is None:
        raise DomainError("NO_TENANT")
    return tenant


def tenant_id() -> UUID:
    """Id of the wholesaler in force. Raises DomainError NO_TENANT."""
    return cast(UUID, require_tenant().pk)


@contextmanager
def tenant_context(tenant: Any) -> Iterator[None]:
    """Work in the wholesaler's schema; logs are bound to it. The schema before comes back, also after an error."""
    with _tenant_context(tenant), structlog.contextvars.bound_contextvars(tenant=tenant.schema_name):
        yield


@contextmanager
def public_context() -> Iterator[None]:
    """Work in `public`; the schema before comes back."""
    with _schema_context(PUBLIC):
        yield
