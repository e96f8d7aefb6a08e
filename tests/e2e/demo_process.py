"""`kolektor demo` as a child process: started, asked for its addresses and sign-ins, interrupted, checked for leftovers."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

CHECKOUT = Path(__file__).resolve().parents[2]
START_SECONDS = 240.0
STOP_SECONDS = 60.0
# what a test run or a developer's shell sets and a demo must not inherit
_FOREIGN = ("DATABASE_URL", "BROKER_URL", "SENTRY_DSN", "LOG_LEVEL", "DJANGO_SETTINGS_MODULE")


@dataclass(frozen=True, slots=True)
class SignIn:
    """An account of the demo."""

    who: str
    name: str
    email: str
    password: str
    url: str
    # the secret of an authenticator app, for staff
    second_factor: str = ""


@dataclass(slots=True)
class Demo:
    """A demo network on a free port, in a state folder of its own."""

    root: Path
    port: int
    process: subprocess.Popen[str] | None = None
    summary: dict[str, Any] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        return self.root / "h"

    @property
    def installer(self) -> SignIn:
        return SignIn(**self.summary["installer"])

    @property
    def analyst(self) -> SignIn:
        return SignIn(**self.summary["analyst"])

    @property
    def clerk(self) -> SignIn:
        return SignIn(**self.summary["clerk"])

    @property
    def representative(self) -> SignIn:
        return SignIn(**self.summary["representative"])

    def admin(self, slug: str) -> SignIn:
        """The program admin of a wholesaler."""
        (found,) = (item for item in self.summary["admins"] if f"//{slug}." in item["url"])
        return SignIn(**found)

    def host(self, label: str) -> str:
        """Address of `id`, of a wholesaler or of `hq.instal`, without a slash at the end."""
        return f"http://{label}.kolektor.localhost:{self.port}"

    def start(self) -> None:
        """Start it and wait for the summary. Raises RuntimeError with what it said when it ends first."""
        log = self.root / "demo.log"
        command = [str(Path(sys.executable).with_name("kolektor")), "demo", "--port", str(self.port), "--json"]
        with log.open("a", encoding="utf-8") as errors:
            self.process = subprocess.Popen(
                command, cwd=CHECKOUT, env=environment(self.home), stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8",
            )  # fmt: skip
        watchdog = threading.Timer(START_SECONDS, self.process.kill)
        watchdog.start()
        try:
            assert self.process.stdout is not None
            self.summary = _first_document(self.process.stdout)
        except ValueError as error:
            self.process.kill()
            raise RuntimeError(f"kolektor demo did not come up:\n{log.read_text('utf-8')}") from error
        finally:
            watchdog.cancel()

    def run(self, *command: str) -> str:
        """A `kolektor` command, or with `-c` a piece of Python, on the demo's database. Gives what it printed."""
        program = [sys.executable] if command[0] == "-c" else [str(Path(sys.executable).with_name("kolektor"))]
        done = subprocess.run(
            [*program, *command], cwd=CHECKOUT, env=environment(self.home), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def stop(self) -> int:
        """Ctrl-C. Returns the exit code."""
        assert self.process is not None and self.process.stdout is not None
        self.process.send_signal(signal.SIGINT)
        try:
            code = self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        self.process.stdout.close()
        self.process = None
        return code

    def remove(self) -> None:
        """Delete the state folder."""
        shutil.rmtree(self.root, ignore_errors=True)


def new_demo() -> Demo:
    """A demo that is not started yet. Its folder is short (sockets) and can be entered by the servers' account."""
    root = Path(tempfile.mkdtemp(prefix="kolektor-e2e-"))
    root.chmod(0o755)
    return Demo(root, free_port())


def environment(home: Path) -> dict[str, str]:
    """That of this process, without what would lead a demo to another home, database or settings."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("KOLEKTOR_") and key not in _FOREIGN}
    return {**kept, "KOLEKTOR_HOME": str(home)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def processes_of(home: Path) -> list[str]:
    """Command lines of living processes that belong to a state folder: it is in their arguments or environment."""
    wanted = os.fsencode(home)
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
            command = (entry / "cmdline").read_bytes()
            variables = (entry / "environ").read_bytes()
        except OSError:  # gone, or somebody else's
            continue
        if state != "Z" and (wanted in command or b"KOLEKTOR_HOME=" + wanted in variables):
            found.append(command.replace(b"\0", b" ").decode(errors="replace").strip())
    return found


def _first_document(stream: IO[str]) -> dict[str, Any]:
    """The JSON document that a still running process has printed. Raises ValueError when the stream ends first."""
    text = ""
    for line in stream:
        text += line
        try:
            document: Mapping[str, Any] = json.loads(text)
        except ValueError:
            continue
        return dict(document)
    raise ValueError(text)
