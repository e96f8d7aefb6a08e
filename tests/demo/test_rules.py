"""The demo's rules and docs/rules.md against the reader of rules, and who orders what."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest

from catalog.rewards.selectors import DenominationRow, RewardRow
from kolektor.demo import catalog, network, ordering, rules
from kolektor.kernel.errors import DomainError
from kolektor.kernel.points import Points
from tenants.rules.spec import parse_file

DOCS = Path(__file__).resolve().parents[2] / "docs"
TODAY = date(2026, 11, 22)
_SPACE = UUID(int=0)


def resolve(field: str, slug: str) -> str | None:
    """Ids of the demo network's brands and suppliers."""
    known = network.BRAND_NAMES if field == "brand" else {item.slug for item in network.SUPPLIERS}
    return str(uuid5(_SPACE, f"{field} {slug}")) if slug in known else None


@pytest.mark.parametrize("today", [TODAY, date(2027, 1, 31), date(2028, 2, 29)])
@pytest.mark.parametrize("slug", [item.slug for item in network.WHOLESALERS])
def test_demo_rules_are_accepted(slug: str, today: date) -> None:
    drafts = parse_file(rules.body(slug, today=today), resolve)
    assert len(drafts) >= 3
    assert any(draft.valid_from and draft.valid_until and draft.valid_until >= draft.valid_from for draft in drafts)


def test_demo_rules_differ_and_use_every_kind() -> None:
    bodies = {item.slug: rules.body(item.slug, today=TODAY)["rules"] for item in network.WHOLESALERS}
    assert {rule["award"]["kind"] for body in bodies.values() for rule in body} == {
        "per_amount", "per_unit", "fixed", "multiplier",
    }  # fmt: skip
    assert {key for body in bodies.values() for rule in body for key in rule} >= {
        "caps", "budget", "boosts", "matures_after_days",
    }  # fmt: skip
    text = json.dumps(bodies, ensure_ascii=False)
    for field in ("brand", "supplier", "category", "sku"):
        assert f'"field": "{field}"' in text
    for item in network.WHOLESALERS:
        shelf = catalog.sold_by(item)
        for field, values in _leaves(bodies[item.slug]):
            if field == "weekday":
                continue
            there = {getattr(product, field) for product in shelf}
            assert set(values) & there if field == "supplier" else set(values) <= there, (item.slug, field, values)


def _leaves(node: Any) -> list[tuple[str, list[str]]]:
    if isinstance(node, list):
        return [leaf for item in node for leaf in _leaves(item)]
    if not isinstance(node, dict):
        return []
    if set(node) == {"field", "in"}:
        return [(node["field"], node["in"])]
    return [leaf for item in node.values() for leaf in _leaves(item)]


def test_months() -> None:
    assert rules.month_start(date(2027, 1, 31), -1) == date(2026, 12, 1)
    assert rules.month_start(date(2026, 11, 22), 2) == date(2027, 1, 1)


def test_the_example_file_is_accepted() -> None:
    text = (DOCS / "examples" / "one-point-per-unit.json").read_text("utf-8")
    (draft,) = parse_file(json.loads(text), lambda field, slug: None)
    assert draft.spec == {"when": {"all": []}, "award": {"kind": "per_amount", "points": "1", "per": "1"}}
    assert (draft.valid_from, draft.valid_until) == (None, None)


def _examples() -> list[Any]:
    text = (DOCS / "rules.md").read_text("utf-8")
    return [json.loads(block) for block in re.findall(r"```json\n(.*?)```", text, re.DOTALL)]


def test_every_example_of_the_guide_is_accepted() -> None:
    examples = _examples()
    assert len(examples) >= 6
    for example in examples:
        body = example
        if "kind" in example:
            body = {"rules": [{"code": "x", "name": "x", "award": example}]}
        elif "rules" not in example:
            body = {"rules": [{"code": "x", "name": "x", "when": example, "award": {"kind": "per_unit", "points": 1}}]}
        parse_file(body, resolve)


def _with(**changes: Any) -> dict[str, Any]:
    rule = {"code": "a", "name": "A", "award": {"kind": "per_amount", "points": "1"}, **changes}
    return {"rules": [{key: value for key, value in rule.items() if value is not ...}]}


def _deep(levels: int) -> dict[str, Any]:
    node: dict[str, Any] = {"field": "sku", "in": ["A"]}
    for _ in range(levels - 1):
        node = {"not": node}
    return node


