"""The `kolektor` command."""

from __future__ import annotations

from typing import Annotated

import typer

from kolektor.cli import demo, ledger, people, sales, servers, wholesalers

app = typer.Typer(
    name="kolektor",
    help="Loyalty platform for networks of wholesalers.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("demo")(demo.demo)
app.command("serve")(servers.serve)
app.command("worker")(servers.worker)
app.command("provisioner")(servers.provisioner)
app.command("migrate")(servers.migrate)
app.command("import-sales")(sales.import_sales)
app.command("export-schema")(servers.export_schema)

wholesaler_app = typer.Typer(help="Wholesalers of the network.", no_args_is_help=True)
wholesaler_app.command("create")(wholesalers.create)
wholesaler_app.command("dump")(wholesalers.dump)
wholesaler_app.command("restore")(wholesalers.restore)
wholesaler_app.command("settle")(wholesalers.settle)
wholesaler_app.command("digest")(wholesalers.digest)
wholesaler_app.command("erase")(wholesalers.erase)
app.add_typer(wholesaler_app, name="wholesaler")

rules_app = typer.Typer(help="Earning rules of a wholesaler.", no_args_is_help=True)
rules_app.command("apply")(wholesalers.apply_rules)
app.add_typer(rules_app, name="rules")

ledger_app = typer.Typer(help="The points ledger.", no_args_is_help=True)
ledger_app.command("balances")(ledger.balances)
ledger_app.command("verify")(ledger.verify)
app.add_typer(ledger_app, name="ledger")

person_app = typer.Typer(help="People of the sign-on.", no_args_is_help=True)
person_app.command("take-off-second-factor")(people.take_off_second_factor)
person_app.command("grant-network-role")(people.grant_network_role)
person_app.command("revoke-network-role")(people.revoke_network_role)
app.add_typer(person_app, name="person")


@app.command("version")
def version(json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Print the version."""
    from importlib.metadata import version as installed

    from kolektor.cli.output import emit_json, say

    number = installed("kolektor")
    if json:
        emit_json({"version": number})
    else:
        say(number)


def main() -> None:
    """Entry point."""
    app()
