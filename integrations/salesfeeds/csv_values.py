"""Cells of a CSV file to values: numbers, dates, yes and no, tax numbers. Each raises ValueError for what it
refuses.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final

# amounts of a sales document; more digits are a shifted column, not a price
_MAX_DIGITS: Final = 16
# a space as thousands separator comes in four kinds out of spreadsheets: plain, no-break, narrow no-break,
# thin
_SPACES: Final = " \u00a0\u202f\u2009"
_NIP: Final = re.compile(r"(?:PL)?(\d{10})")
_FOREIGN_TAX_NUMBER: Final = re.compile(r"(?!PL)[A-Z]{2}[0-9A-Z]{2,12}")
_YES: Final = ("1", "true", "yes", "y", "tak", "t", "x")
_NO: Final = ("0", "false", "no", "n", "nie", "f", "")
# rates under which no VAT is in the price
_NO_VAT: Final = frozenset({"zw", "np", "oo", "np i", "np ii", "0 kr", "0 wdt", "0 ex"})


def number_parser(decimal: str, thousands: str) -> Callable[[str], Decimal]:
    """A reader of numbers written with these separators. Grouping must be right: `1.5` is not 15."""
    group = f"[{_SPACES}]" if thousands in _SPACES and thousands else re.escape(thousands)
    whole = rf"(?:\d{{1,3}}(?:{group}\d{{3}})+|\d+)" if thousands else r"\d+"
    pattern = re.compile(rf"([+\-\u2212]?)({whole})(?:{re.escape(decimal)}(\d+))?(-?)", re.ASCII)

    @lru_cache(maxsize=8192)
    def parse(text: str) -> Decimal:
        match = pattern.fullmatch(text)
        if match is None or (match.group(1) and match.group(4)):
            raise ValueError(text)
        digits = re.sub(r"\D", "", match.group(2)).lstrip("0")
        if len(digits) > _MAX_DIGITS or len(match.group(3) or "") > _MAX_DIGITS:
            raise ValueError(text)
        # SAP writes the minus last
        negative = match.group(1) in ("-", "\u2212") or match.group(4) == "-"
        fraction = f".{match.group(3)}" if match.group(3) else ""
        return Decimal(f"{'-' if negative else ''}{digits or '0'}{fraction}")

    return parse


def date_parser(formats: tuple[str, ...]) -> Callable[[str], date]:
    """A reader of dates in the first format that fits; a time of day is dropped (dates are local, Poland)."""

    # a file repeats each date many times, and strptime is slow
    @lru_cache(maxsize=4096)
    def parse(text: str) -> date:
        for layout in formats:
            try:
                return datetime.strptime(text, layout).date()  # noqa: DTZ007 (a calendar day)
            except ValueError:
                continue
        raise ValueError(text)

    return parse


def flag_parser(yes: tuple[str, ...] = (), no: tuple[str, ...] = ()) -> Callable[[str], bool]:
    """A reader of yes and no, by the words of the mapping or the usual ones in Polish and English; case is
    ignored.
    """
    true = {word.casefold() for word in (yes or _YES)}
    false = {word.casefold() for word in (no or _NO)}

    def parse(text: str) -> bool:
        word = text.casefold()
        if word in true:
            return True
        if word in false:
            return False
        raise ValueError(text)

    return parse


def nip(text: str) -> str | None:
    """Ten digits of a Polish NIP, written with or without `PL`, dashes, spaces; None for a tax number of
    another country.

    The check digit is not judged: neither does the KSeF schema, and a mistyped number simply matches nobody.
    """
    compact = re.sub(rf"[\-{_SPACES}]", "", text).upper()
    match = _NIP.fullmatch(compact)
    if match:
        return match.group(1)
    if _FOREIGN_TAX_NUMBER.fullmatch(compact):
        return None
    raise ValueError(text)


def vat_percent(text: str, number: Callable[[str], Decimal]) -> Decimal:
    """A VAT rate in percent: `23`, `23%`, `8,5 %`; `zw`, `np`, `oo`, `0 WDT` and the like mean none."""
    word = text.casefold().rstrip("%").strip()
    if word in _NO_VAT:
        return Decimal(0)
    percent = number(word)
    if not 0 <= percent < 100:
        raise ValueError(text)
    return percent
