"""Browser tests: one demo network for all, one Chromium, a context per visit.

- `demo`: started once with `kolektor demo --json`; interrupted in the end, and nothing of it may be left.
- `visit`: opens a page as somebody, at a width, in a language; the test fails on any console error, uncaught error or
  failed request. `watcher.expect(...)` names those that a test provokes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize

from tests.e2e.browsing import LAUNCH, PHONE, Watcher, chromium, sign_in
from tests.e2e.demo_process import Demo, SignIn, new_demo, processes_of
from tests.e2e.words import Language

LOCALES = {"pl": "pl-PL", "en": "en-GB"}


class Visit(Protocol):
    """Opens a new browser context and returns its first page. With `who`, that person is signed in at `id.`."""

    def __call__(
        self,
        who: SignIn | None = None,
        *,
        size: dict[str, int] = PHONE,
        language: Language = "pl",
        scheme: str = "light",
    ) -> Page: ...


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's Chromium: nothing is downloaded."""
    path = chromium()
    if path is None:
        message = "The browser tests need Chromium: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(message, pytrace=False)
        pytest.skip(message)
    return {**browser_type_launch_args, **LAUNCH, "executable_path": path}


@pytest.fixture(scope="session")
def demo(browser_type_launch_args: dict[str, Any]) -> Iterator[Demo]:
    """The running demo network."""
    running = new_demo()
    try:
        running.start()
        yield running
        assert running.stop() == 0
        assert processes_of(running.home) == []
    finally:
        if running.process is not None:
            running.stop()
        running.remove()


@pytest.fixture(scope="session")
def sessions() -> dict[str, Any]:
    """Cookies of who has signed in, by e-mail. A test that ends somebody's session takes its entry out."""
    return {}


@pytest.fixture
def watcher() -> Iterator[Watcher]:
    """What the pages of this test complain about; must be nothing."""
    heard = Watcher()
    yield heard
    assert heard.troubles == []


@pytest.fixture
def visit(new_context: Callable[..., BrowserContext], demo: Demo, sessions: dict[str, Any], watcher: Watcher) -> Visit:
    def open_page(
        who: SignIn | None = None, *, size: dict[str, int] = PHONE, language: Language = "pl", scheme: str = "light"
    ) -> Page:
        options: dict[str, Any] = {
            "viewport": ViewportSize(width=size["width"], height=size["height"]),
            "locale": LOCALES[language],
            "timezone_id": "Europe/Warsaw",
            "color_scheme": scheme,
            "reduced_motion": "reduce",
            "has_touch": size is PHONE,
        }
        known = who is not None and who.email in sessions
        if who is not None and known:
            options["storage_state"] = sessions[who.email]
        context = new_context(**options)
        watcher.watch(context)
        page = context.new_page()
        if who is not None and not known:
            sign_in(page, demo.host("id"), who, language)
            sessions[who.email] = context.storage_state()
        return page

    return open_page
