"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kolektor.cli.output import usage

JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]
WholesalerOption = Annotated[str, typer.Option("--wholesaler", metavar="SLUG", help="The wholesaler's slug.")]


def require_tables() -> None:
    """Exit with 2 when nothing was set up in this database yet."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.network_wholesaler') IS NULL")
        (missing,) = cursor.fetchone()
    if missing:
        raise usage(
            "Nothing is set up here yet. Make a wholesaler with: kolektor wholesaler create SLUG --network … --name …"
        )


def find_wholesaler(slug: str) -> Any:
    """The wholesaler, or exit with 2."""
    require_tables()
    from kolektor.network import selectors

    wholesaler = selectors.wholesaler_named(slug)
    if wholesaler is None or wholesaler.state in selectors.NO_SCHEMA:
        raise usage(
            f"There is no wholesaler {slug!r}. Make it with: kolektor wholesaler create {slug} --network … --name …"
        )
    return wholesaler
