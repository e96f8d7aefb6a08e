"""A naive evaluator of rules, written from docs/rules.md alone: exact fractions, one line at a time, no SQL.

It reads the JSON form of a rule. Amounts of points are units (hundredths). Everything is kept in plain lists, and every
question is answered by going through all of them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

Rule = dict[str, Any]


@dataclass
class Sold:
    """A line of a sale, or one that a correction added; and what documents changed of it since."""

    document: str
    member: str
    firm: str
    day: date
    sku: str
    brand: str
    category: str
    quantity: Decimal
    value: Decimal
    # by a correction
    added: bool = False
    # (document, change of quantity, change of value, counted by quantity)
    changes: list[tuple[str, Fraction, Fraction, bool]] = field(default_factory=list)

    def left(self, *, by_quantity: bool, without: frozenset[str] = frozenset()) -> Fraction:
        """What is left of the line, in the measure that the award uses; as if some documents had never come."""
        left = Fraction(self.quantity if by_quantity else self.value)
        for document, quantity, value, pair in self.changes:
            if document in without:
                continue
            if not by_quantity:
                left += value
            elif pair or not self.value:
                left += quantity
            else:
                left += Fraction(self.quantity) * value / Fraction(self.value)
        return left


@dataclass
class Given:
    """One award: what it asked for first, asks for now, and what it was given."""

    lines: list[Sold]
    first: int
    wants: int
    passed: list[int] = field(default_factory=list)
    reached: int = 0
    granted: int = 0

    @property
    def line(self) -> Sold:
        return self.lines[0]


def points_to_units(points: Fraction, mode: str) -> int:
    """Rounded once to hundredths."""
    numerator, denominator = (points * 100).as_integer_ratio()
    # enough places to tell a half from what is near it
    exact = Decimal(numerator) / Decimal(denominator)
    return int(exact.quantize(Decimal(1), ROUND_HALF_EVEN if mode == "half_even" else ROUND_HALF_UP))


def fits(node: dict[str, Any], line: Sold) -> bool:
    """Whether a line fulfills a condition."""
    if "all" in node:
        return all(fits(child, line) for child in node["all"])
    if "any" in node:
        return any(fits(child, line) for child in node["any"])
    if "not" in node:
        return not fits(node["not"], line)
    if "at_least" in node:
        amount = line.value if node["field"] == "value" else line.quantity
        return amount >= Decimal(node["at_least"])
    fact = {
        "sku": line.sku,
        "brand": line.brand,
        "category": line.category,
        "month": str(line.day.month),
        "weekday": str(line.day.isoweekday()),
    }[node["field"]]
    return fact in node["in"]


def in_force(rule: Rule, day: date) -> bool:
    """Whether the rule holds on a day; both ends are included."""
    start, end = rule.get("valid_from"), rule.get("valid_until")
    return (not start or day >= date.fromisoformat(start)) and (not end or day <= date.fromisoformat(end))


def period_of(per: str, day: date) -> tuple[int, ...]:
    """What a cap counts together."""
    return {
        "day": (day.year, day.month, day.day),
        "month": (day.year, day.month),
        "quarter": (day.year, (day.month - 1) // 3),
        "year": (day.year,),
        "ever": (),
    }[per]


class Oracle:
    """Everything that was sold, and what every rule gave for it."""

    def __init__(self, rules: list[Rule], mode: str) -> None:
        self.rules = sorted(rules, key=lambda rule: (rule["award"]["kind"] == "multiplier", rule["code"]))
        self.mode = mode
        self.given: dict[str, list[Given]] = {rule["code"]: [] for rule in rules}
        self.balances: Counter[str] = Counter()
        self.awarded = self.reversed = 0
        self.reverted: frozenset[str] = frozenset()
        self.sold: list[Sold] = []

    def sell(self, lines: list[Sold], *, correction: bool = False) -> None:
        """A document's new lines."""
        self.sold += lines
        for rule in self.rules:
            for award in self._asking(rule, lines, correction):
                self.given[rule["code"]].append(award)
                self._limit(rule, award)
                self._book(award.line.member, award.granted)

    def _asking(self, rule: Rule, lines: list[Sold], correction: bool) -> list[Given]:
        award = rule["award"]
        chosen = [line for line in lines if in_force(rule, line.day) and fits(rule.get("when") or {"all": []}, line)]
        if award["kind"] == "fixed" and award.get("each", "line") == "document":
            chosen = [line for line in chosen if line.value > 0]
            enough = sum(line.value for line in chosen) >= Decimal(award.get("least") or 0)
            units = int(Decimal(award["points"]) * 100)
            return [Given(chosen, units, units)] if chosen and enough and not correction else []
        asking = [(line, self._units(rule, line)) for line in chosen]
        return [Given([line], units, units) for line, units in asking if units > 0]

    def _units(self, rule: Rule, line: Sold) -> int:
        award = rule["award"]
        kind = award["kind"]
        if kind == "per_unit":
            points = Fraction(line.quantity) * Fraction(award["points"]) if line.quantity > 0 else Fraction(0)
        elif line.value <= 0:
            return 0
        elif kind == "per_amount":
            points = Fraction(line.value) * Fraction(award["points"]) / Fraction(award.get("per") or "1")
        elif kind == "fixed":
            points = Fraction(award["points"])
        else:
            others = sum(
                other.first
                for code, awards in self.given.items()
                for other in awards
                if other.line is line and self._kind(code) != "multiplier"
            )
            points = Fraction(others, 100) * (Fraction(award["times"]) - 1)
        boosts = [Fraction(boost["times"]) for boost in rule.get("boosts") or () if fits(boost["when"], line)]
        return points_to_units(points * max(boosts, default=Fraction(1)), self.mode)

    def _kind(self, code: str) -> str:
        return str(next(rule for rule in self.rules if rule["code"] == code)["award"]["kind"])

    def _limit(self, rule: Rule, award: Given) -> None:
        """Decide a new award: each cap in turn, then the budget."""
        before = self.given[rule["code"]][:-1]
        self._pass(rule, award, before)
        award.granted = award.reached
        if rule.get("budget"):
            spent = sum(other.granted for other in before)
            award.granted = max(0, min(award.reached, int(Decimal(rule["budget"]) * 100) - spent))

    def _pass(self, rule: Rule, award: Given, before: list[Given]) -> None:
        asked = award.wants
        passed = []
        for place, cap in enumerate(_caps(rule)):
            used = sum(other.passed[place] for other in before if _share(cap, other, award))
            asked = max(0, min(asked, int(Decimal(cap["points"]) * 100) - used))
            passed.append(asked)
        award.passed, award.reached = passed, asked

    def change(self, document: str, changes: list[tuple[Sold, Fraction, Fraction, bool]]) -> None:
        """A correction's or a return's changes of sold lines: quantity, value, counted by quantity."""
        for line, quantity, value, pair in changes:
            line.changes.append((document, quantity, value, pair))
        lines = [line for line, *_ in changes]
        for rule in self.rules:
            touched = [award for award in self.given[rule["code"]] if any(line in award.lines for line in lines)]
            self._decide_again(rule, {id(award): self._left(rule, award) for award in touched})

    def learn(self, lines: list[Sold], later: list[str]) -> None:
        """Lines whose product became known: what fits now and gave nothing yet; then what documents changed meanwhile,
        `later` being all documents after the sale, in their order.
        """
        for rule in self.rules:
            known = self.given[rule["code"]]
            new = []
            for award in self._asking_late(rule, lines):
                known.append(award)
                new.append(award)
                self._limit(rule, award)
                self._book(award.line.member, award.granted)
            for place, document in enumerate(later):
                unheard = frozenset(later[place + 1 :])
                touched = [
                    award
                    for award in new
                    if any(change[0] == document for line in award.lines for change in line.changes)
                ]
                if touched and document not in self.reverted:
                    self._decide_again(rule, {id(award): self._left(rule, award, unheard) for award in touched})

    def _asking_late(self, rule: Rule, lines: list[Sold]) -> list[Given]:
        known = self.given[rule["code"]]
        if rule["award"].get("each") != "document":
            fresh = [line for line in lines if not any(line is award.line for award in known)]
            return self._asking(rule, fresh, correction=False)
        found = []
        for document in dict.fromkeys(line.document for line in lines):
            if not any(award.line.document == document for award in known):
                whole = [line for line in self.sold if line.document == document]
                found += self._asking(rule, whole, correction=whole[0].added)
        return found

    def revert(self, documents: frozenset[str]) -> None:
        """Take documents back: what they gave, and what they changed."""
        self.reverted |= documents
        for rule in self.rules:
            wants = {}
            for award in self.given[rule["code"]]:
                spoken_of = any(document in documents for line in award.lines for document, *_ in line.changes)
                if award.line.document in documents:
                    wants[id(award)] = 0
                elif spoken_of:
                    wants[id(award)] = self._left(rule, award)
            self._decide_again(rule, wants)

    def _left(self, rule: Rule, award: Given, unheard: frozenset[str] = frozenset()) -> int:
        """What an award asks for now."""
        kind = rule["award"]["kind"]
        without = self.reverted | unheard
        left = sum((line.left(by_quantity=kind == "per_unit", without=without) for line in award.lines), Fraction(0))
        if kind == "fixed":
            least = Fraction(rule["award"].get("least") or 0)
            return award.first if left > 0 and left >= least else 0
        whole = Fraction(award.line.quantity if kind == "per_unit" else award.line.value)
        if whole == 0:
            return award.wants
        return points_to_units(Fraction(award.first, 100) * max(Fraction(0), left) / whole, self.mode)

    def _decide_again(self, rule: Rule, wants: dict[int, int]) -> None:
        awards = self.given[rule["code"]]
        reached_before = [award.reached for award in awards]
        granted_before = [award.granted for award in awards]
        for place, award in enumerate(awards):
            award.wants = wants.get(id(award), award.wants)
            self._pass(rule, award, awards[:place])
        if not rule.get("budget"):
            for award in awards:
                award.granted = award.reached
        else:
            for award in awards:
                award.granted = min(award.granted, award.reached)
            for award, reached in zip(awards, reached_before, strict=True):
                room = int(Decimal(rule["budget"]) * 100) - sum(other.granted for other in awards)
                award.granted += max(0, min(award.reached - reached, room))
        for award, before in zip(awards, granted_before, strict=True):
            self._book(award.line.member, award.granted - before)

    def _book(self, member: str, units: int) -> None:
        self.balances[member] += units
        self.awarded += max(0, units)
        self.reversed += max(0, -units)


def _caps(rule: Rule) -> list[dict[str, str]]:
    order = ["day", "month", "quarter", "year", "ever"]
    return sorted(rule.get("caps") or (), key=lambda cap: (cap["for"] != "member", order.index(cap["per"])))


def _share(cap: dict[str, str], one: Given, other: Given) -> bool:
    """Whether two awards count towards one cap."""
    if period_of(cap["per"], one.line.day) != period_of(cap["per"], other.line.day):
        return False
    if cap["for"] == "member":
        return one.line.member == other.line.member
    return one.line.firm == other.line.firm
