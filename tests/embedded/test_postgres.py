"""The bundled PostgreSQL: starting, reusing, recovering, and who may connect."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kolektor.embedded import EmbeddedError, postgres, processes, storage
from kolektor.embedded.home import socket_folder
from tests.embedded.conftest import IS_ROOT, Homes, query, remove

PLATFORM = Path(postgres.__file__).parents[2]


def postmaster(home: Path) -> int:
    """Process number of the running server, as the server itself wrote it down."""
    servers = storage.find(home)
    assert servers is not None
    return int((servers / "postgres" / "data" / "postmaster.pid").read_text().split()[0])


def started_at(home: Path) -> object:
    return query(postgres.superuser_dsn(home), "SELECT pg_postmaster_start_time()")[0][0]


def test_the_address_is_known_before_anything_runs(homes: Homes) -> None:
    one, two = homes("one"), homes("two")
    assert postgres.address(one) == postgres.address(one)
    assert postgres.address(one).host != postgres.address(two).host
    assert postgres.address(one).database == "kolektor"
    assert len(f"{postgres.address(one).host}/.s.PGSQL.5432") < 100
    assert not one.exists()
    assert not socket_folder(one).exists()


def test_a_cold_start_makes_a_safe_private_server(home: Path) -> None:
    address = postgres.ensure(home)
    assert address == postgres.address(home)
    rows = query(postgres.superuser_dsn(home), "SELECT name, setting FROM pg_settings")
    settings = {str(row[0]): row[1] for row in rows}
    assert str(settings["server_version"]).startswith("18.")
    assert settings["listen_addresses"] == ""
    assert settings["unix_socket_directories"] == address.host
    assert {settings[name] for name in ("fsync", "synchronous_commit", "full_page_writes")} == {"on"}
    assert settings["data_checksums"] == "on"
    assert settings["server_encoding"] == "UTF8"
    assert settings["max_connections"] == "200"
    assert query(address.dsn(postgres.APP), "SELECT lower('ŻÓŁĆ') = 'żółć', upper('ąę') = 'ĄĘ'") == [(True, True)]
    assert Path(address.host).stat().st_mode & 0o777 == 0o700
    servers = storage.find(home)
    assert servers is not None
    assert (servers / "postgres").stat().st_mode & 0o777 == 0o700
    assert query(address.url(postgres.HQ), "SELECT current_user::text, current_database()::text") == [
        ("kolektor_hq", "kolektor")
    ]


def test_a_running_server_is_reused_and_stop_stops_it(home: Path) -> None:
    postgres.ensure(home)
    before = started_at(home)
    began = time.monotonic()
    postgres.ensure(home)
    assert time.monotonic() - began < 0.5
    assert started_at(home) == before
    process = postmaster(home)
    assert postgres.stop(home) is True
    assert not processes.is_alive(process)
    assert postgres.is_running(home) is False
    assert postgres.stop(home) is False


def test_committed_rows_survive_a_killed_postmaster(home: Path) -> None:
    owner = postgres.ensure(home).dsn(postgres.OWNER)
    query(owner, "CREATE TABLE kept (n int)")
    query(owner, "INSERT INTO kept VALUES (7)")
    killed = postmaster(home)
    os.kill(killed, signal.SIGKILL)
    assert postgres.ensure(home).dsn(postgres.OWNER) == owner
    assert query(owner, "SELECT n FROM kept") == [(7,)]
    assert postmaster(home) != killed


def test_a_stale_pid_file_that_names_a_stranger_harms_nobody(home: Path) -> None:
    postgres.ensure(home)
    servers = storage.find(home)
    assert servers is not None
    pid_file = servers / "postgres" / "data" / "postmaster.pid"
    content = pid_file.read_text()
    postgres.stop(home)
    account = {"user": servers.joinpath("postgres").stat().st_uid} if IS_ROOT else {}
    with subprocess.Popen(["/bin/sleep", "60"], **account) as stranger:  # type: ignore[call-overload]
        pid_file.write_text(content.replace(content.split()[0], str(stranger.pid), 1))
        postgres.ensure(home)
        assert stranger.poll() is None
        assert postmaster(home) != stranger.pid
        stranger.kill()


def test_two_state_folders_have_two_servers(homes: Homes) -> None:
    one, two = homes("one"), homes("two")
    query(postgres.ensure(one).dsn(postgres.OWNER), "CREATE TABLE only_in_one (n int)")
    second = postgres.ensure(two).dsn(postgres.OWNER)
    assert query(second, "SELECT to_regclass('only_in_one')::text") == [(None,)]
    postgres.stop(one)
    assert query(second, "SELECT 1") == [(1,)]


def test_simultaneous_cold_starts_make_one_server(home: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from kolektor.embedded import postgres\n"
        "print(postgres.ensure(Path(sys.argv[1])).host)"
    )
    environment = {**os.environ, "PYTHONPATH": str(PLATFORM)}
    starters = [
        subprocess.Popen([sys.executable, "-c", script, str(home)], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    answers = {starter.communicate(timeout=120)[0].strip() for starter in starters}
    assert answers == {postgres.address(home).host}
    assert [starter.returncode for starter in starters] == [0, 0, 0, 0]


def test_a_removed_socket_and_a_removed_state_folder_are_made_good(home: Path) -> None:
    postgres.ensure(home)
    before = started_at(home)
    shutil.rmtree(socket_folder(home))
    postgres.ensure(home)
    assert started_at(home) != before

    orphan = postmaster(home)
    servers = storage.find(home)
    assert servers is not None
    shutil.rmtree(servers)
    postgres.ensure(home)
    assert not processes.is_alive(orphan)
    assert query(postgres.superuser_dsn(home), "SELECT 1") == [(1,)]


def test_a_start_that_fails_says_why(home: Path) -> None:
    postgres.ensure(home)
    postgres.stop(home)
    servers = storage.find(home)
    assert servers is not None
    with (servers / "postgres" / "data" / "postgresql.conf").open("a") as file:
        file.write("no_such_setting = 1\n")
    with pytest.raises(EmbeddedError, match="no_such_setting"):
        postgres.ensure(home)


def test_data_of_another_major_version_is_left_alone(home: Path) -> None:
    postgres.ensure(home)
    postgres.stop(home)
    servers = storage.find(home)
    assert servers is not None
    version = servers / "postgres" / "data" / "PG_VERSION"
    version.write_text("17\n")
    with pytest.raises(EmbeddedError, match=r"is of PostgreSQL 17, the bundled one is 18\."):
        postgres.ensure(home)
    version.write_text("18\n")
    postgres.ensure(home)


def test_a_long_path_with_odd_letters_and_no_programs_on_path(homes: Homes, monkeypatch: pytest.MonkeyPatch) -> None:
    home = homes("hurtownia 'Żółw' " + "x" * 120)
    assert len(str(home)) > 100
    trap = home.parent / "trap"
    trap.mkdir()
    for name in ("postgres", "initdb", "pg_ctl"):
        (trap / name).write_text("#!/bin/sh\nexit 1\n")
        (trap / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(trap))
    address = postgres.ensure(home)
    assert query(address.dsn(postgres.APP), "SELECT 1") == [(1,)]


def test_a_socket_folder_that_is_no_folder_is_refused(home: Path, tmp_path: Path) -> None:
    socket_folder(home).symlink_to(tmp_path)
    try:
        with pytest.raises(EmbeddedError, match="is in the way"):
            postgres.ensure(home)
        assert list(tmp_path.iterdir()) == []
    finally:
        socket_folder(home).unlink()


@pytest.mark.skipif(not IS_ROOT, reason="only root can give a folder to another account")
def test_a_socket_folder_of_another_account_is_refused(home: Path) -> None:
    folder = socket_folder(home)
    folder.mkdir(mode=0o700)
    os.chown(folder, 12345, 12345)
    with pytest.raises(EmbeddedError, match="belongs to another account"):
        postgres.ensure(home)
    assert list(folder.iterdir()) == []
    assert storage.find(home) is None


@pytest.mark.skipif(not IS_ROOT, reason="servers run as another account only for root")
def test_a_state_folder_that_nobody_can_enter_keeps_its_data_elsewhere(homes: Homes) -> None:
    closed = homes("closed")
    closed.mkdir(mode=0o700)
    home = closed / "state"
    try:
        owner = postgres.ensure(home).dsn(postgres.OWNER)
        servers = storage.find(home)
        assert servers is not None
        assert not servers.is_relative_to(closed)
        assert (home / "servers.path").read_text().strip() == str(servers)
        assert (servers / "postgres").stat().st_mode & 0o777 == 0o700
        assert (servers / "postgres").stat().st_uid != 0
        query(owner, "CREATE TABLE kept (n int)")
        postgres.stop(home)
        postgres.ensure(home)
        assert query(owner, "SELECT count(*) FROM kept") == [(0,)]

        # a copy of the state folder must never reach into the data of its original
        copied = closed / "copy"
        shutil.copytree(home, copied)
        assert storage.find(copied) is None
    finally:
        remove(home)
    assert not servers.exists()
    assert not socket_folder(home).exists()


@pytest.mark.skipif(not IS_ROOT, reason="the other tests have run as a plain user already")
def test_a_plain_user_runs_it_without_help_of_root(homes: Homes) -> None:
    python = Path("/usr/bin/python3.11")  # the virtual environment's may lie where a plain user cannot go
    home = homes("plain")
    home.mkdir()
    os.chown(home, 1, 1)
    script = (
        "import os, sys; from pathlib import Path; from kolektor.embedded import postgres, storage, valkey\n"
        "home = Path(sys.argv[1]); assert os.getuid() == 1\n"
        "postgres.ensure(home); valkey.ensure(home); postgres.ensure(home)\n"
        "assert postgres.is_running(home) and valkey.is_running(home)\n"
        "assert sorted(p.name for p in (home / 'servers').iterdir()) == ['postgres', 'valkey']\n"
        "assert valkey.stop(home) and postgres.stop(home); storage.remove(home); print('done')"
    )
    site = Path(pytest.__file__).parents[1]

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(python), "-B", *words],
            user=1,
            group=1,
            extra_groups=[],
            cwd="/",
            env={"PYTHONPATH": f"{PLATFORM}:{site}", "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    if not python.exists() or run("-c", "import psycopg2, kolektor.embedded").returncode != 0:
        pytest.skip("no Python 3.11 and packages here that a plain user can read")
    done = run("-c", script, str(home))
    assert (done.stdout, done.stderr) == ("done\n", "")
