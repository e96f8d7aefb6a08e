"""`kolektor serve`, `worker`, `migrate`, `export-schema`."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from io import StringIO
from pathlib import Path
from typing import Annotated

import typer

from kolektor.cli import boot
from kolektor.cli.common import JsonOption
from kolektor.cli.output import EXIT_DIFFERENCE, complain, emit_json, say

MIN_WEB_PROCESSES = 2
# more than there are processors on a small machine: much of the work waits for a partner
WORKER_PROCESSES = 4
# how often the provisioner looks whether headquarters want something: one statement
PROVISIONER_SECONDS = 2.0


def web_command(port: int, *, processes: int = MIN_WEB_PROCESSES) -> list[str]:
    """The web server's command line: threads enough to call itself during sign-on."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", str(processes), "--blocking-threads", "8", "--backpressure", "64", "--respawn-failed-workers",
        "--no-access-log", "--log-level", "warning", "kolektor.config.wsgi:application",
    ]  # fmt: skip


def worker_command() -> list[str]:
    """The worker's command line: beat inside, so that the sweep runs on a machine with one worker."""
    return [
        sys.executable, "-m", "celery", "-A", "kolektor.config.celery:app", "worker", "-B", "--loglevel", "WARNING",
        "--concurrency", str(WORKER_PROCESSES), "--without-gossip", "--without-mingle", "-Q", "default",
    ]  # fmt: skip


def serve(
    port: Annotated[int, typer.Option("--port", help="Port on the loopback interface.")] = 8000,
    processes: Annotated[int, typer.Option("--processes", min=1, help="Web processes.")] = MIN_WEB_PROCESSES,
    json: JsonOption = False,
) -> None:
    """Serve the web application until stopped."""
    os.environ["KOLEKTOR_PORT"] = str(port)
    boot.start(broker=True)
    from kolektor.network.provisioning import register_hosts

    register_hosts()
    if json:
        emit_json({"port": port, "processes": processes})
    os.execv(sys.executable, web_command(port, processes=processes))


def worker(json: JsonOption = False) -> None:
    """Run background work until stopped."""
    boot.start_servers(broker=True)
    os.environ.setdefault("KOLEKTOR_DATABASE_ROLE", "app")
    if json:
        emit_json({"queues": ["default"]})
    os.execv(sys.executable, worker_command())


def provisioner(
    once: Annotated[bool, typer.Option("--once", help="Make what waits and end.")] = False, json: JsonOption = False
) -> None:
    """Make the wholesalers that headquarters ask for, until stopped. The only part that runs with the right to make schemas."""
    boot.start(role="owner")
    from django.db import OperationalError, connection

    from tenants.insight import opening

    alive = Path(tempfile.gettempdir()) / "kolektor-provisioner-alive"
    opened = 0
    while True:
        try:
            opened += opening.run_once()
            # for whoever watches over it
            alive.touch()
        except OperationalError:
            # the database is away: the next round finds it back
            connection.close()
            if once:
                raise
        if once:
            break
        time.sleep(PROVISIONER_SECONDS)
        connection.close_if_unusable_or_obsolete()
    if json:
        emit_json({"opened": opened})
    else:
        say(f"{opened} opened")


def migrate(json: JsonOption = False) -> None:
    """Bring `public` and every wholesaler's schema to the present code. One that fails stops no other."""
    boot.start(role="owner")
    from kolektor.network.provisioning import migrate_all

    failed = migrate_all(say=(lambda text: None) if json else say)
    if json:
        emit_json({"failed": failed})
    if failed:
        complain(f"Failed: {', '.join(failed)}")
        raise typer.Exit(EXIT_DIFFERENCE)


def export_schema(
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if a file is not current.")] = False,
    json: JsonOption = False,
) -> None:
    """Write the GraphQL schemas to frontend/schema/."""
    boot.start()
    from django.core.management import call_command

    # config imports everything and nothing imports it: its command is called by name
    stale = (call_command("export_schema", check=check, stdout=StringIO()) or "").split()
    if json:
        emit_json({"changed": stale})
    elif stale:
        say(f"{'Not current' if check else 'Written'}: {', '.join(stale)}")
    if check and stale:
        raise typer.Exit(EXIT_DIFFERENCE)
