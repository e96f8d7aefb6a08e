"""What commands print: JSON for machines, a few lines for people; refusals as one sentence on stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer

EXIT_DIFFERENCE = 1
EXIT_USAGE = 2
EXIT_REJECTED = 3


def polish() -> bool:
    """Whether the terminal's language is Polish."""
    chosen = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return chosen.lower().startswith("pl")


def say(text: str) -> None:
    """A line for the person at the terminal, at once."""
    print(text, flush=True)


def complain(text: str) -> None:
    """A line on stderr."""
    print(text, file=sys.stderr, flush=True)


def usage(sentence: str) -> typer.Exit:
    """Complain, and what to raise: `raise usage("…")`."""
    complain(sentence)
    return typer.Exit(EXIT_USAGE)


def emit_json(body: Any) -> None:
    """One JSON document on stdout."""
    print(json.dumps(body, ensure_ascii=False, indent=2, default=str), flush=True)


@contextmanager
def refusals(*, as_json: bool = False) -> Iterator[None]:
    """Turn a refusal into a sentence and exit code 2."""
    from kolektor.api.texts import text
    from kolektor.kernel.errors import DomainError

    try:
        yield
    except DomainError as error:
        if as_json:
            details = dict(error.data)
            emit_json({"error": {"code": error.code, "field": error.field, **details}})
        language = "pl" if polish() else "en"
        sentence = text(error.code, {"field": error.field or "", **error.data}, language=language)
        raise usage(f"{error.code}: {sentence}") from error
