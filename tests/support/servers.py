"""Real processes for a test: web (granian), worker (Celery with beat) and the sandbox partner, on one database."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import redis

from kolektor.cli.servers import web_command, worker_command
from kolektor.embedded import home as embedded_home
from kolektor.embedded import valkey
from tests.shared_data import CHECKOUT
from tests.support.polling import wait_for

LEASE_SECONDS = 2
SWEEP_SECONDS = 1


def free_port() -> int:
    """A port of the loopback interface that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def own_broker() -> str:
    """The bundled broker, in a number of its own for each xdist worker, emptied."""
    home = embedded_home.state_home()
    valkey.ensure(home)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw14").removeprefix("gw")
    url = valkey.broker_url(home).replace("virtual_host=0", f"virtual_host={1 + int(worker) % 15}")
    path = url.removeprefix("redis+socket://").split("?")[0]
    with redis.Redis(unix_socket_path=path, db=1 + int(worker) % 15) as connection:
        connection.flushdb()
    return url


@dataclass
class Servers:
    """Owns the processes that it starts; each lies in a process group of its own and is killed by it."""

    database: str
    logs: Path
    port: int = field(default_factory=free_port)
    broker: str = field(default_factory=own_broker)
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict, init=False)

    def environment(self, **more: str) -> dict[str, str]:
        """What a process of ours needs to work on this test's database."""
        return {
            **os.environ,
            "KOLEKTOR_DATABASE": self.database,
            "KOLEKTOR_DATABASE_ROLE": "app",
            "KOLEKTOR_PORT": str(self.port),
            "BROKER_URL": self.broker,
            "KOLEKTOR_OUTBOX_LEASE_SECONDS": str(LEASE_SECONDS),
            "KOLEKTOR_OUTBOX_SWEEP_SECONDS": str(SWEEP_SECONDS),
            "DJANGO_SETTINGS_MODULE": "kolektor.config.settings",
            "LOG_LEVEL": "WARNING",
            **more,
        }

    def start_web(self, *, processes: int = 2, application: str = "", **more: str) -> None:
        """Start web processes (ours, or those of another module's `application`) and wait until they answer."""
        command = web_command(self.port, processes=processes)
        if application:
            command = [*command[:-1], f"{application}:application"]
        self._start("web", command, more)
        wait_for("the web server", self.answers, seconds=60)

    def start_worker(self, **more: str) -> None:
        """Start a worker with its beat. What it does shows in the database."""
        self._start("worker", [*worker_command(), "-s", str(self.logs / "beat-schedule")], more)

    def started(self, name: str) -> bool:
        """Whether `name` (web, worker) was started here and not stopped since."""
        return name in self._running

    def answers(self) -> bool:
        """Whether the web server is up. Raises AssertionError when it has died."""
        assert self._running["web"].poll() is None, self.log("web")
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/healthz", timeout=2, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    def log(self, name: str) -> str:
        """The end of a process's output."""
        return (self.logs / f"{name}.log").read_text("utf-8", "replace")[-4000:]

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL) -> None:
        """Signal the whole process group and wait for its end. SIGKILL gives no chance to tidy up."""
        process = self._running.pop(name, None)
        if process is None:
            return
        try:
            os.killpg(process.pid, number)
            process.wait(timeout=20)
        except ProcessLookupError:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=20)

    def stop(self) -> None:
        """Kill everything that still runs."""
        for name in list(self._running):
            self.kill(name)

    def _start(self, name: str, command: list[str], more: dict[str, str]) -> None:
        assert name not in self._running, f"{name} runs already"
        with (self.logs / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                command,
                cwd=CHECKOUT,
                env=self.environment(**more),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
