"""Download of headquarters' exports."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kolektor.api.errors import error_response
from kolektor.api.permissions import actor_of, is_analyst, require
from kolektor.kernel.errors import DomainError
from kolektor.reporting import exports

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LINK_SECONDS = 60


@require_GET
@never_cache
def download_export(request: HttpRequest, export_id: UUID) -> HttpResponseBase:
    """The workbook, to the network that asked for it: streamed from a local disk, or by a link of a minute to the bucket."""
    try:
        person_id = require(actor_of(request), is_analyst)
        row = exports.to_download(export_id=export_id, network_id=request.network.pk, actor=person_id)  # type: ignore[attr-defined]
    except DomainError as error:
        status = {"UNAUTHENTICATED": 401, "FORBIDDEN": 403, "NOT_FOUND": 404}.get(error.code, 400)
        return error_response(request, error, status=status)
    name = f"kolektor-{row.created_at:%Y-%m-%d}.xlsx"
    storage: Any = default_storage
    if hasattr(storage, "bucket"):
        parameters = {"ResponseContentDisposition": f'attachment; filename="{name}"', "ResponseContentType": _TYPE}
        return HttpResponseRedirect(storage.url(row.storage_key, parameters=parameters, expire=_LINK_SECONDS))
    return FileResponse(storage.open(row.storage_key), as_attachment=True, filename=name, content_type=_TYPE)
