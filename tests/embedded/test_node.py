"""The bundled Node: npm and its scripts run with it, whatever else is on PATH."""

import json
import subprocess
from pathlib import Path

import pytest

from kolektor.embedded import node


def test_npm_scripts_find_the_bundled_programs(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scripts = {"outer": "npm run --silent inner && npx --version", "inner": "node -p process.execPath"}
    (tmp_path / "package.json").write_text(json.dumps({"name": "probe", "scripts": scripts}))
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    done = subprocess.run(
        [*node.npm_command(), "run", "--silent", "outer"],
        cwd=tmp_path,
        env=node.environment(home),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    program, version = done.stdout.split()
    assert program == str(node.node())
    assert version[0].isdigit()
    assert node.environment(home) == node.environment(home)
