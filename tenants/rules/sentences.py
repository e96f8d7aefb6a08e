"""Rules as sentences, in the reader's language, made when they are read."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

# id of a brand or supplier → its name
Names = Mapping[str, str]

_FIELD = {
    "brand": ("marki", "marek", "brand"),
    "supplier": ("dostawcy", "dostawców", "supplier"),
    "category": ("kategorii", "kategorii", "category"),
    "sku": ("indeksu", "indeksów", "SKU"),
}


_MONTHS = (
    ("styczniu", "January"),
    ("lutym", "February"),
    ("marcu", "March"),
    ("kwietniu", "April"),
    ("maju", "May"),
    ("czerwcu", "June"),
    ("lipcu", "July"),
    ("sierpniu", "August"),
    ("wrześniu", "September"),
    ("październiku", "October"),
    ("listopadzie", "November"),
    ("grudniu", "December"),
)
_WEEKDAYS = (
    ("poniedziałki", "Mondays"),
    ("wtorki", "Tuesdays"),
    ("środy", "Wednesdays"),
    ("czwartki", "Thursdays"),
    ("piątki", "Fridays"),
    ("soboty", "Saturdays"),
    ("niedziele", "Sundays"),
)
_PERIODS = {
    "day": ("dziennie", "a day"),
    "month": ("miesięcznie", "a month"),
    "quarter": ("kwartalnie", "a quarter"),
    "year": ("rocznie", "a year"),
    "ever": ("łącznie", "in all"),
}
_CAPPED = {"member": ("na osobę", "per member"), "firm": ("na firmę", "per firm")}


# words between the parts of a group, and what an empty group means
_GROUPS = {
    "all": ("i", "and", "wszystko", "everything"),
    "any": ("lub", "or", "nic", "nothing"),
}


def number(value: str | Decimal, language: str, *, places: int | None = None) -> str:
    """A number as its readers write it: `1 234,50` in Polish, `1,234.50` in English."""
    amount = Decimal(value)
    if places is not None:
        amount = round(amount, places)
    text = f"{amount:,f}"
    if "." in text and places is None:
        text = text.rstrip("0").rstrip(".")
    if language == "en":
        return text
    return text.replace(",", "\u00a0").replace(".", ",")


def _points_word(points: str, language: str) -> str:
    value = Decimal(points)
    if language == "en":
        return "point" if value == 1 else "points"
    if value == 1:
        return "punkt"
    if value != value.to_integral_value():
        return "punktu"
    whole = int(value)
    if whole % 10 in (2, 3, 4) and whole % 100 not in (12, 13, 14):
        return "punkty"
    return "punktów"


def rule_sentence(spec: dict[str, Any], *, currency: str, names: Names, language: str) -> str:
    """The whole rule read back, without its period."""
    words = _Words(currency, names, language == "en")
    parts = [words.head(spec["award"], spec["when"])]
    parts += [words.boost(boost) for boost in spec.get("boosts", ())]
    parts += [words.cap(cap) for cap in spec.get("caps", ())]
    if "budget" in spec:
        parts.append(words.budget(spec["budget"]))
    if "matures_after_days" in spec:
        parts.append(words.maturity(spec["matures_after_days"]))
    return "; ".join(parts) + "."


def limit_words(spec: dict[str, Any], cut: int, language: str) -> str:
    """The cap (counted from 1) or the budget (0) of a rule, in words."""
    words = _Words("", {}, language == "en")
    return words.budget(spec["budget"]) if cut == 0 else words.cap(spec["caps"][cut - 1])


class _Words:
    """The parts of a rule in one language."""

    def __init__(self, currency: str, names: Names, english: bool) -> None:
        self.symbol = "zł" if currency == "PLN" else currency
        self.names = names
        self.english = english
        self.language = "en" if english else "pl"

    def _say(self, polish: str, english: str) -> str:
        return english if self.english else polish

    def _points(self, points: str) -> str:
        return f"{number(points, self.language)} {_points_word(points, self.language)}"

    def _money(self, amount: str) -> str:
        return f"{number(amount, self.language)} {self.symbol}"

    def head(self, award: dict[str, Any], when: dict[str, Any]) -> str:
        """What is given, and for what."""
        kind = award["kind"]
        if kind == "multiplier":
            times = number(award["times"], self.language)
            head = self._say(f"Punkty z pozostałych reguł × {times}", f"Points of the other rules × {times}")
        elif kind == "per_amount":
            per = self._money(award["per"])
            head = self._points(award["points"]) + self._say(f" za każde {per} netto", f" for every {per} net")
        elif kind == "per_unit":
            head = self._points(award["points"]) + self._say(" za każdą jednostkę sprzedaży", " per unit sold")
        elif award["each"] == "line":
            head = self._points(award["points"]) + self._say(" za każdą pozycję dokumentu", " for each line")
        else:
            head = self._points(award["points"]) + self._say(" za każdy dokument", " for each document")
            if "least" in award:
                least = self._money(award["least"])
                head += self._say(f" o wartości co najmniej {least} netto", f" worth at least {least} net")
        if when == {"all": []}:
            return head + self._say(" za wszystkie zakupy", " on everything")
        return f"{head}{self._say(' za zakupy: ', _joint(when))}{self.condition(when)}"

    def boost(self, boost: dict[str, Any]) -> str:
        """More of it, and when."""
        times = Decimal(boost["times"])
        word = {2: ("podwójnie", "double"), 3: ("potrójnie", "triple")}.get(int(times) if times == int(times) else 0)
        shown = number(boost["times"], self.language)
        polish, english = word or (f"{shown} razy tyle", f"{shown} times as many")
        return f"{self._say(polish, english)}: {self.condition(boost['when'])}"

    def cap(self, cap: dict[str, str]) -> str:
        """At most so many."""
        per, owner = _PERIODS[cap["per"]], _CAPPED[cap["for"]]
        return self._say(
            f"najwyżej {self._points(cap['points'])} {per[0]} {owner[0]}",
            f"at most {self._points(cap['points'])} {per[1]} {owner[1]}",
        )

    def budget(self, points: str) -> str:
        """Until there is nothing left."""
        shown = number(points, self.language)
        return self._say(f"do wyczerpania puli {shown} pkt", f"until a pool of {shown} points is used up")

    def maturity(self, days: int) -> str:
        """When the points can be spent."""
        return self._say(
            f"do wykorzystania po {days} {'dniu' if days == 1 else 'dniach'}",
            f"to be spent after {days} {'day' if days == 1 else 'days'}",
        )

    def condition(self, node: dict[str, Any], *, inside: str = "") -> str:
        """The condition in words; a group inside a group of the other kind is put in brackets."""
        for key, (polish_word, english_word, polish_none, english_none) in _GROUPS.items():
            if key in node:
                if not node[key]:
                    return self._say(polish_none, english_none)
                parts = [self.condition(child, inside=key) for child in node[key]]
                joined = self._say(f" {polish_word} ", f" {english_word} ").join(parts)
                return f"({joined})" if inside and inside != key and len(parts) > 1 else joined
        if "not" in node:
            inner = self.condition(node["not"], inside="not")
            return self._say(f"wszystko oprócz {inner}", f"anything but {inner}")
        return self._leaf(node)

    def _leaf(self, node: dict[str, Any]) -> str:
        field = node["field"]
        if field == "value":
            return self._say(
                f"pozycje od {self._money(node['at_least'])}", f"lines from {self._money(node['at_least'])}"
            )
        if field == "quantity":
            shown = number(node["at_least"], self.language)
            return self._say(f"pozycje od {shown} szt.", f"lines of {shown} or more")
        if field in ("month", "weekday"):
            table = _MONTHS if field == "month" else _WEEKDAYS
            words = [self._say(*table[int(value) - 1]) for value in node["in"]]
            joined = _listed(words, self._say("i", "and"))
            return self._say("w ", "in " if field == "month" else "on ") + joined
        labels = [
            self.names.get(key, value) for key, value in zip(node.get("ids", node["in"]), node["in"], strict=True)
        ]
        one, many, english_field = _FIELD[field]
        return self._say(one if len(labels) == 1 else many, english_field) + " " + ", ".join(labels)


def _listed(words: list[str], last: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def _joint(when: dict[str, Any]) -> str:
    """What stands in English between the points and the condition: "on brand X", "in November", "anything but …"."""
    first = when
    while "field" not in first and any(key in first for key in ("all", "any")):
        first = (first.get("all") or first.get("any") or [{"field": ""}])[0]
    if first.get("field") not in ("month", "weekday"):
        return " on "
    return " " if first is when else ": "
