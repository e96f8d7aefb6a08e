"""A PostgreSQL of a test's own, to be killed: the other tests share theirs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connections

from kolektor.embedded import home as embedded_home
from kolektor.embedded import postgres, storage, valkey
from tests.conftest import TEMPLATE, _as_role, _build_template


@contextmanager
def own_server(folder: Path, blocker: Any) -> Iterator[Path]:
    """Start servers with a template in a state folder of their own; until the end all of this process works there.

    Yields the state folder. The servers are stopped and removed, and this process works where it did before.
    """
    before = {name: os.environ.get(name) for name in ("KOLEKTOR_HOME", "KOLEKTOR_DATABASE")}
    hosts = {alias: dict(connections[alias].settings_dict) for alias in connections}
    # what this process has encrypted, the processes that it starts must be able to read
    shutil.copytree(embedded_home.state_home() / "secrets", folder / "secrets")
    os.environ["KOLEKTOR_HOME"] = str(folder)
    home = embedded_home.state_home()
    with blocker.unblock():
        try:
            address = postgres.ensure(home)
            _move({alias: {"HOST": address.host} for alias in connections})
            _build_template(home)
            os.environ["KOLEKTOR_DATABASE"] = TEMPLATE
            _as_role("app")
            yield home
        finally:
            _move({alias: {key: found[key] for key in ("HOST", "NAME", "USER")} for alias, found in hosts.items()})
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value
            valkey.stop(home)
            postgres.stop(home)
            storage.remove(home)


def _move(targets: dict[str, dict[str, str]]) -> None:
    for alias, target in targets.items():
        connections[alias].close()
        connections[alias].settings_dict.update(target)
