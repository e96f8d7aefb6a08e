"""Mutation `askExport`."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import NETWORK
from kolektor.api.permissions import actor_of, require, takes_figures
from kolektor.api.schema import Mutation
from kolektor.kernel.language import reader_language
from kolektor.reporting import exports
from kolektor.reporting.graphql.network.exports import Export, export_type


class AskExport(Mutation):
    """Ask for the figures of the last months as a workbook (XLSX); it is written in the background."""

    class Meta:
        kit = NETWORK
        permission = takes_figures
        error_codes = ("BAD_INPUT", "TOO_MANY_EXPORTS")

    class Input:
        months = graphene.Int(required=True, description="1 to 24.")

    export = graphene.Field(Export)

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> dict[str, Any]:
        actor = require(actor_of(info.context), takes_figures)
        language = reader_language()
        row = exports.ask(
            network_id=info.context.network.pk, months=arguments["months"], language=language, actor=actor
        )
        return {"export": export_type(row)}
