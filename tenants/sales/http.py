"""Upload of import files (what GraphQL is not good at)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kolektor.api.errors import error_response
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.kernel.errors import DomainError
from tenants.sales import console_imports


@require_POST
@never_cache
def upload_import(request: HttpRequest) -> HttpResponse:
    """Multipart `file`, `format` (`ksef`, `csv`), `mapping` (JSON text) → 201 `{"id"}`; the dry run starts by itself."""
    try:
        person_id = require(actor_of(request), is_program_admin)
    except DomainError as error:
        return error_response(request, error, status=401 if error.code == "UNAUTHENTICATED" else 403)
    file = request.FILES.get("file")
    if file is None:
        return error_response(request, DomainError("UPLOAD_EMPTY", field="file"), status=400)
    try:
        batch = console_imports.upload(
            file=file,  # type: ignore[arg-type]
            file_name=file.name or "import",
            size=file.size or 0,
            format=request.POST.get("format", ""),
            mapping=request.POST.get("mapping", ""),
            actor=person_id,
        )
    except DomainError as error:
        return error_response(request, error, status=413 if error.code == "UPLOAD_TOO_LARGE" else 400)
    return JsonResponse({"id": str(batch.pk)}, status=201)
