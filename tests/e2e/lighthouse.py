"""Lighthouse on the member's home of the demo, signed in: `make lighthouse`.

    python tests/e2e/lighthouse.py [--runs 5] [--desktop] [--into FOLDER]

Lighthouse's own phone with its simulated slow network by default. Prints each category's median, minimum and maximum, and what
kept an audit from passing. Fetches Lighthouse with npm; it is no dependency of the front end.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import expect, sync_playwright

from kolektor.embedded import node
from kolektor.embedded.home import state_home
from tests.e2e.browsing import LAUNCH, chromium, enter, sign_in
from tests.e2e.demo_process import Demo, free_port
from tests.e2e.screens import running
from tests.support.polling import wait_for

LIGHTHOUSE = "lighthouse@13.5.0"
CATEGORIES = ("performance", "accessibility", "best-practices")


def main(arguments: list[str] | None = None) -> int:
    """Measure, and say what was found. Returns 1 when a category misses what the design asks of it."""
    parser = argparse.ArgumentParser(prog="make lighthouse", description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--desktop", action="store_true", help="a desk instead of a phone")
    parser.add_argument("--into", type=Path, help="a folder for Lighthouse's own reports, as JSON")
    options = parser.parse_args(arguments)
    with running() as demo, tempfile.TemporaryDirectory() as profile, browser(Path(profile)) as port:
        host = signed_in(demo, port)
        reports = [ask(f"{host}/", port, desktop=options.desktop) for _ in range(options.runs)]
    for number, report in enumerate(reports if options.into else []):
        options.into.mkdir(parents=True, exist_ok=True)
        (options.into / f"lighthouse-{number}.json").write_text(json.dumps(report), "utf-8")
    return say(reports)


@contextmanager
def browser(profile: Path) -> Iterator[int]:
    """Chromium with a debugging port of the loopback interface, which both Playwright and Lighthouse use."""
    program = chromium()
    if program is None:
        sys.exit("Chromium is missing: apt-get install chromium")
    port = free_port()
    command = [
        program, "--headless=new", "--lang=pl", "--accept-lang=pl", f"--remote-debugging-port={port}",
        f"--user-data-dir={profile}", *LAUNCH["args"],
    ]  # fmt: skip
    nothing = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing)
    try:
        wait_for("Chromium", lambda: _answers(port), seconds=60)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/json/version", trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def signed_in(demo: Demo, port: int) -> str:
    """Sign the demo's installer in, in the browser's own context. Returns the wholesaler's address."""
    host = demo.host("bystrzyk")
    with sync_playwright() as playwright:
        page = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}").contexts[0].new_page()
        sign_in(page, demo.host("id"), demo.installer)
        enter(page, host)
        expect(page.get_by_test_id("balance-available")).to_be_visible()
        page.close()
    return host


def ask(address: str, port: int, *, desktop: bool) -> dict[str, Any]:
    """One run. Raises CalledProcessError when Lighthouse fails."""
    command = [
        *node.npm_command(), "exec", "--yes", LIGHTHOUSE, "--", address, f"--port={port}", "--output=json", "--quiet",
        f"--only-categories={','.join(CATEGORIES)}", *(["--preset=desktop"] if desktop else []),
    ]  # fmt: skip
    done = subprocess.run(
        command,
        env=node.environment(state_home()),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        text=True,
    )
    report: dict[str, Any] = json.loads(done.stdout[done.stdout.index("{") :])
    # who is sent to the sign-on would measure another page
    assert report["finalDisplayedUrl"] == address, report["finalDisplayedUrl"]
    return report


def say(reports: list[dict[str, Any]]) -> int:
    """Print the figures. Returns 1 when the median of performance is below 90 or another category's below 100."""
    missed = 0
    for category in CATEGORIES:
        scores = [round(100 * report["categories"][category]["score"]) for report in reports]
        wanted = 90 if category == "performance" else 100
        middle = statistics.median(scores)
        missed |= middle < wanted
        sys.stdout.write(f"{category}: {middle:g} ({min(scores)} - {max(scores)}), must {wanted}\n")
    last = reports[-1]
    for audit in last["audits"].values():
        if audit["score"] is not None and audit["score"] < 0.9:
            sys.stdout.write(f"- {audit['id']}: {audit.get('displayValue') or audit['title']}\n")
    return missed


if __name__ == "__main__":
    sys.exit(main())
