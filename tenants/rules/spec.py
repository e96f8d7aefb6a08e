"""The JSON form of a rule: read, checked, and turned into its canonical shape. Documented in docs/rules.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from kolektor.kernel.errors import DomainError

FIELDS = ("brand", "supplier", "category", "sku")
AWARD_KINDS = ("per_amount", "per_unit")
MAX_DEPTH = 6
# far above any program, and low enough that no line that is accepted overflows the ledger
MAX_PER_UNIT = 10_000
MAX_RATE = 1_000  # points for 1 of currency

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
    drafts = [_rule(item, f"rules[{index}]", resolve) for index, item in enumerate(body["rules"])]
    codes = [draft.code for draft in drafts]
    for code in codes:
        if codes.count(code) > 1:
            raise _bad("rules", "duplicate_code", code)
    return drafts


def _bad(field: str, reason: str, value: object = "") -> DomainError:
    return DomainError("BAD_RULE", field=field, reason=reason, value=str(value)[:80])


def _rule(item: Any, path: str, resolve: Resolver) -> RuleDraft:
    if not isinstance(item, dict):
        raise _bad(path, "object_expected")
    unknown = set(item) - {"code", "name", "valid_from", "valid_until", "when", "award"}
    if unknown:
        raise _bad(f"{path}.{sorted(unknown)[0]}", "unknown_key")
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
    return RuleDraft(code, name["pl"][:120], name["en"][:120], start, end, spec)


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
    field, values = node.get("field"), node.get("in")
    if set(node) != {"field", "in"} or field not in FIELDS:
        raise _bad(f"{path}.field", "unknown_field", field)
    if not isinstance(values, list) or not values or not all(isinstance(value, str) and value for value in values):
        raise _bad(f"{path}.in", "values_expected", values)
    values = sorted(set(values))
    if field in ("brand", "supplier"):
        ids = {value: resolve(field, value) for value in values}
        for value, found in ids.items():
            if found is None:
                raise _bad(f"{path}.in", f"unknown_{field}", value)
        return {"field": field, "in": values, "ids": [ids[value] for value in values]}
    return {"field": field, "in": values}


def _positive(value: Any, path: str, places: int) -> str:
    try:
        number = Decimal(str(value))
    except InvalidOperation as error:
        raise _bad(path, "number_expected", value) from error
    if not number.is_finite() or number <= 0 or number > 1_000_000:
        raise _bad(path, "positive_expected", value)
    if number != round(number, places):
        raise _bad(path, "too_precise", value)
    return format(number.normalize(), "f")


def _award(node: Any, path: str) -> dict[str, Any]:
    if not isinstance(node, dict) or node.get("kind") not in AWARD_KINDS:
        raise _bad(f"{path}.kind", "unknown_award", node if not isinstance(node, dict) else node.get("kind"))
    allowed = {"kind", "points", "per"} if node["kind"] == "per_amount" else {"kind", "points"}
    if set(node) - allowed:
        raise _bad(f"{path}.{sorted(set(node) - allowed)[0]}", "unknown_key")
    award = {"kind": node["kind"], "points": _positive(node.get("points"), f"{path}.points", 4)}
    most = Decimal(MAX_PER_UNIT)
    if node["kind"] == "per_amount":
        award["per"] = _positive(node.get("per", "1"), f"{path}.per", 2)
        most = MAX_RATE * Decimal(award["per"])
    if Decimal(award["points"]) > most:
        raise _bad(f"{path}.points", "too_generous", award["points"])
    return award
