"""What the kernel says of a process: is the one with this pid really the server that wrote the pid down?

After `kill -9` or a reboot, a pid file may name a stranger. A server of ours works in its own data folder, so
its current folder tells. Needs /proc; without it nothing is known, and a pid counts as alive.
"""

import os
import signal
import time
from pathlib import Path

_PROC = Path("/proc")
KNOWN = (_PROC / "self").exists()


def is_alive(pid: int) -> bool:
    """Whether that process exists and is no zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        # the state follows the name, which is in parentheses and may hold anything
        return (_PROC / str(pid) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] not in "ZX"
    except (OSError, IndexError):
        return not KNOWN


def works_in(pid: int, folder: Path) -> bool:
    """Whether that process is alive and its current folder is this one."""
    if not is_alive(pid):
        return False
    if not KNOWN:
        return True
    try:
        return (_PROC / str(pid) / "cwd").readlink() == folder.resolve()
    except OSError:
        return False


def working_in(folder: Path) -> list[int]:
    """All live processes whose current folder is this one; none where the kernel does not tell."""
    return [pid for path in _PROC.glob("[0-9]*") if works_in(pid := int(path.name), folder)]


def is_program(pid: int, name: str, uid: int) -> bool:
    """Whether that process is alive, runs a program of that name and belongs to that account."""
    if not is_alive(pid):
        return False
    try:
        status = _PROC / str(pid)
        return (status / "comm").read_text(encoding="utf-8").strip() == name and status.stat().st_uid == uid
    except OSError:
        return False


def wait_until_gone(pid: int, seconds: float) -> bool:
    """Wait for the end of a process; False if it still lives after that many seconds."""
    deadline = time.monotonic() + seconds
    while is_alive(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def end(pid: int, polite: signal.Signals, seconds: float) -> bool:
    """Send that signal, after some seconds SIGKILL. False if the process outlives both."""
    for number in (polite, signal.SIGKILL):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return True
        if wait_until_gone(pid, seconds):
            return True
    return False
