"""The language of the reader who is being answered."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import get_language


def reader_language() -> Literal["pl", "en"]:
    """ "pl" or "en", as the request asks; Polish where it asks for nothing."""
    return "en" if (get_language() or "pl").startswith("en") else "pl"
