"""Rules and receipts as sentences, in the reader's language, made when they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
    english = language == "en"
    award = spec["award"]
    points = f"{number(award['points'], language)} {_points_word(award['points'], language)}"
    symbol = "zł" if currency == "PLN" else currency
    if award["kind"] == "per_amount":
        per = f"{number(award['per'], language)} {symbol}"
        head = f"{points} for every {per} net" if english else f"{points} za każde {per} netto"
    else:
        head = f"{points} per unit sold" if english else f"{points} za każdą jednostkę sprzedaży"
    if spec["when"] == {"all": []}:
        return head + (" on everything." if english else " za wszystkie zakupy.")
    return f"{head} {'on' if english else 'za zakupy:'} {_condition(spec['when'], names, english)}."


def _condition(node: dict[str, Any], names: Names, english: bool, *, inside: str = "") -> str:
    """The condition in words; a group inside a group of the other kind is put in brackets."""
    for key, (polish_word, english_word, polish_none, english_none) in _GROUPS.items():
        if key in node:
            if not node[key]:
                return english_none if english else polish_none
            parts = [_condition(child, names, english, inside=key) for child in node[key]]
            joined = (f" {english_word} " if english else f" {polish_word} ").join(parts)
            return f"({joined})" if inside and inside != key and len(parts) > 1 else joined
    if "not" in node:
        inner = _condition(node["not"], names, english, inside="not")
        return f"anything but {inner}" if english else f"wszystko oprócz {inner}"
    labels = [names.get(key, value) for key, value in zip(node.get("ids", node["in"]), node["in"], strict=True)]
    one, many, english_field = _FIELD[node["field"]]
    joined = ", ".join(labels)
    return f"{english_field} {joined}" if english else f"{one if len(labels) == 1 else many} {joined}"


def _per_amount(inputs: Mapping[str, str], points: str, currency: str, language: str) -> str:
    symbol = "zł" if currency == "PLN" else currency
    base = f"{number(inputs['base'], language, places=2)} {symbol}"
    rate = number(inputs["points"], language)
    per = number(inputs["per"], language)
    if language == "en":
        return f"{base} net × {rate} pts / {per} {symbol} = {points} pts"
    return f"{base} netto × {rate} pkt / {per} {symbol} = {points} pkt"


def _per_unit(inputs: Mapping[str, str], points: str, currency: str, language: str) -> str:
    base, rate = number(inputs["base"], language), number(inputs["points"], language)
    if language == "en":
        return f"{base} units × {rate} pts = {points} pts"
    return f"{base} jedn. × {rate} pkt = {points} pkt"


def _adjust(inputs: Mapping[str, str], points: str, currency: str, language: str) -> str:
    left, whole = number(inputs["left"], language), number(inputs["whole"], language)
    if language == "en":
        return f"The correction leaves {left} of {whole}: {points} pts"
    return f"Po korekcie zostaje {left} z {whole}: {points} pkt"


_TEMPLATES: dict[str, Callable[[Mapping[str, str], str, str, str], str]] = {
    "per_amount.1": _per_amount,
    "per_unit.1": _per_unit,
    "adjust.1": _adjust,
}


def receipt_sentence(template: str, inputs: Mapping[str, str], *, units: int, currency: str, language: str) -> str:
    """The arithmetic of one award line."""
    points = number(Decimal(units).scaleb(-2), language, places=2)
    return _TEMPLATES[template](inputs, points, currency, language)
