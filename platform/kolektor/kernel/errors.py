"""Refusals: a code plus data. The sentence belongs to presentation and is translated there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class DomainError(Exception):
    """A refusal that the caller may read. `code` is stable, `field` names the input, `data` fills the sentence."""

    def __init__(self, code: str, *, field: str | None = None, **data: Any) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.data: Mapping[str, Any] = data

    def __str__(self) -> str:
        details = ", ".join(f"{key}={value!r}" for key, value in self.data.items())
        return f"{self.code}({details})" if details else self.code


class NotFound(DomainError):
    """The object is not there for this caller; the same answer for a foreign id and for nonsense."""

    def __init__(self, field: str | None = None) -> None:
        super().__init__("NOT_FOUND", field=field)


class Forbidden(DomainError):
    """The caller's role does not allow the operation."""

    def __init__(self) -> None:
        super().__init__("FORBIDDEN")


class Conflict(DomainError):
    """The same idempotency key came with other input."""

    def __init__(self, field: str | None = None) -> None:
        super().__init__("IDEMPOTENCY_CONFLICT", field=field)
