"""Every code that anybody may be told has a sentence in Polish and in English."""

from __future__ import annotations

import re
from pathlib import Path

from kolektor.api.kits import CONSOLE, MEMBER, NETWORK
from kolektor.api.texts import known_codes, text

ROOT = Path(__file__).resolve().parents[2]
# told to programs, not to people
TECHNICAL = {"NO_ORIGINAL"}
RAISED = re.compile(r'(?:DomainError|_bad)\(\s*"([A-Z][A-Z_]+)"')
RECORDED = re.compile(r'audit\.record\(\s*action=f?"([a-z_.{}()]+)"')


def sources() -> list[Path]:
    return [path for folder in ("platform/kolektor", "tenants", "catalog") for path in (ROOT / folder).rglob("*.py")]


def test_every_raised_code_has_both_sentences() -> None:
    raised = {code for path in sources() for code in RAISED.findall(path.read_text("utf-8"))}
    assert len(raised) > 25
    assert raised - known_codes() - TECHNICAL == set()
    for code in raised - TECHNICAL:
        polish, english = text(code, {}, "pl"), text(code, {}, "en")
        assert polish != code
        assert english != code
        assert polish != english


def test_every_declared_mutation_error_has_a_sentence() -> None:
    for kit in (MEMBER, CONSOLE, NETWORK):
        for mutation in kit.mutations.values():
            assert set(mutation.error_codes) <= known_codes()


def test_timeline_entries_that_people_read_have_sentences() -> None:
    for action in ("placed", "issuing", "unknown", "fulfilled", "failed"):
        assert f"timeline.order.{action}" in known_codes()
    recorded = {
        action
        for path in sources()
        for action in RECORDED.findall(path.read_text("utf-8"))
        if action.startswith(("order.", "import.", "voucher.")) and "{" not in action
    }
    assert len(recorded) > 5
    assert {f"timeline.{action}" for action in recorded} <= known_codes()
