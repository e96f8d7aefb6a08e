"""`kolektor wholesaler create`, `kolektor rules apply`."""

from __future__ import annotations

import json as json_
from pathlib import Path
from typing import Annotated

import typer

from kolektor.cli import boot
from kolektor.cli.common import JsonOption, WholesalerOption, find_wholesaler
from kolektor.cli.output import emit_json, refusals, say, usage


def create(
    slug: Annotated[str, typer.Argument(help="Short name: host and schema are made of it.")],
    network: Annotated[str, typer.Option("--network", help="Slug of the network; made if it is missing.")],
    name: Annotated[str, typer.Option("--name", help="The wholesaler's name.")],
    nip: Annotated[str, typer.Option("--nip", help="Its tax number; documents of other sellers are refused.")] = "",
    json: JsonOption = False,
) -> None:
    """Make a wholesaler: host, schema, tables, settings. Running it again finishes what was cut off, or changes nothing."""
    boot.start(role="owner")
    from kolektor.identity.clients import origin
    from kolektor.network.hosts import wholesaler_host
    from tenants.program.onboarding import create_wholesaler

    with refusals(as_json=json):
        wholesaler = create_wholesaler(slug=slug, network=network, name=name, nip=nip)
    url = origin(wholesaler_host(slug))
    if json:
        emit_json({"slug": slug, "id": str(wholesaler.pk), "state": wholesaler.state, "url": url})
    else:
        say(f"{wholesaler.name} is {wholesaler.state} at {url}")


def apply_rules(
    file: Annotated[Path, typer.Argument(help="Rules in the JSON form of docs/rules.md.")],
    wholesaler: WholesalerOption,
    json: JsonOption = False,
) -> None:
    """Publish rules: a new version for each changed one."""
    try:
        body = json_.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise usage(f"{file} cannot be read as JSON: {error}") from error
    boot.start()
    from kolektor.kernel.tenant import tenant_context
    from tenants.rules import services

    with refusals(as_json=json), tenant_context(find_wholesaler(wholesaler)):
        applied = services.apply(body=body)
    if json:
        emit_json({"rules": [{"code": row.code, "version": row.version, "action": row.action} for row in applied]})
    else:
        for row in applied:
            say(f"{row.code}: version {row.version} {row.action}")
