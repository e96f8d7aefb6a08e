"""The bundled broker: starting, reusing, recovering, and that Celery's own library can use it."""

import os
import signal
from pathlib import Path

import kombu
import pytest

from kolektor.embedded import EmbeddedError, processes, valkey
from kolektor.embedded.home import socket_folder
from tests.embedded.conftest import IS_ROOT, Homes


def pid(home: Path) -> int:
    found = valkey.pid(home)
    assert found is not None
    return found


def test_a_cold_start_is_reused_and_stopped(home: Path) -> None:
    assert valkey.is_running(home) is False
    assert valkey.ensure(home) == valkey.broker_url(home)
    process = pid(home)
    assert valkey.ensure(home) == valkey.broker_url(home)
    assert pid(home) == process
    assert (socket_folder(home) / "valkey.sock").stat().st_mode & 0o777 == 0o700
    assert valkey.stop(home) is True
    assert not processes.is_alive(process)
    assert valkey.stop(home) is False


def test_it_does_not_run_as_root(home: Path) -> None:
    valkey.ensure(home)
    assert Path(f"/proc/{pid(home)}").stat().st_uid != 0 or not Path("/proc").is_dir()


def test_celery_can_send_and_receive(home: Path) -> None:
    with kombu.Connection(valkey.ensure(home)) as connection, connection.SimpleQueue("wake-ups") as queue:
        queue.put({"tenant": "elektro"})
        message = queue.get(timeout=5)
        assert message.payload == {"tenant": "elektro"}
        message.ack()


def test_a_killed_broker_is_started_again(home: Path) -> None:
    valkey.ensure(home)
    killed = pid(home)
    os.kill(killed, signal.SIGKILL)
    assert processes.wait_until_gone(killed, 5)
    valkey.ensure(home)
    assert pid(home) != killed


def test_a_broker_that_hangs_is_replaced(home: Path) -> None:
    valkey.ensure(home)
    hanging = pid(home)
    os.kill(hanging, signal.SIGSTOP)
    valkey.ensure(home)
    assert pid(home) != hanging
    assert not processes.is_alive(hanging)


def test_two_state_folders_have_two_brokers(homes: Homes) -> None:
    one, two = homes("one"), homes("two")
    assert valkey.ensure(one) != valkey.ensure(two)
    assert pid(one) != pid(two)
    valkey.stop(one)
    assert valkey.is_running(two) is True


@pytest.mark.skipif(not IS_ROOT, reason="only root can give a folder to another account")
def test_a_socket_folder_of_another_account_is_refused(home: Path) -> None:
    socket_folder(home).mkdir(mode=0o700)
    os.chown(socket_folder(home), 12345, 12345)
    with pytest.raises(EmbeddedError, match="belongs to another account"):
        valkey.ensure(home)
