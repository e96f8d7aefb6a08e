"""Planted faults: small changes of the SQL functions and of what compiles rules to SQL. Every one must be noticed."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

from django.db import connection

from tests.shared_data import CHECKOUT

CORRECTIONS = "tenants/rules/sql/corrections.sql"
LIMITS = "tenants/rules/sql/limits.sql"
FUNCTIONS = "tenants/rules/sql/functions.sql"
COMMANDS = "tenants/ledger/sql/commands.sql"
LIFECYCLE = "tenants/ledger/sql/lifecycle.sql"
COMPILER = "tenants/rules/compiler.py"
GRANTING = "tenants/rules/granting.py"
AWARDING = "tenants/rules/awarding.py"


@dataclass(frozen=True)
class Mutant:
    """One fault: what stands in the file, and what stands there instead. `hint` is a story that is known to notice it:
    tried first, to save time.
    """

    name: str
    file: str
    old: str
    new: str
    hint: int | None = None

    @property
    def text(self) -> str:
        """The whole file with the fault in it."""
        text = (CHECKOUT / self.file).read_text("utf-8")
        assert text.count(self.old) >= 1, f"{self.name}: {self.file} no longer holds {self.old!r}"
        return text.replace(self.old, self.new, 1)


MUTANTS = [
    Mutant("rounding is always half-up", FUNCTIONS, "p_mode = 'half_even'", "p_mode = 'half_never'"),
    Mutant(
        "a full return leaves something", CORRECTIONS, "greatest(0, p_left), p_whole", "greatest(1, p_left), p_whole"
    ),
    Mutant("what is left may be negative", CORRECTIONS, "/ 100 * greatest(0, p_left)", "/ 100 * p_left"),
    # a return of two thirds and corrections that leave exactly half a unit: found by an hour of stories
    Mutant(
        "quotients have few places",
        CORRECTIONS,
        "round(p_dividend, 60) / p_divisor",
        "p_dividend / p_divisor",
        hint=2759791886,
    ),
    Mutant(
        "a fixed award is lost by any correction",
        CORRECTIONS,
        "WHEN 'fixed_line.1' THEN CASE WHEN rules_snapped(p_left) > 0",
        "WHEN 'fixed_line.1' THEN CASE WHEN p_left >= p_whole",
    ),
    Mutant(
        "a document's threshold is forgotten",
        CORRECTIONS,
        "rules_snapped(p_left) >= coalesce((p_inputs ->> 'least')::numeric, 0)",
        "p_left >= 0",
        hint=767950141,
    ),
    Mutant(
        "units are measured by value",
        CORRECTIONS,
        "WHEN 'per_unit.1' THEN p_quantity",
        "WHEN 'per_unit.1' THEN p_value",
    ),
    Mutant(
        "pairs count by value",
        CORRECTIONS,
        "WHEN ch.pair OR l.value = 0 THEN ch.quantity",
        "WHEN l.value = 0 THEN ch.quantity",
        hint=291860187,
    ),
    Mutant(
        "before-states are added", CORRECTIONS, "CASE WHEN c.before THEN -c.quantity ELSE c.quantity END", "c.quantity"
    ),
    Mutant(
        "a return gives nothing back",
        CORRECTIONS,
        "-sum(t.quantity) * s.value, s.quantity",
        "0 * s.value, s.quantity",
    ),
    Mutant(
        "returns are not looked for",
        CORRECTIONS,
        "WHERE t.sold_id = ANY(p_lines) AND d.reverted_at IS NULL",
        "WHERE false AND d.reverted_at IS NULL",
    ),
    Mutant(
        "only the last correction counts",
        CORRECTIONS,
        "sum(s.change) OVER (PARTITION BY a.id ORDER BY s.accept_seq)",
        "s.change",
    ),
    Mutant(
        "a correction is counted from the start",
        CORRECTIONS,
        "c.whole + c.changed - c.change, p_mode) AS wanted",
        "c.whole, p_mode) AS wanted",
    ),
    Mutant(
        "limited awards are not decided again",
        CORRECTIONS,
        "FROM priced p WHERE rules_limited(p.spec)",
        "FROM priced p WHERE false",
    ),
    Mutant(
        "lines of one document's award are forgotten",
        CORRECTIONS,
        "SELECT id FROM touched\n  UNION SELECT part.id::bigint",
        "SELECT id FROM touched\n  UNION SELECT part.id::bigint * 0",
        hint=1473874933,
    ),
    Mutant(
        "a reverted correction still counts",
        CORRECTIONS,
        "d.kind IN ('correction', 'settlement_correction') AND d.reverted_at IS NULL",
        "d.kind IN ('correction', 'settlement_correction')",
    ),
    Mutant(
        "reverting forgets what was taken back before",
        CORRECTIONS,
        "a.units + coalesce((SELECT sum(x.units) FROM rules_awardline x WHERE x.adjusts_id = a.id), 0) AS given",
        "a.units AS given",
    ),
    Mutant(
        "reverting gives nothing back",
        CORRECTIONS,
        "WHERE NOT a.document_id = ANY(p_documents)\n      GROUP BY",
        "WHERE false\n      GROUP BY",
    ),
    Mutant("a freed cap goes to nobody", LIMITS, "v_family := ARRAY(", "v_family := p_awards; PERFORM ARRAY("),
    Mutant(
        "a cap counts only once it is corrected by its last lines",
        LIMITS,
        "PARTITION BY owner, period ORDER BY award_id)",
        "PARTITION BY owner, period ORDER BY award_id DESC)",
    ),
    Mutant(
        "firms are capped as members",
        LIMITS,
        "CASE v_caps -> (v_stage - 1) ->> 'for' WHEN 'member' THEN l.member_id ELSE l.firm_key END AS owner,",
        "l.member_id AS owner,",
        hint=3269581508,
    ),
    Mutant(
        "usage is not brought up to date",
        LIMITS,
        "UPDATE rules_capusage u SET units = s.units FROM (",
        "UPDATE rules_capusage u SET units = u.units FROM (",
    ),
    Mutant("a budget gets nothing back", LIMITS, "v_room := v_room + v_freed;", "v_room := v_room;", hint=694443915),
    Mutant(
        "a budget's spending is not kept",
        LIMITS,
        "u SET units = u.units + s.units FROM (SELECT sum(grants - granted)",
        "u SET units = u.units FROM (SELECT sum(grants - granted)",
    ),
    Mutant(
        "a freed budget is given to who was cut",
        LIMITS,
        "greatest(0, now_reached - r.reached)",
        "greatest(0, now_reached - least(granted, now_reached))",
        hint=1045716987,
    ),
    Mutant(
        "quarters are years",
        LIMITS,
        "ELSE date_trunc(p_per, p_day::timestamp)::date",
        "ELSE date_trunc(CASE p_per WHEN 'quarter' THEN 'year' ELSE p_per END, p_day::timestamp)::date",
        hint=2749055596,
    ),
    Mutant("ever is a day", LIMITS, "WHEN 'ever' THEN DATE '0001-01-01'", "WHEN 'ever' THEN p_day"),
    Mutant("the first line passes a used-up cap", GRANTING, "{limit} - coalesce(u.units, 0)", "{limit}"),
    Mutant(
        "a run's lines do not see each other",
        GRANTING,
        "- (sum(p.{asked}) OVER (PARTITION BY {owner}, {period} ORDER BY p.award_id) - p.{asked})",
        "- 0",
    ),
    Mutant("usage starts anew with each run", GRANTING, "rules_capusage.units + EXCLUDED.units", "EXCLUDED.units"),
    Mutant("lines are limited in any order", GRANTING, "ORDER BY d.accept_seq, s.line_id", "ORDER BY s.line_id DESC"),
    Mutant("what was asked is not kept", GRANTING, "nullif(asked, {granted})", "NULL::bigint"),
    Mutant(
        "the worst boost is taken",
        COMPILER,
        'key=lambda boost: Decimal(boost["times"]), reverse=True',
        'key=lambda boost: Decimal(boost["times"])',
    ),
    Mutant("boosts are left out", COMPILER, "points = points * times", "points = points * 1"),
    Mutant(
        "the last day is left out", COMPILER, "sale_date__lte=version.valid_until", "sale_date__lt=version.valid_until"
    ),
    Mutant("weeks start on Sunday", COMPILER, '"sale_date__iso_week_day"', '"sale_date__week_day"'),
    Mutant("at least is more than", COMPILER, '__gte": Decimal(node', '__gt": Decimal(node'),
    Mutant("multipliers multiply each other", COMPILER, '.exclude(template="multiplier.1")', ""),
    Mutant("multipliers count what was given", COMPILER, 'Sum(Coalesce("wanted", "units"))', 'Sum("units")'),
    Mutant(
        "multipliers give it all again",
        COMPILER,
        'Decimal(spec["award"]["times"]) - 1',
        'Decimal(spec["award"]["times"])',
    ),
    Mutant(
        "corrections give documents' awards",
        COMPILER,
        "rows.filter(document__kind__in=AWARDED_KINDS)",
        "rows",
    ),
    Mutant("a document's award waits for a second line", COMPILER, "place=1, base__gte=", "place=2, base__gte="),
    Mutant("multipliers run first", AWARDING, '== "multiplier")', '!= "multiplier")'),
    Mutant(
        "late awards do not hear of corrections",
        AWARDING,
        "run.adjust(speaking, only_new=True)",
        "run.adjust([], only_new=True)",
        hint=3543660517,
    ),
    Mutant(
        "late awards come twice",
        AWARDING,
        'fresh = lines.filter(pk__in=line_ids).exclude(Exists(given.filter(line=OuterRef("pk"))))',
        "fresh = lines.filter(pk__in=line_ids)",
    ),
    Mutant("sales do not wait for what corrections free", AWARDING, "if awards and changed:", "if False:"),
    Mutant(
        "what matures stays where it was",
        LIFECYCLE,
        "DELETE FROM ledger_lotbalance b USING due d",
        "DELETE FROM ledger_lotbalance b USING due d WHERE false AND d.lot_id = b.lot_id --",
    ),
]


@contextmanager
def planted(mutant: Mutant) -> Iterator[None]:
    """The fault in force. SQL is replaced in the caller's transaction, which must be rolled back."""
    if mutant.file.endswith(".sql"):
        text = mutant.text
        if mutant.file == FUNCTIONS:  # what stands there besides rules_units is made once
            text = text[: text.index("$$;") + 3].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
        with connection.cursor() as cursor:
            cursor.execute(text.replace("%", "%%"), [])
        yield
        return
    with _module(mutant):
        yield


@contextmanager
def _module(mutant: Mutant) -> Iterator[None]:
    """A module of ours with other code. Who imported from it, or was made of it, uses the other code meanwhile."""
    name = mutant.file.removesuffix(".py").replace("/", ".")
    original = importlib.import_module(name)
    changed = ModuleType(name)
    changed.__file__ = original.__file__
    exec(compile(mutant.text, str(Path(mutant.file)), "exec"), changed.__dict__)
    awarding = sys.modules["tenants.rules.awarding"]
    if mutant.file == AWARDING:
        with (
            patch.object(awarding.RuleAwarder, "award", changed.RuleAwarder.award),
            patch.object(awarding.RuleAwarder, "award_lines", changed.RuleAwarder.award_lines),
        ):
            yield
        return
    shared = [key for key in ("insert_awards", "compiled", "awardable") if hasattr(changed, key)]
    with patch.multiple(awarding, **{key: getattr(changed, key) for key in shared}):
        yield
