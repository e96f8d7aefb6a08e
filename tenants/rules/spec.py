"""The JSON form of a rule: read, checked, and turned into its canonical shape. Documented in docs/rules.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from kolektor.kernel.errors import DomainError

LISTED = ("brand", "supplier", "category", "sku", "month", "weekday")
MEASURED = ("value", "quantity")
# what each kind of award takes beside its kind; the first is required
AWARD_KEYS = {
    "per_amount": ("points", "per"),
    "per_unit": ("points",),
    "fixed": ("points", "each", "least"),
    "multiplier": ("times",),
}
# in the order in which caps are applied: each counts what the one before let through
CAP_OWNERS = ("member", "firm")
CAP_PERIODS = ("day", "month", "quarter", "year", "ever")
MAX_DEPTH = 6
MAX_BOOSTS = 6
MAX_TIMES = 10
MAX_MATURITY_DAYS = 365
# far above any program, and low enough that no line that is accepted overflows the ledger
MAX_PER_UNIT = 10_000
MAX_RATE = 1_000  # points for 1 of currency
MAX_LIMIT = 1_000_000_000  # of a cap or a budget, in points; of a value that a condition asks for

# brand or supplier slug → id of the network's brand or supplier, or None
Resolver = Callable[[str, str], str | None]


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A checked rule. `spec` is canonical: equal content gives equal JSON."""

    code: str
    name_pl: str
    name_en: str
    valid_from: date | None
    valid_until: date | None
    spec: dict[str, Any]


def parse_file(body: Any, resolve: Resolver) -> list[RuleDraft]:
    """Read `{"rules": [...]}`. Raises DomainError BAD_RULE with the field's path and a detail code."""
    if not isinstance(body, dict) or not isinstance(body.get("rules"), list) or not body["rules"]:
        raise _bad("rules", "list_expected")
    drafts = [parse_rule(item, f"rules[{index}]", resolve) for index, item in enumerate(body["rules"])]
    codes = [draft.code for draft in drafts]
    for code in codes:
        if codes.count(code) > 1:
            raise _bad("rules", "duplicate_code", code)
    return drafts


def _bad(field: str, reason: str, value: object = "") -> DomainError:
    return DomainError("BAD_RULE", field=field, reason=reason, value=str(value)[:80])


_KEYS = {"code", "name", "valid_from", "valid_until", "when", "award", "boosts", "caps", "budget", "matures_after_days"}


def parse_rule(item: Any, path: str, resolve: Resolver) -> RuleDraft:
    """Read one rule. `path` is what its faults are told under. Raises DomainError BAD_RULE."""
    if not isinstance(item, dict):
        raise _bad(path, "object_expected")
    if set(item) - _KEYS:
        raise _bad(f"{path}.{sorted(set(item) - _KEYS)[0]}", "unknown_key")
    code = item.get("code")
    if not isinstance(code, str) or not code or len(code) > 60 or not code.replace("-", "").isalnum():
        raise _bad(f"{path}.code", "text_expected", code)
    name = item.get("name")
    if isinstance(name, str):
        name = {"pl": name, "en": name}
    if not isinstance(name, dict) or not all(isinstance(name.get(key), str) and name[key] for key in ("pl", "en")):
        raise _bad(f"{path}.name", "names_expected", name)
    start, end = _day(item, "valid_from", path), _day(item, "valid_until", path)
    if start and end and end < start:
        raise _bad(f"{path}.valid_until", "before_start", end)
    when = item.get("when") or {"all": []}
    spec = {"when": _condition(when, f"{path}.when", resolve, 1), "award": _award(item.get("award"), f"{path}.award")}
    spec |= _limits(item, path, resolve, spec["award"])
    return RuleDraft(code, name["pl"][:120], name["en"][:120], start, end, spec)


def _limits(item: Mapping[str, Any], path: str, resolve: Resolver, award: dict[str, Any]) -> dict[str, Any]:
    """Boosts, caps, budget and maturity; only what is there, so that a rule without them stays as it always was."""
    found: dict[str, Any] = {}
    if boosts := _list(item.get("boosts"), f"{path}.boosts"):
        if award["kind"] not in ("per_amount", "per_unit"):
            raise _bad(f"{path}.boosts", "boosts_not_here", award["kind"])
        if len(boosts) > MAX_BOOSTS:
            raise _bad(f"{path}.boosts", "too_many", len(boosts))
        found["boosts"] = [
            _boost(boost, f"{path}.boosts[{index}]", resolve, award) for index, boost in enumerate(boosts)
        ]
    if caps := _list(item.get("caps"), f"{path}.caps"):
        found["caps"] = _caps(caps, f"{path}.caps")
    if item.get("budget") is not None:
        found["budget"] = _positive(item["budget"], f"{path}.budget", 2, most=MAX_LIMIT)
    days = item.get("matures_after_days")
    if days:
        if not isinstance(days, int) or isinstance(days, bool) or not 0 < days <= MAX_MATURITY_DAYS:
            raise _bad(f"{path}.matures_after_days", "days_expected", days)
        found["matures_after_days"] = days
    return found