REFUSED: list[tuple[str, str, Any]] = [
    ("list_expected", "rules", []),
    ("list_expected", "rules", {"rules": []}),
    ("list_expected", "rules[0].when.all", _with(when={"all": {}})),
    ("duplicate_code", "rules", {"rules": _with()["rules"] * 2}),
    ("object_expected", "rules[0]", {"rules": ["a"]}),
    ("unknown_key", "rules[0].wenn", _with(wenn={})),
    ("unknown_key", "rules[0].award.per", _with(award={"kind": "per_unit", "points": 1, "per": 1})),
    ("text_expected", "rules[0].code", _with(code="a b")),
    ("names_expected", "rules[0].name", _with(name={"pl": "A"})),
    ("date_expected", "rules[0].valid_from", _with(valid_from="1.5.2026")),
    ("before_start", "rules[0].valid_until", _with(valid_from="2026-05-02", valid_until="2026-05-01")),
    ("condition_expected", "rules[0].when", _with(when="all")),
    ("condition_expected", "rules[0].when.not.not.not.not.not.not", _with(when=_deep(7))),
    ("empty_any", "rules[0].when.any", _with(when={"any": []})),
    ("unknown_field", "rules[0].when.field", _with(when={"field": "color", "in": ["red"]})),
    ("out_of_range", "rules[0].when.in", _with(when={"field": "weekday", "in": ["Mon"]})),
    ("values_expected", "rules[0].when.in", _with(when={"field": "sku", "in": []})),
    ("unknown_brand", "rules[0].when.in", _with(when={"field": "brand", "in": ["nobody"]})),
    ("unknown_supplier", "rules[0].when.in", _with(when={"field": "supplier", "in": ["nobody"]})),
    ("unknown_award", "rules[0].award.kind", _with(award=...)),
    ("number_expected", "rules[0].award.points", _with(award={"kind": "per_unit"})),
    ("positive_expected", "rules[0].award.points", _with(award={"kind": "per_unit", "points": 0})),
    ("too_generous", "rules[0].award.points", _with(award={"kind": "per_unit", "points": "10000.01"})),
    ("too_generous", "rules[0].award.points", _with(award={"kind": "per_amount", "points": "10.01", "per": "0.01"})),
    ("unknown_each", "rules[0].award.each", _with(award={"kind": "fixed", "points": 1, "each": "month"})),
    ("times_expected", "rules[0].award.times", _with(award={"kind": "multiplier", "times": 1})),
    ("boost_expected", "rules[0].boosts[0]", _with(boosts=[{"times": 2}])),
    ("boosts_not_here", "rules[0].boosts", _with(award={"kind": "multiplier", "times": 2}, boosts=[{}])),
    ("too_many", "rules[0].boosts", _with(boosts=[{}] * 7)),
    ("cap_expected", "rules[0].caps[0]", _with(caps=[{"points": 1, "per": "day"}])),
    ("unknown_cap", "rules[0].caps[0].per", _with(caps=[{"points": 1, "per": "week", "for": "member"}])),
    ("duplicate_cap", "rules[0].caps", _with(caps=[{"points": 1, "per": "day", "for": "member"}] * 2)),
    ("days_expected", "rules[0].matures_after_days", _with(matures_after_days=366)),
    ("too_precise", "rules[0].award.per", _with(award={"kind": "per_amount", "points": 1, "per": "0.001"})),
]


@pytest.mark.parametrize(("reason", "field", "body"), REFUSED, ids=[f"{item[0]} {item[1]}" for item in REFUSED])
def test_refusals_are_those_of_the_guide(reason: str, field: str, body: Any) -> None:
    with pytest.raises(DomainError) as refusal:
        parse_file(body, resolve)
    assert (refusal.value.code, refusal.value.field, refusal.value.data["reason"]) == ("BAD_RULE", field, reason)


def test_the_guide_names_every_refusal() -> None:
    table = (DOCS / "rules.md").read_text("utf-8").split("## Refusals")[1]
    named = {
        name
        for row in table.splitlines()
        if row.startswith("| `")
        for name in re.findall(r"`(\w+)`", row.split("|")[1])
    }
    assert named == {reason for reason, _, _ in REFUSED}
    parse_file(_with(when=_deep(6)), resolve)


def _reward(name: str, *, fixed: tuple[int, ...] = (), low: int = 0, high: int = 0) -> RewardRow:
    rows = tuple(DenominationRow(Decimal(amount), "PLN", Points(amount * 80)) for amount in fixed)
    return RewardRow(
        id=uuid5(_SPACE, name), name=name, brand_name=name, description="", category="", kind="FIXED" if fixed else "RANGE",
        currency="PLN", denominations=rows, minimum=None if fixed else Decimal(low),
        maximum=None if fixed else Decimal(high), points_per_unit=Points(80),
        from_points=Points((min(fixed) if fixed else low) * 80), validity_days=365, color="#444444",
    )  # fmt: skip


def test_wishes_are_affordable_and_repeat() -> None:
    shop = [_reward("fuel", fixed=(50, 100)), _reward("tools", low=10, high=300)]
    earned = {f"C-{index:03d}": Points(index * 1500) for index in range(60)}
    found = ordering.wishes(slug="x", earned=earned, shop=shop, always=frozenset({"C-001", "C-059"}))
    assert found == ordering.wishes(
        slug="x", earned=dict(reversed(earned.items())), shop=shop, always=frozenset({"C-001", "C-059"})
    )
    assert len({wish.code for wish in found}) >= ordering.BUYERS
    assert found[0].code == "C-059"
    assert len({wish.key for wish in found}) == len(found)
    spent: dict[str, int] = {}
    for wish in found:
        assert wish.face_value in (50, 100) or wish.face_value % 10 == 0
        spent[wish.code] = spent.get(wish.code, 0) + int(wish.face_value * 80)
        assert 8 <= len(wish.key) <= 80
    assert all(units <= earned[code].units * 0.8 for code, units in spent.items())
