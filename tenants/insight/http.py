"""Download of lists."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kolektor.api.errors import refused
from kolektor.api.files import kept_file
from kolektor.api.guard import guarded, person_of
from kolektor.api.permissions import actor_of, is_staff, require
from kolektor.kernel.errors import DomainError
from kolektor.kernel.workbook import CONTENT_TYPE
from tenants.insight import list_exports
from tenants.insight.export_permissions import permission_of_kind


@require_GET
@never_cache
@guarded(is_staff)
def download_list(request: HttpRequest, export_id: UUID) -> HttpResponseBase:
    """The workbook, to the one who asked for it."""
    try:
        row = list_exports.to_download(export_id=export_id, actor=person_of(request))
        require(actor_of(request), permission_of_kind(row.kind))
    except DomainError as error:
        return refused(request, error)
    return kept_file(row.storage_key, name=f"{row.kind}-{row.created_at:%Y-%m-%d}.xlsx", content_type=CONTENT_TYPE)
