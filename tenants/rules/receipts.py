"""Receipts as sentences: the arithmetic of one award line, in the reader's language, made when it is read.

A receipt keeps a template's code and its inputs, never words; so an old receipt can be read in a language of tomorrow.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tenants.rules.sentences import limit_words, number


@dataclass(frozen=True, slots=True)
class Receipt:
    """One award line as it is kept: template, inputs, the version's spec, and units (hundredths of a point)."""

    template: str
    inputs: dict[str, Any]
    spec: dict[str, Any]
    units: int
    wanted: int | None
    currency: str


def receipt_sentence(receipt: Receipt, *, language: str) -> str:
    """The arithmetic of one award line."""
    return _TEMPLATES[receipt.template](receipt, _Teller(receipt, language))


class _Teller:
    """Numbers of one receipt, written in one language."""

    def __init__(self, receipt: Receipt, language: str) -> None:
        self.receipt = receipt
        self.language = language
        self.symbol = "zł" if receipt.currency == "PLN" else receipt.currency

    def say(self, polish: str, english: str) -> str:
        return english if self.language == "en" else polish

    def shown(self, key: str, places: int | None = None) -> str:
        return number(str(self.receipt.inputs[key]), self.language, places=places)

    def units(self, units: int) -> str:
        return number(Decimal(units).scaleb(-2), self.language, places=2) + self.say(" pkt", " pts")

    def result(self, product: str) -> str:
        """`… = 30,00 pkt`, and what a cap or the budget left of it."""
        receipt = self.receipt
        if "boost" in receipt.inputs:
            product = f"{product} × {self.shown('boost')}"
        asked = receipt.units if receipt.wanted is None else receipt.wanted
        sentence = f"{product} = {self.units(asked)}"
        if receipt.wanted is None or "cut" not in receipt.inputs:
            return sentence
        limit = limit_words(receipt.spec, int(receipt.inputs["cut"]), self.language)
        given = self.units(receipt.units)
        return sentence + self.say(f"; limit ({limit}): {given}", f"; limit ({limit}): {given}")


def _per_amount(_receipt: Receipt, tell: _Teller) -> str:
    base = f"{tell.shown('base', 2)} {tell.symbol}"
    rate, per = tell.shown("points"), f"{tell.shown('per')} {tell.symbol}"
    return tell.result(tell.say(f"{base} netto × {rate} pkt / {per}", f"{base} net × {rate} pts / {per}"))


def _per_unit(_receipt: Receipt, tell: _Teller) -> str:
    base, rate = tell.shown("base"), tell.shown("points")
    return tell.result(tell.say(f"{base} jedn. × {rate} pkt", f"{base} units × {rate} pts"))


def _fixed_line(_receipt: Receipt, tell: _Teller) -> str:
    return tell.result(tell.say("Za pozycję", "For the line"))


def _fixed_document(_receipt: Receipt, tell: _Teller) -> str:
    base = f"{tell.shown('base', 2)} {tell.symbol}"
    return tell.result(tell.say(f"Za dokument ({base} netto)", f"For the document ({base} net)"))


def _multiplier(_receipt: Receipt, tell: _Teller) -> str:
    base = tell.shown("base", 2) + tell.say(" pkt z innych reguł", " pts of other rules")
    more = number(Decimal(str(tell.receipt.inputs["times"])) - 1, tell.language)
    return tell.result(f"{base} × {more}")


def _adjust(receipt: Receipt, tell: _Teller) -> str:
    left, whole = tell.shown("left"), tell.shown("whole")
    points = tell.units(receipt.units)
    return tell.say(
        f"Po korekcie zostaje {left} z {whole}: {points}", f"The correction leaves {left} of {whole}: {points}"
    )


def _freed(receipt: Receipt, tell: _Teller) -> str:
    points = tell.units(receipt.units)
    return tell.say(
        f"Korekta zwolniła limit, więc wcześniejszy zakup dostaje więcej: {points}",
        f"The correction freed the limit, so an earlier purchase gets more: {points}",
    )


def _revert(receipt: Receipt, tell: _Teller) -> str:
    points = tell.units(receipt.units)
    return tell.say(f"Import został wycofany: {points}", f"The import was reverted: {points}")


_TEMPLATES: dict[str, Callable[[Receipt, _Teller], str]] = {
    "per_amount.1": _per_amount,
    "per_unit.1": _per_unit,
    "fixed_line.1": _fixed_line,
    "fixed_document.1": _fixed_document,
    "multiplier.1": _multiplier,
    "adjust.1": _adjust,
    "freed.1": _freed,
    "revert.1": _revert,
}
