"""`kolektor wholesaler create`, `dump`, `restore`, `settle`, `digest`, `erase`; `kolektor rules apply`."""

from __future__ import annotations

import json as json_
from pathlib import Path
from typing import Annotated, Any

import typer

from kolektor.cli import boot
from kolektor.cli.common import JsonOption, WholesalerOption, find_wholesaler, require_tables
from kolektor.cli.output import EXIT_DIFFERENCE, emit_json, refusals, say, usage


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


def dump(
    slug: Annotated[str, typer.Argument(help="The wholesaler.")],
    to: Annotated[Path, typer.Option("--to", help="File to write; one that exists is not overwritten.")],
    json: JsonOption = False,
) -> None:
    """Write one wholesaler to a file, while everybody works. Keep it like the database itself; the vault's key is not in it."""
    boot.start(role="owner")
    from kolektor.network import dumping

    wholesaler = find_wholesaler(slug)
    with refusals(as_json=json):
        manifest = dumping.dump(wholesaler=wholesaler, target=to)
    facts = {
        "slug": slug,
        "tables": len(manifest["tables"]),
        "rows": manifest["rows"],
        "files": len(manifest["files"]),
        "people": len(manifest["people"]),
    }
    if json:
        emit_json(facts)
    else:
        say(f"{facts['tables']} tables, {facts['rows']} rows, {facts['files']} files of {wholesaler.name} are in {to}")


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `kolektor wholesaler dump` wrote.")],
    json: JsonOption = False,
) -> None:
    """Bring a dumped wholesaler to this server and compare it with the dump. It is suspended until headquarters resume it."""
    boot.start(role="owner")
    from kolektor.network import dumping, provisioning
    from tenants.insight import moving

    with refusals(as_json=json):
        provisioning.migrate_public()
        restored = dumping.restore(source=file, say=(lambda text: None) if json else say)
        found = moving.settle_in(restored.wholesaler)
    if json:
        emit_json(
            {
                "slug": restored.wholesaler.slug,
                "state": restored.wholesaler.state,
                "tables": restored.tables,
                "rows": restored.rows,
                "files": restored.files,
                "people": restored.people,
                "renamed": restored.renamed,
                "ledgerClean": not found.differences,
            }
        )
    else:
        _say_verified(found)
        say(f"{restored.wholesaler.name} is here, suspended. Headquarters resume it.")
    if found.differences:
        raise typer.Exit(EXIT_DIFFERENCE)


def _say_verified(found: Any) -> None:
    say(f"The ledger is {'NOT clean' if found.differences else 'clean'}: {found.transfers} transfers.")


def settle(
    slug: Annotated[str, typer.Argument(help="A restored wholesaler.")],
    json: JsonOption = False,
) -> None:
    """The last part of a restore again: face, Passport, headquarters' figures; then the ledger is verified."""
    boot.start(role="owner")
    from tenants.insight import moving

    found = moving.settle_in(find_wholesaler(slug))
    if json:
        emit_json({"slug": slug, "ledgerClean": not found.differences})
    else:
        _say_verified(found)
    if found.differences:
        raise typer.Exit(EXIT_DIFFERENCE)


def digest(
    slug: Annotated[str, typer.Argument(help="The wholesaler.")],
    json: JsonOption = False,
) -> None:
    """Rows and digest of each table: the same content gives the same digests, on any server."""
    boot.start(role="owner")
    from kolektor.network import dumping

    found = dumping.content(find_wholesaler(slug))
    if json:
        emit_json({name: {"rows": rows, "sha256": sha256} for name, (rows, sha256) in found.items()})
    else:
        for name, (rows, sha256) in found.items():
            say(f"{name:40} {rows:>10} {sha256[:16]}")


def erase(
    slug: Annotated[str, typer.Argument(help="A closed wholesaler.")],
    confirm: Annotated[str, typer.Option("--confirm", help="The slug again.")],
    json: JsonOption = False,
) -> None:
    """Delete a closed wholesaler's schema and files for good. Dump it first."""
    boot.start(role="owner")
    require_tables()
    from kolektor.network import dumping, selectors

    # one that is erased already may have left files behind
    wholesaler = selectors.wholesaler_named(slug) or find_wholesaler(slug)
    with refusals(as_json=json):
        dumping.erase(wholesaler=wholesaler, slug=confirm)
    if json:
        emit_json({"slug": slug, "state": "erased"})
    else:
        say(f"{wholesaler.name} is erased. Its name stays taken; headquarters keep their own figures.")


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
