"""Rounds, ratios and the table: ours beside its reference in the same round, the order reversed every other round."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any


@dataclass
class Row:
    """One line of the table. `higher_is_better`: ours ÷ reference must reach `must`; otherwise it must stay below."""

    code: str
    what: str
    reference: str
    unit: str
    must: float
    aim: float
    higher_is_better: bool = True
    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def ratios(self) -> list[float]:
        """Ours ÷ reference of each round."""
        return [mine / other for mine, other in zip(self.ours, self.theirs, strict=True)]

    @property
    def met(self) -> bool:
        """Whether the median of the ratios is what the design asks for."""
        found = median(self.ratios)
        return found >= self.must if self.higher_is_better else found <= self.must


@dataclass(frozen=True)
class Reported:
    """A row that has no reference: something must hold, and a figure is told."""

    code: str
    what: str
    found: str
    must: str
    aim: str
    met: bool


@dataclass(frozen=True)
class NotYet:
    """A row of the design that cannot be measured yet, and why."""

    code: str
    why: str


def compare(row: Row, ours: Callable[[], float], theirs: Callable[[], float], *, rounds: int) -> Row:
    """Measure both in every round; who goes first alternates."""
    for number in range(rounds):
        if number % 2:
            other = theirs()
            mine = ours()
        else:
            mine = ours()
            other = theirs()
        row.ours.append(mine)
        row.theirs.append(other)
        say(
            f"  {row.code} round {number + 1}/{rounds}: {mine:.1f} against {other:.1f} {row.unit}: {mine / other:.2f} ×"
        )
    return row


def say(text: str) -> None:
    """Progress, at once."""
    print(text, flush=True)


def table(rows: list[Row], missing: list[NotYet], reported: Sequence[Reported] = ()) -> str:
    """The rows as Markdown: median of same-round ratios, smallest and largest, what is asked for."""
    lines = [
        "| row | what | against | ratio: median (min – max) | must | aim | |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        found, sign = row.ratios, "≥" if row.higher_is_better else "≤"
        lines.append(
            f"| {row.code} | {row.what} | {row.reference} | **{median(found):.2f} ×** ({min(found):.2f} – {max(found):.2f})"
            f" | {sign} {row.must:g} × | {row.aim:g} × | {'met' if row.met else 'MISSED'} |"
        )
    lines.extend(
        f"| {item.code} | {item.what} | | **{item.found}** | {item.must} | {item.aim} | {'met' if item.met else 'MISSED'} |"
        for item in reported
    )
    lines.extend(f"| {item.code} | n/a | | {item.why} | | | |" for item in missing)
    return "\n".join(lines)


def write_json(
    path: Path, rows: list[Row], missing: list[NotYet], about: dict[str, Any], reported: Sequence[Reported] = ()
) -> None:
    """Every round's figures, for a machine to read."""
    body = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "about": about,
        "rows": [{**asdict(row), "ratios": row.ratios, "median": median(row.ratios), "met": row.met} for row in rows],
        "reported": [asdict(item) for item in reported],
        "not_applicable": [asdict(item) for item in missing],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(body, indent=2, ensure_ascii=False) + "\n", "utf-8")
