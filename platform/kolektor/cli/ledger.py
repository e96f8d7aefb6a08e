"""`kolektor ledger balances`, `kolektor ledger verify`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kolektor.cli import boot
from kolektor.cli.common import JsonOption, WholesalerOption, find_wholesaler, require_tables
from kolektor.cli.output import EXIT_DIFFERENCE, emit_json, say


def balances(wholesaler: WholesalerOption, json: JsonOption = False) -> None:
    """Balances of every member, and of every firm that has accounts of its own, in points."""
    boot.start()
    from kolektor.kernel.tenant import tenant_context
    from tenants.ledger import selectors
    from tenants.ledger.services import Owner
    from tenants.members.models import Firm, Member

    with tenant_context(find_wholesaler(wholesaler)):
        members = list(Member.objects.select_related("firm").order_by("created_at", "id"))
        firms = list(Firm.objects.filter(pk__in=selectors.owners("firm")).order_by("created_at", "id"))
        facts: dict[Owner, dict[str, Any]] = {
            Owner("member", row.pk): {
                "member": str(row.pk),
                "name": row.name,
                "nip": row.firm.nip if row.firm else None,
                "customer_code": row.customer_code,
            }
            for row in members
        }
        facts |= {Owner("firm", row.pk): {"firm": str(row.pk), "name": row.name, "nip": row.nip} for row in firms}
        standing = selectors.balances(facts)
        roles = ("available", "pending", "held", "debt")
        rows = [
            {**about, **{role: str(getattr(standing[owner], role)) for role in roles}} for owner, about in facts.items()
        ]
    if json:
        emit_json({"wholesaler": wholesaler, "balances": rows})
        return
    for item in rows:
        say(f"{item['available']:>14}  {item['held']:>12} held  {item['name']}")


def verify(
    wholesaler: Annotated[str | None, typer.Option("--wholesaler", metavar="SLUG", help="Only this one.")] = None,
    json: JsonOption = False,
) -> None:
    """Recompute every balance and lot from the transfers. Exit code 1 on any difference."""
    boot.start()
    require_tables()
    from kolektor.kernel.tenant import tenant_context
    from kolektor.network import selectors
    from tenants.ledger.verification import verify as check

    chosen = [find_wholesaler(wholesaler)] if wholesaler else selectors.active_wholesalers()
    results: list[dict[str, Any]] = []
    for row in chosen:
        with tenant_context(row):
            found = check()
        results.append(
            {
                "wholesaler": row.slug,
                "postings": found.postings,
                "transfers": found.transfers,
                "accounts": found.accounts,
                "lots": found.lots,
                "differences": [
                    {"check": item.check, "object": item.object, "stored": item.stored, "computed": item.computed}
                    for item in found.differences
                ],
            }
        )
    wrong = sum(len(item["differences"]) for item in results)
    if json:
        emit_json({"clean": wrong == 0, "wholesalers": results})
    else:
        for item in results:
            verdict = "clean" if not item["differences"] else f"{len(item['differences'])} differences"
            say(f"{item['wholesaler']}: {item['transfers']} transfers in {item['postings']} postings: {verdict}")
            for difference in item["differences"]:
                say(f"  {difference['check']}: {difference['object']}: stored {difference['stored']}, "
                    f"computed {difference['computed']} (hundredths of a point)")  # fmt: skip
    if wrong:
        raise typer.Exit(EXIT_DIFFERENCE)
