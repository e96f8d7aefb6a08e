"""Stopping and starting again keeps everything; what is missing is said loudly."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.browsing import Watcher, balance, enter
from tests.e2e.conftest import Visit
from tests.e2e.demo_process import CHECKOUT, Demo, environment, free_port, new_demo, processes_of

# What kolektor needs to start; the front end is only served, later.
PARTS = ("platform", "tenants", "catalog", "integrations", "pyproject.toml")
# The promise is 15 s on a machine that does nothing else; a test run shares it.
SECOND_START_SECONDS = 60.0


def test_a_second_start_finds_everything_as_it_was(visit: Visit, demo: Demo, watcher: Watcher) -> None:
    # the app keeps its files for offline use in the background, also while the server goes away
    watcher.expect("ERR_CONNECTION_REFUSED")
    hosts = [demo.host("bystrzyk"), demo.host("zarzewie")]
    page = visit(demo.installer)
    before = []
    for host in hosts:
        enter(page, host)
        before.append(balance(page))
    assert demo.stop() == 0
    assert processes_of(demo.home) == []
    began = time.monotonic()
    demo.start()
    assert time.monotonic() - began < SECOND_START_SECONDS
    # the same browser is still signed in: sessions are kept, too
    after = []
    for host in hosts:
        page.goto(f"{host}/")
        expect(page.get_by_test_id("balance-available")).to_be_visible()
        after.append(balance(page))
    assert after == before


def test_without_the_sandbox_partner_the_demo_fails_loudly(tmp_path: Path) -> None:
    for part in PARTS:
        source = CHECKOUT / part
        if source.is_dir():
            shutil.copytree(source, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "sandbox"))
        else:
            shutil.copy(source, tmp_path / part)
    assert not (tmp_path / "integrations" / "sandbox").exists()
    home = new_demo()
    path = os.pathsep.join([str(tmp_path / "platform"), str(tmp_path)])
    try:
        done = subprocess.run(
            [sys.executable, "-c", "from kolektor.cli.main import main; main()", "demo", "--port", str(free_port())],
            cwd=tmp_path, env={**environment(home.home), "PYTHONPATH": path}, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=180, check=False,
        )  # fmt: skip
        assert done.returncode not in {0, -9}
        (sentence,) = (line for line in done.stderr.splitlines() if line.startswith("The demo cannot run: "))
        assert "sandbox" in sentence
        assert processes_of(home.home) == []
    finally:
        home.remove()
