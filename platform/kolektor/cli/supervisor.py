"""The demo's processes: started in order, watched, stopped together."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import IO, Any

import httpx

from kolektor.cli import boot
from kolektor.cli.output import complain, emit_json, say
from kolektor.cli.servers import worker_command
from kolektor.embedded import home as embedded_home
from kolektor.embedded import postgres, storage, valkey
from kolektor.kernel import transport

START_SECONDS = 60.0
STOP_SECONDS = 10.0


class _Failed(Exception):
    """A part did not start, or died."""


class Supervisor:
    """Owns the child processes; stops all of them in the end. `tell` takes the lines that say what is going on."""

    def __init__(self, home: Path, tell: Callable[[str], None] = say) -> None:
        self.home = home
        self.tell = tell
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = threading.Event()

    def start(self, name: str, command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
        """Start a child in its own session, so that Ctrl-C reaches it through us only; its output goes to a log file."""
        logs = self.home / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        with (logs / f"{name}.log").open("ab") as log:
            child = subprocess.Popen(
                command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=environment, start_new_session=True
            )
        self.children[name] = child
        return child

    def check(self) -> None:
        """Raises _Failed when a child has died."""
        for name, child in self.children.items():
            if child.poll() is not None:
                raise _Failed(f"{name} stopped with code {child.returncode}; see {self.home / 'logs' / name}.log")

    def wait_until(self, what: str, ready: Any) -> None:
        """Wait for `ready()`. Raises _Failed after a minute, or when a child dies."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            self.check()
            if self.stopping.is_set():
                raise KeyboardInterrupt
            if ready():
                return
            time.sleep(0.1)
        raise _Failed(f"{what} did not answer within {START_SECONDS:.0f} s; see {self.home / 'logs'}")

    def stop(self) -> None:
        """Ask every child to end, insist after a while; nothing is left behind."""
        for child in self.children.values():
            if child.poll() is None:
                _signal_group(child, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for child in self.children.values():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal_group(child, signal.SIGKILL)
                child.wait()
        for child in self.children.values():  # grandchildren that outlived their parent
            _signal_group(child, signal.SIGKILL)


def _signal_group(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    try:
        os.killpg(child.pid, number)
    except ProcessLookupError:
        pass


def _port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _answers(url: str) -> bool:
    try:
        with transport.client(read_seconds=5.0) as http:
            return http.get(url).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def partner_secrets(home: Path) -> dict[str, str]:
    """The sandbox partner's key and webhook secret: made once per home."""
    path = home / "secrets" / "sandbox.json"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        import base64

        webhook = "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode("ascii")
        path.write_text(json.dumps({"api_key": secrets.token_urlsafe(24), "webhook_secret": webhook}), "utf-8")
        path.chmod(0o600)
    kept: dict[str, str] = json.loads(path.read_text("utf-8"))
    return kept


def _step(arguments: list[str], environment: dict[str, str], tell: Callable[[str], None]) -> str:
    """Run a step of the seed in a process of its own (with its own database role); returns its stdout."""
    with subprocess.Popen(
        [sys.executable, "-m", "kolektor.demo", *arguments], stdout=subprocess.PIPE, env=environment, text=True
    ) as child:
        assert child.stdout is not None
        last = _relay(child.stdout, tell)
    if child.returncode != 0:
        raise _Failed(f"seeding the demo network failed (code {child.returncode})")
    return last


def _relay(stream: IO[str], tell: Callable[[str], None]) -> str:
    """Show progress lines; keep the last line that is JSON."""
    last = ""
    for line in stream:
        if line.startswith("{"):
            last = line
        else:
            tell("  " + line.rstrip())
    return last


def run_demo(*, port: int, reset: bool, as_json: bool) -> int:
    """Start everything, print addresses and sign-ins, wait for Ctrl-C. Returns the exit code.

    As JSON, the summary is all that goes to stdout; what is going on is told on stderr.
    """
    home = embedded_home.state_home()
    embedded_home.prepare(home)
    if not _port_is_free(port):
        complain(f"Port {port} is in use. Choose another one: make demo PORT={port + 1}")
        return 2
    supervisor = Supervisor(home, complain if as_json else say)

    def end(_number: int, _frame: FrameType | None) -> None:
        supervisor.stopping.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGHUP, end)  # the terminal was closed
    try:
        with embedded_home.locked(home, "demo"):
            summary = _bring_up(supervisor, home, port, reset)
            if as_json:
                emit_json(summary)
            else:
                _show(summary)
            while not supervisor.stopping.wait(1.0):
                supervisor.check()
    except _Failed as error:
        complain(f"The demo cannot run: {error}")
        return 1
    except KeyboardInterrupt:
        pass
    finally:
        supervisor.tell("Stopping …")
        supervisor.stop()
        valkey.stop(home)
        postgres.stop(home)
    return 0


def _bring_up(supervisor: Supervisor, home: Path, port: int, reset: bool) -> dict[str, Any]:
    supervisor.tell("Starting PostgreSQL and the message broker …")
    if reset:
        _forget(home)
    boot.start_servers(broker=True)
    environment = {
        **os.environ,
        "KOLEKTOR_PORT": str(port),
        "KOLEKTOR_DATABASE_ROLE": "app",
        "DJANGO_SETTINGS_MODULE": "kolektor.config.settings",
        "LOG_LEVEL": "WARNING",
    }
    supervisor.tell("Starting the sandbox voucher partner …")
    sandbox = _start_sandbox(supervisor, home, environment)
    supervisor.tell("Preparing the demo network …")
    _step(["provision"], {**environment, "KOLEKTOR_DATABASE_ROLE": "owner"}, supervisor.tell)
    keys = partner_secrets(home)
    seed = {
        **environment,
        "SANDBOX_URL": sandbox,
        "SANDBOX_KEY": keys["api_key"],
        "SANDBOX_WEBHOOK": keys["webhook_secret"],
    }
    summary: dict[str, Any] = json.loads(_step(["seed"], seed, supervisor.tell))
    supervisor.tell("Starting web and worker …")
    kolektor = str(Path(sys.executable).with_name("kolektor"))
    supervisor.start("web", [kolektor, "serve", "--port", str(port)], environment)
    supervisor.start("worker", worker_command(), environment)
    supervisor.start("provisioner", [kolektor, "provisioner"], environment)
    # the sign-on's own page, not only a heartbeat: everything that it imports must be there
    sign_on = f"http://id.{os.environ.get('KOLEKTOR_BASE_DOMAIN', 'kolektor.localhost')}:{port}/session"
    supervisor.wait_until("the web server", lambda: _answers(sign_on))
    return summary


def _forget(home: Path) -> None:
    """Throw the demo's data away: database, broker, files and the sandbox partner's record. Secrets stay."""
    valkey.stop(home)
    postgres.stop(home)
    storage.remove(home)
    for folder in ("sandbox", "media", "demo"):
        shutil.rmtree(home / folder, ignore_errors=True)


def _start_sandbox(supervisor: Supervisor, home: Path, environment: dict[str, str]) -> str:
    state = home / "sandbox" / "aggregator.sqlite3"
    state.parent.mkdir(parents=True, exist_ok=True)
    keys = partner_secrets(home)
    port_file = home / "sandbox" / "port"
    # the port is kept: connections of the demo's wholesalers name it
    port = port_file.read_text("utf-8").strip() if port_file.exists() else ""
    if not port or not _port_is_free(int(port)):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        port_file.write_text(port, "utf-8")
    command = [
        sys.executable, "-m", "integrations.sandbox", "aggregator", "--port", port, "--state", str(state),
    ]  # fmt: skip
    secret = {"SANDBOX_API_KEY": keys["api_key"], "SANDBOX_WEBHOOK_SECRET": keys["webhook_secret"]}
    supervisor.start("sandbox", command, {**environment, **secret})
    url = f"http://127.0.0.1:{port}"
    supervisor.wait_until("the sandbox partner", lambda: _answers(f"{url}/healthz"))
    return url


def _show(summary: dict[str, Any]) -> None:
    say("")
    say("Kolektor is running. Ctrl-C stops everything.")
    say("")
    for item in summary["sign_ins"]:
        say(f"  {item['who']}")
        say(f"    {item['url']}")
        say(f"    {item['email']}   {item['password']}")
    for item in summary["addresses"]:
        if item["url"].endswith("/dev/messages"):
            say(f"  {item['what']}; the codes for signing in are there too, those of staff's second factor at the top")
            say(f"    {item['url']}")
    say("")
