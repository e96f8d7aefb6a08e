"""Counts that suites report at the end of a run, summed over xdist's workers."""

from __future__ import annotations

from collections import Counter
from typing import Any

TALLIES: dict[str, Counter[str]] = {}


def count(suite: str, what: str) -> None:
    """One more case of a kind."""
    TALLIES.setdefault(suite, Counter())[what] += 1


class Reporter:
    """A pytest plugin: workers send their counts, the controller prints the sums."""

    def pytest_sessionfinish(self, session: Any) -> None:
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            output["tallies"] = {suite: dict(counts) for suite, counts in TALLIES.items()}

    def pytest_testnodedown(self, node: Any) -> None:
        for suite, counts in getattr(node, "workeroutput", {}).get("tallies", {}).items():
            TALLIES.setdefault(suite, Counter()).update(counts)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        for suite, counts in sorted(TALLIES.items()):
            kinds = ", ".join(f"{number} {what}" for what, number in sorted(counts.items()))
            terminalreporter.write_line(f"{suite}: {sum(counts.values())} cases tried: {kinds}")
