"""Chromium of the machine, contexts that remember a sign-in, and a watcher that hears every complaint of a page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, expect

from kolektor.identity.second_factor import current_code
from tests.e2e.demo_process import SignIn
from tests.e2e.words import Language, words

# An order or an import is asked for every second or two; a busy machine doubles that.
expect.set_options(timeout=15_000)
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
LAUNCH: dict[str, Any] = {
    "args": [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ],
}  # fmt: skip
_READY = """async () => {
  await document.fonts.ready;
  // a color that is inherited passes down one element a frame: each ends its own transition, then the next one begins
  for (let quiet = 0; quiet < 3; ) {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const passing = document.getAnimations().filter((each) => each.effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(passing.map((each) => each.finished));
    quiet = passing.length === 0 ? quiet + 1 : 0;
  }
}"""
_SCHEME = """() => {
  const { dataset, style } = document.documentElement;
  const shown = dataset.mantineColorScheme;
  const wished = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  // the brand's type comes after the first figures
  return !shown || (shown === wished && style.getPropertyValue('--k-type') !== '');
}"""
_SPEAK = """async (language) => {
  const session = await (await fetch('/session')).json();
  const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': session.csrfToken };
  return (await fetch('/session/language', { method: 'POST', headers, body: JSON.stringify({ language }) })).status;
}"""
_GRAPHQL = """async ([path, query, variables]) => {
  const session = await (await fetch('/session')).json();
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-CSRFToken': session.csrfToken },
    body: JSON.stringify({ query, variables }),
  });
  return { status: answer.status, body: await answer.json() };
}"""


def chromium() -> str | None:
    """Path of Debian's Chromium (or of Chrome), if there is one."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@dataclass
class Watcher:
    """Hears console errors, uncaught errors and failed requests of a context; all but the expected ones are troubles."""

    troubles: list[str] = field(default_factory=list)
    _expected: list[re.Pattern[str]] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self._hear(f"uncaught: {error.error}"))
        context.on("requestfailed", self._request)

    def expect(self, pattern: str) -> None:
        """The test provokes this complaint (text and address are searched)."""
        self._expected.append(re.compile(pattern))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._hear(f"console: {message.text} {message.location.get('url', '')}")

    def _request(self, request: Request) -> None:
        # a navigation or an unmounted view abandons what it no longer needs
        if request.failure != "net::ERR_ABORTED":
            self._hear(f"request: {request.failure} {request.method} {request.url}")

    def _hear(self, trouble: str) -> None:
        if not any(pattern.search(trouble) for pattern in self._expected):
            self.troubles.append(trouble)


def fill_sign_in(page: Page, email: str, password: str, language: Language = "pl") -> None:
    """Choose the password at the sign-in form, type and send it."""
    say = words(language)
    other = page.get_by_role("button", name=say("Use a password instead"))
    expect(other.or_(page.get_by_label(say("Password"), exact=True))).to_be_visible()
    if other.is_visible():
        other.click()
    page.get_by_label(say("E-mail")).fill(email)
    page.get_by_label(say("Password"), exact=True).fill(password)
    page.get_by_role("button", name=say("Sign in"), exact=True).click()


def fill_factor(page: Page, secret: str, language: Language = "pl") -> None:
    """Type what the app shows; a neighbor of it where the present code was used already."""
    field = page.get_by_label(words(language)("Code from the app"))
    for offset in (0, -1, 1):
        expect(field).to_be_editable()
        field.fill(current_code(secret, offset=offset))
        refused = page.get_by_role("alert").filter(has_text=re.compile(r"\S"))
        page.wait_for_function(
            "() => !document.querySelector('input[name=code]') || document.querySelector('#sign-in-error')"
        )
        if not refused.is_visible():
            return
    raise AssertionError("three codes of the app were used within a minute")


def sign_in(page: Page, id_host: str, who: SignIn, language: Language = "pl") -> None:
    """Sign in at the `id.` host, with the second factor if there is one, and see the programs."""
    page.goto(id_host)
    fill_sign_in(page, who.email, who.password, language)
    if who.second_factor:
        fill_factor(page, who.second_factor, language)
    # the programs may come in another language than the form: the person's own
    expect(page.locator("main h1 + p")).to_contain_text(who.email)


def enter(page: Page, host: str, path: str = "/") -> None:
    """Open a page of a wholesaler or of headquarters, by way of the sign-on, where this browser is known."""
    page.goto(f"{host}/auth/login?next={path}")
    page.wait_for_url(f"{host}{path}*")
    settle(page)


def settle(page: Page) -> None:
    """Wait until everything that the page asked for has come and is drawn."""
    expect(page.locator("main").first).to_be_visible()
    expect(page.locator('[aria-busy="true"], .mantine-Skeleton-root')).to_have_count(0)
    still(page)


def still(page: Page) -> None:
    """Wait until the wished color scheme and the brand's type are on, and nothing slides or fades any more."""
    page.wait_for_function(_SCHEME)
    page.evaluate(_READY)


def graphql(page: Page, path: str, query: str, variables: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Ask the page's own host with the page's own session. Returns `{"status", "body"}`."""
    answer: dict[str, Any] = page.evaluate(_GRAPHQL, [path, query, dict(variables or {})])
    return answer


def speak(page: Page, language: Language) -> None:
    """Choose the language of the person who is signed in at the page's host, without the page's help."""
    assert page.evaluate(_SPEAK, language) == 200


def figure(text: str | None) -> Decimal:
    """The number in a Polish or English text such as `1 234,50 krople`, `-12`, `1,234.50`."""
    found = re.search(r"[-−]?\d[\d\s,.]*", text or "")
    assert found, f"no number in {text!r}"
    digits = re.sub(r"\s", "", found[0]).replace("−", "-").rstrip(",.")
    if "," in digits and "." in digits:
        digits = digits.replace(",", "")
    return Decimal(digits.replace(",", "."))


def balance(page: Page) -> Decimal:
    """The member's available points, as the server has them; the home must come to show the same."""
    answer = graphql(page, "/graphql/member", "{ balance { available } }")
    value = Decimal(answer["body"]["data"]["balance"]["available"])
    expect(page.get_by_test_id("balance-available")).to_have_text(polish(value))
    return value


def polish(value: Decimal) -> str:
    """As the front end writes points: `1 234,50`, whole ones `1 234`."""
    digits = 0 if value == value.to_integral_value() else 2
    return f"{value:,.{digits}f}".replace(",", " ").replace(".", ",")
