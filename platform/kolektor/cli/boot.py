"""Bring a command's world up: environment, bundled servers if none are named, Django."""

from __future__ import annotations

import os
import sys


def start(*, role: str = "app", log_level: str = "WARNING", broker: bool = False) -> None:
    """Start what is missing and set Django up with a database role. Exits with 2 and a sentence per bad setting."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kolektor.config.settings")
    os.environ.setdefault("LOG_LEVEL", log_level)
    os.environ["KOLEKTOR_DATABASE_ROLE"] = role
    start_servers(broker=broker)
    import django

    try:
        django.setup()
    except Exception as error:
        _explain(error)
        raise
    if not broker:
        _without_wake_ups()


def _without_wake_ups() -> None:
    """A command may work while no worker and no bundled broker runs: what it leaves to do waits for the sweep."""
    from kolektor.embedded import home, valkey
    from kolektor.kernel.outbox import services as outbox

    if not os.environ.get("BROKER_URL") and not valkey.is_running(home.state_home()):
        outbox.on_wake(lambda schema: None)


def start_servers(*, broker: bool) -> None:
    """The bundled PostgreSQL, and the broker if asked for, unless the environment names others."""
    from kolektor.embedded import home, postgres, valkey

    try:
        if not os.environ.get("DATABASE_URL"):
            postgres.ensure(home.state_home())
        if broker and not os.environ.get("BROKER_URL"):
            valkey.ensure(home.state_home())
    except home.EmbeddedError as error:
        print(str(error), file=sys.stderr)
        raise SystemExit(2) from error


def _explain(error: Exception) -> None:
    sentences = getattr(error, "sentences", None)
    if sentences:
        print("The settings cannot be used:", *sentences, sep="\n- ", file=sys.stderr)
        raise SystemExit(2) from error
