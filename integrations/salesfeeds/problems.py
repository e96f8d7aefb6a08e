"""How the feeds say what is wrong: a refusal of a whole source, and one way to build a `Problem`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from tenants.sales.ports import Problem, Severity

# a problem quotes what it complains about, never a whole field of somebody's file
MAX_VALUE: Final = 200
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff]")


class SourceRefused(Exception):
    """The file cannot be read as what it should be. `code` is a problem code, `params` fill its sentence."""

    def __init__(self, code: str, *, line: int | None = None, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        self.params = params

    def as_problem(self, file: str, *, document: str | None = None) -> Problem:
        return problem(self.code, file, document=document, line=self.line, params=self.params)


def problem(
    code: str,
    file: str,
    *,
    severity: Severity = "error",
    document: str | None = None,
    line: int | None = None,
    field: str | None = None,
    value: str | None = None,
    params: Mapping[str, str] | None = None,
    row: int | None = None,
) -> Problem:
    """A `Problem` with its value cut to 200 characters and made printable (NUL cannot be stored in
    PostgreSQL).
    """
    return Problem(
        code=code,
        file=file,
        severity=severity,
        document=None if document is None else printable(document),
        line=line,
        field=field,
        value=None if value is None else printable(value),
        params={name: printable(text) for name, text in (params or {}).items()},
        row=row,
    )


def printable(text: str) -> str:
    """Control characters and lone surrogates as U+FFFD, cut to 200 characters."""
    cut = text[: MAX_VALUE - 1] + "…" if len(text) > MAX_VALUE else text
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", cut)
