"""A naive evaluator of awards, written from docs/rules.md alone: exact fractions, line by line, no SQL."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any


def half_even(points: Fraction) -> int:
    """Points to hundredths; Python's round() of a fraction is half-even."""
    return round(points * 100)


@dataclass
class RuleModel:
    """One rule: points for each `per` of net value, or for each unit of the named SKUs."""

    kind: str
    points: Decimal
    per: Decimal = Decimal(1)
    skus: tuple[str, ...] = ()

    def as_json(self, code: str) -> dict[str, Any]:
        """The rule in the form of docs/rules.md."""
        award = {"kind": self.kind, "points": str(self.points)}
        if self.kind == "per_amount":
            award["per"] = str(self.per)
        body: dict[str, Any] = {"code": code, "name": code, "award": award}
        if self.skus:
            body["when"] = {"field": "sku", "in": list(self.skus)}
        return body

    def award(self, sku: str, quantity: int, net: Decimal) -> int:
        """Units for a new line; nothing for one without a positive value or quantity."""
        if self.skus and sku not in self.skus:
            return 0
        base = Fraction(net) / Fraction(self.per) if self.kind == "per_amount" else Fraction(quantity)
        return max(0, half_even(base * Fraction(self.points)))


@dataclass
class LineModel:
    """A sold line: what it was, what corrections left of it, what each rule gave for it at first and gives now."""

    buyer: str
    sku: str
    quantity: int
    net: Decimal
    changed_quantity: int = 0
    changed_net: Decimal = Decimal(0)
    first: list[int] = field(default_factory=list)
    now: list[int] = field(default_factory=list)

    @property
    def unit_price(self) -> Decimal:
        """Net of one."""
        return self.net / self.quantity


@dataclass
class Oracle:
    """Everything sold so far, and each buyer's balance in units."""

    rules: list[RuleModel]
    balances: Counter[str] = field(default_factory=Counter)
    awarded: int = 0
    reversed: int = 0

    def sell(self, line: LineModel) -> None:
        """A new line of an invoice, or one that a correction adds."""
        line.first = [rule.award(line.sku, line.quantity, line.net) for rule in self.rules]
        line.now = list(line.first)
        for units in line.first:
            self._book(line.buyer, units)

    def correct(self, line: LineModel, *, quantity: int, net: Decimal, pair: bool) -> None:
        """A change of a line. A difference line counts by its share of the value, a before-and-after pair by quantity."""
        line.changed_quantity += quantity if pair else int(net / line.unit_price)
        line.changed_net += net
        for index, rule in enumerate(self.rules):
            if not line.first[index]:
                continue
            if rule.kind == "per_unit":
                left = Fraction(line.quantity + line.changed_quantity, line.quantity)
            else:
                left = Fraction(line.net + line.changed_net) / Fraction(line.net)
            units = round(line.first[index] * max(Fraction(0), left))
            self._book(line.buyer, units - line.now[index])
            line.now[index] = units

    def _book(self, buyer: str, units: int) -> None:
        self.balances[buyer] += units
        if units > 0:
            self.awarded += units
        else:
            self.reversed -= units
