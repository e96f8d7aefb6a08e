"""Named points at which a test kills the process, to prove that the work completes after a restart.

Nothing happens unless KOLEKTOR_FAULT names the point. With KOLEKTOR_FAULT_ONCE=<file> the point fires once: the file is
made just before the kill, and a process that finds it goes on.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path


def reach(point: str) -> None:
    """Die by SIGKILL here if the environment asks for it."""
    if os.environ.get("KOLEKTOR_FAULT") != point:
        return
    marker = os.environ.get("KOLEKTOR_FAULT_ONCE")
    if marker:
        try:
            Path(marker).touch(exist_ok=False)
        except FileExistsError:
            return
    os.kill(os.getpid(), signal.SIGKILL)
