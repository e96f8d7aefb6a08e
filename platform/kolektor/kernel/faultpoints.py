"""Named points at which a test kills the process, to prove that the work completes after a restart.

Nothing happens unless KOLEKTOR_FAULT names the point; `name:3` means the third time that the process comes there. With
KOLEKTOR_FAULT_ONCE=<file> the point fires once: the file, which holds the process's id, is made just before the kill, and a
process that finds it goes on. KOLEKTOR_FAULT_SIGNAL=STOP holds the process there, while the test kills what it works with.
"""

from __future__ import annotations

import os
import signal
from collections import Counter
from pathlib import Path

_reached: Counter[str] = Counter()


def reach(point: str) -> None:
    """Die by SIGKILL (or stop) here if the environment asks for it."""
    wanted = os.environ.get("KOLEKTOR_FAULT")
    if not wanted:
        return
    name, _, times = wanted.partition(":")
    if name != point:
        return
    _reached[point] += 1
    if _reached[point] != int(times or _reached[point]):
        return
    marker = os.environ.get("KOLEKTOR_FAULT_ONCE")
    if marker:
        try:
            with Path(marker).open("x") as file:
                file.write(str(os.getpid()))
        except FileExistsError:
            return
    os.kill(os.getpid(), signal.Signals[f"SIG{os.environ.get('KOLEKTOR_FAULT_SIGNAL', 'KILL')}"])
