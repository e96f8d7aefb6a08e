"""What the front end says, looked up by its English original in the front end's own catalogs.

Tests name controls in English and work in either language; that the right language is shown has tests of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

from tests.e2e.demo_process import CHECKOUT

Language = Literal["pl", "en"]
Words = Callable[..., str]
_ENTRY = re.compile(r'msgid ((?:".*"\s*)+)msgstr ((?:".*"\s*)+)')
_QUOTED = re.compile(r'".*"')


@lru_cache
def _catalog(language: Language) -> dict[str, str]:
    said: dict[str, str] = {}
    for room in ("ui/src", "member/src", "member/src/id", "console/src"):
        text = (CHECKOUT / "frontend" / room / "locales" / f"{language}.po").read_text("utf-8")
        for key, value in _ENTRY.findall(text):
            # a message of two contexts keeps its first meaning; tests use neither
            said.setdefault(_joined(key), _joined(value))
    return said


def _joined(literal: str) -> str:
    return "".join(json.loads(part) for part in _QUOTED.findall(literal))


def words(language: Language) -> Words:
    """A function from the English original (with its `{0}` placeholders, which the arguments fill) to what is shown."""

    def say(original: str, *values: str) -> str:
        said = _catalog(language)[original]
        for index, value in enumerate(values):
            said = said.replace(f"{{{index}}}", value)
        return said

    return say
