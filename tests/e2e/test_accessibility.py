"""axe finds nothing: every screen with the demo's data, every dialog opened, both widths, both languages, light and dark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e import walks
from tests.e2e.browsing import DESK, PHONE, Watcher, speak, still
from tests.e2e.conftest import Visit
from tests.e2e.demo_process import Demo
from tests.e2e.today import today
from tests.e2e.words import Language, words

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The document is the same in both schemes; what can differ is color.
_ALL = {"runOnly": {"type": "tag", "values": STANDARD}, "resultTypes": ["violations"]}
_COLORS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
SIZES = {"390": PHONE, "1440": DESK}
WALKS: dict[str, Callable[[walks.Walk], None]] = {
    "signed-out": walks.signed_out,
    "member": walks.member,
    "console": lambda walk: walks.console(walk, today()),
    "headquarters": walks.headquarters,
}


class Inspector:
    """Runs axe in light and dark on each screen that a walk shows it; only in light if told so."""

    def __init__(self, page: Page, *, schemes: tuple[str, ...] = ("light", "dark")) -> None:
        self.page = page
        self.schemes = schemes
        self.axe = Axe()
        self.seen: Counter[str] = Counter()
        self.violations: list[str] = []

    def see(self, name: str) -> None:
        self.seen[name] += 1
        for scheme, options in (("light", _ALL), ("dark", _COLORS)):
            if scheme not in self.schemes:
                continue
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            still(self.page)
            found = self.axe.run(self.page, options=options).response["violations"]
            self.violations += [f"{name}, {scheme}: {_describe(violation)}" for violation in found]
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")


def _describe(violation: dict[str, list[dict[str, str]]]) -> str:
    places = "; ".join(f"{node['html'][:160]} ({node.get('failureSummary', '')})" for node in violation["nodes"][:3])
    return f"{violation['id']}: {places}"


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("who", ["signed-out", "member", "console", "headquarters"])
def test_no_violation_on_any_screen(
    who: str, width: str, language: Language, visit: Visit, demo: Demo, watcher: Watcher
) -> None:
    watcher.expect(r"status of 400 .*/auth/password")
    watcher.expect(r"status of 404 .*(//nikt\.|/nothing-here)")
    watcher.expect(r"status of 403 .*/graphql/")
    person = walks.walkers(demo)[who]
    page = visit(person, size=SIZES[width], language=language)
    # what differs in dark is colors, and colors are the same in both languages
    inspector = Inspector(page, schemes=("light", "dark") if language == "pl" else ("light",))
    walk = walks.Walk(page, demo, words(language), inspector.see)
    with spoken(page, demo, language) if person is not None else nullcontext():
        WALKS[who](walk)
    assert inspector.seen
    assert inspector.violations == []


@contextmanager
def spoken(page: Page, demo: Demo, language: Language) -> Iterator[None]:
    """The signed-in person's screens in this language; Polish again afterwards, as the demo has them."""
    page.goto(demo.host("id"))
    speak(page, language)
    yield
    page.goto(demo.host("id"))
    speak(page, "pl")
