"""`kolektor demo`."""

from __future__ import annotations

from typing import Annotated

import typer

from kolektor.cli.common import JsonOption


def demo(
    port: Annotated[int, typer.Option("--port", help="Port on the loopback interface.")] = 8000,
    reset: Annotated[bool, typer.Option("--reset", help="Throw the demo's data away first.")] = False,
    json: JsonOption = False,
) -> None:
    """Start everything on this machine: bundled servers, demo network, web, worker, sandbox partner. Ctrl-C stops all."""
    from kolektor.cli.supervisor import run_demo

    raise typer.Exit(run_demo(port=port, reset=reset, as_json=json))