def _list(value: Any, path: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise _bad(path, "list_expected", value)
    return value


def _boost(node: Any, path: str, resolve: Resolver, award: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(node, dict) or set(node) != {"times", "when"}:
        raise _bad(path, "boost_expected", node)
    times = _times(node["times"], f"{path}.times")
    _not_too_generous(award, f"{path}.times", Decimal(times))
    return {"times": times, "when": _condition(node["when"], f"{path}.when", resolve, 1)}


def _times(value: Any, path: str) -> str:
    times = _positive(value, path, 2)
    if not 1 < Decimal(times) <= MAX_TIMES:
        raise _bad(path, "times_expected", value)
    return times


def _caps(nodes: list[Any], path: str) -> list[dict[str, str]]:
    caps = []
    for index, node in enumerate(nodes):
        here = f"{path}[{index}]"
        if not isinstance(node, dict) or set(node) != {"points", "for", "per"}:
            raise _bad(here, "cap_expected", node)
        if node["for"] not in CAP_OWNERS:
            raise _bad(f"{here}.for", "unknown_cap", node["for"])
        if node["per"] not in CAP_PERIODS:
            raise _bad(f"{here}.per", "unknown_cap", node["per"])
        points = _positive(node["points"], f"{here}.points", 2, most=MAX_LIMIT)
        caps.append({"points": points, "for": node["for"], "per": node["per"]})
    caps.sort(key=lambda cap: (CAP_OWNERS.index(cap["for"]), CAP_PERIODS.index(cap["per"])))
    for one, next_one in pairwise(caps):
        if (one["for"], one["per"]) == (next_one["for"], next_one["per"]):
            raise _bad(path, "duplicate_cap", one["per"])
    return caps


def _day(item: Mapping[str, Any], key: str, path: str) -> date | None:
    value = item.get(key)
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise _bad(f"{path}.{key}", "date_expected", value) from error


def _condition(node: Any, path: str, resolve: Resolver, depth: int) -> dict[str, Any]:
    if not isinstance(node, dict) or depth > MAX_DEPTH:
        raise _bad(path, "condition_expected", node)
    for key in ("all", "any"):
        if set(node) == {key}:
            if not isinstance(node[key], list):
                raise _bad(f"{path}.{key}", "list_expected", node[key])
            if key == "any" and not node[key]:
                raise _bad(f"{path}.any", "empty_any")
            return {
                key: [
                    _condition(child, f"{path}.{key}[{index}]", resolve, depth + 1)
                    for index, child in enumerate(node[key])
                ]
            }
    if set(node) == {"not"}:
        return {"not": _condition(node["not"], f"{path}.not", resolve, depth + 1)}
    return _leaf(node, path, resolve)


def _leaf(node: dict[str, Any], path: str, resolve: Resolver) -> dict[str, Any]:
    field = node.get("field")
    if field in MEASURED and set(node) == {"field", "at_least"}:
        return {"field": field, "at_least": _positive(node["at_least"], f"{path}.at_least", 6, most=MAX_LIMIT)}
    values = node.get("in")
    if set(node) != {"field", "in"} or field not in LISTED:
        raise _bad(f"{path}.field", "unknown_field", field)
    if not isinstance(values, list) or not values or not all(isinstance(value, str) and value for value in values):
        raise _bad(f"{path}.in", "values_expected", values)
    if field in ("month", "weekday"):
        return {"field": field, "in": _numbers(values, f"{path}.in", 12 if field == "month" else 7)}
    values = sorted(set(values))
    if field in ("brand", "supplier"):
        ids = {value: resolve(field, value) for value in values}
        for value, found in ids.items():
            if found is None:
                raise _bad(f"{path}.in", f"unknown_{field}", value)
        return {"field": field, "in": values, "ids": [ids[value] for value in values]}
    return {"field": field, "in": values}


def _numbers(values: list[str], path: str, last: int) -> list[str]:
    """Months 1 to 12, days of the week 1 (Monday) to 7."""
    for value in values:
        if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= last:
            raise _bad(path, "out_of_range", value)
    return [str(value) for value in sorted({int(value) for value in values})]


def _positive(value: Any, path: str, places: int, *, most: int = 1_000_000) -> str:
    try:
        number = Decimal(str(value))
    except InvalidOperation as error:
        raise _bad(path, "number_expected", value) from error
    if not number.is_finite() or number <= 0 or number > most:
        raise _bad(path, "positive_expected", value)
    if number != round(number, places):
        raise _bad(path, "too_precise", value)
    return format(number.normalize(), "f")


def _award(node: Any, path: str) -> dict[str, Any]:
    if not isinstance(node, dict) or node.get("kind") not in AWARD_KEYS:
        raise _bad(f"{path}.kind", "unknown_award", node if not isinstance(node, dict) else node.get("kind"))
    kind = node["kind"]
    if unknown := set(node) - {"kind", *AWARD_KEYS[kind]}:
        raise _bad(f"{path}.{sorted(unknown)[0]}", "unknown_key")
    if kind == "multiplier":
        return {"kind": kind, "times": _times(node.get("times"), f"{path}.times")}
    award = {"kind": kind, "points": _positive(node.get("points"), f"{path}.points", 2 if kind == "fixed" else 4)}
    if kind == "per_amount":
        award["per"] = _positive(node.get("per", "1"), f"{path}.per", 2)
    if kind == "fixed":
        award["each"] = node.get("each", "line")
        if award["each"] not in ("line", "document"):
            raise _bad(f"{path}.each", "unknown_each", award["each"])
        if node.get("least") is not None:
            if award["each"] != "document":
                raise _bad(f"{path}.least", "unknown_key")
            award["least"] = _positive(node["least"], f"{path}.least", 2, most=MAX_LIMIT)
    _not_too_generous(award, f"{path}.points", Decimal(1))
    return award


def _not_too_generous(award: Mapping[str, Any], path: str, times: Decimal) -> None:
    most = MAX_RATE * Decimal(award["per"]) if award["kind"] == "per_amount" else Decimal(MAX_PER_UNIT)
    if award["kind"] != "fixed" and Decimal(award["points"]) * times > most:
        raise _bad(path, "too_generous", award["points"] if times == 1 else times)
