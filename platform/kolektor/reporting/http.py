"""Download of headquarters' exports."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kolektor.api.errors import refused
from kolektor.api.files import kept_file
from kolektor.api.guard import guarded, person_of
from kolektor.api.permissions import takes_figures
from kolektor.kernel.errors import DomainError
from kolektor.kernel.workbook import CONTENT_TYPE
from kolektor.reporting import exports


@require_GET
@never_cache
@guarded(takes_figures)
def download_export(request: HttpRequest, export_id: UUID) -> HttpResponseBase:
    """The workbook, to the network that asked for it: streamed from a local disk, or by a link of a minute to the bucket."""
    try:
        row = exports.to_download(export_id=export_id, network_id=request.network.pk, actor=person_of(request))  # type: ignore[attr-defined]
    except DomainError as error:
        return refused(request, error)
    return kept_file(row.storage_key, name=f"kolektor-{row.created_at:%Y-%m-%d}.xlsx", content_type=CONTENT_TYPE)
