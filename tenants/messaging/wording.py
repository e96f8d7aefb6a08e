"""Values as messages say them, in Polish and English: points by the program's own name, days, dates, cash."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from kolektor.kernel.points import Points
from kolektor.kernel.wording import PointForms

_POLISH: Final = (
    "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca",
    "lipca", "sierpnia", "września", "października", "listopada", "grudnia",
)  # fmt: skip
_ENGLISH: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
NBSP: Final = "\u00a0"


def polish_category(number: Decimal) -> str:
    """CLDR's plural category of Polish: one, few, many, or other for a fraction."""
    if number != number.to_integral_value():
        return "other"
    whole = abs(int(number))
    if whole == 1:
        return "one"
    if whole % 10 in {2, 3, 4} and whole % 100 not in {12, 13, 14}:
        return "few"
    return "many"


def figure(number: Decimal, language: str) -> str:
    """1 234,50 in Polish, 1,234.50 in English; whole numbers without places."""
    places = 0 if number == number.to_integral_value() else 2
    text = f"{number:,.{places}f}"
    return text if language == "en" else text.replace(",", NBSP).replace(".", ",")


def points(value: Points, forms: PointForms, language: str) -> str:
    """Points with what the program calls them; English says points, as the screens do."""
    number = value.as_decimal()
    if language == "en":
        word = "point" if number == 1 else "points"
    else:
        word = forms.as_dict()[polish_category(number)]
    return f"{figure(number, language)}{NBSP}{word}"


def days(count: int, language: str) -> str:
    """1 dzień, 7 dni; 1 day, 7 days."""
    word = ("day" if count == 1 else "days") if language == "en" else ("dzień" if count == 1 else "dni")
    return f"{count}{NBSP}{word}"


def day(value: date, language: str) -> str:
    """30 listopada 2026; 30 November 2026."""
    months = _ENGLISH if language == "en" else _POLISH
    return f"{value.day}{NBSP}{months[value.month - 1]}{NBSP}{value.year}"


def cash(amount: Decimal, currency: str, language: str) -> str:
    """50,00 zł; PLN 50.00."""
    text = f"{amount:,.2f}"
    if language == "en":
        return f"{currency}{NBSP}{text}"
    return f"{text.replace(',', NBSP).replace('.', ',')}{NBSP}{'zł' if currency == 'PLN' else currency}"
