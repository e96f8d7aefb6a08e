"""Lists as workbooks."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, is_staff, require
from kolektor.api.schema import Type
from tenants.insight import list_exports as list_exports_
from tenants.insight.models import ListExport as ListExportRow


class ListExport(Type):
    """A list that was asked for as a workbook. kind: members, orders or products; state: WAITING, DONE or FAILED."""

    class Meta:
        kit = CONSOLE

    id = graphene.ID(required=True)
    kind = graphene.String(required=True)
    state = graphene.String(required=True)
    total = graphene.Int(description="Rows; null: not counted yet.")
    written = graphene.Int(required=True)
    created_at = graphene.DateTime(required=True)
    url = graphene.String(description="Where it can be downloaded, once it is done.")


def list_export_type(row: ListExportRow) -> ListExport:
    """An export as the console reads it."""
    return ListExport(
        id=str(row.pk),
        kind=row.kind,
        state=row.state,
        total=row.total,
        written=row.written,
        created_at=row.created_at,
        url=f"/api/console/exports/{row.pk}" if row.state == ListExportRow.State.DONE else None,
    )


@CONSOLE.query(graphene.NonNull(graphene.List(graphene.NonNull(ListExport))), permission=is_staff)
def list_exports(info: Any) -> list[ListExport]:
    """What the reader asked for last and can still be had, the youngest first; at most 10."""
    actor = require(actor_of(info.context), is_staff)
    return [list_export_type(row) for row in list_exports_.of_person(actor)]
