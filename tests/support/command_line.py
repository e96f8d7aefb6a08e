"""The `kolektor` command as a process of its own, on a database of the test's choosing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.shared_data import CHECKOUT

KOLEKTOR = str(Path(sys.executable).with_name("kolektor"))


def start(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    """Start the command; the caller waits for it."""
    return subprocess.Popen(
        [KOLEKTOR, *arguments],
        cwd=CHECKOUT,
        env={**os.environ, "LOG_LEVEL": "ERROR", **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(*arguments: str, **environment: str) -> Any:
    """Run the command to its end; has `returncode`, `stdout` and `stderr`."""
    process = start(*arguments, **environment)
    stdout, stderr = process.communicate(timeout=180)
    return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)
