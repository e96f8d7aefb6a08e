"""Headquarters' exports."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import NETWORK
from kolektor.api.permissions import takes_figures
from kolektor.api.schema import Type
from kolektor.reporting import exports as exports_
from kolektor.reporting.models import Export as ExportRow


class Export(Type):
    """A workbook that was asked for. state: WAITING, DONE or FAILED."""

    class Meta:
        kit = NETWORK

    id = graphene.ID(required=True)
    state = graphene.String(required=True)
    months = graphene.Int(required=True)
    created_at = graphene.DateTime(required=True)
    expires_at = graphene.DateTime(required=True)
    url = graphene.String(description="Where it can be downloaded, once it is done.")


def export_type(row: ExportRow) -> Export:
    """An export."""
    done = row.state == ExportRow.State.DONE
    return Export(
        id=str(row.pk),
        state=row.state,
        months=row.months,
        created_at=row.created_at,
        expires_at=row.expires_at,
        url=f"/api/exports/{row.pk}" if done else None,
    )


@NETWORK.query(graphene.NonNull(graphene.List(graphene.NonNull(Export))), permission=takes_figures)
def exports(info: Any) -> list[Export]:
    """The latest exports of the network that can still be had, the youngest first; at most 10."""
    return [export_type(row) for row in exports_.of_network(info.context.network.pk)]
