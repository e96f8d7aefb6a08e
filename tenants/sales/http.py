"""Upload of import files (what GraphQL is not good at)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kolektor.api.errors import as_dict, error_response, refused
from kolektor.api.guard import guarded, person_of
from kolektor.api.permissions import is_program_admin
from kolektor.kernel.binding import bound
from kolektor.kernel.errors import DomainError
from kolektor.kernel.language import reader_language
from kolektor.kernel.tables import too_large
from tenants.sales import console_imports, products
from tenants.sales.ports import Feeds
from tenants.sales.product_files import MAX_BYTES, BadRows, read_products

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@never_cache
@guarded(is_program_admin)
def import_template(request: HttpRequest) -> HttpResponse:
    """`?format=csv` or `xlsx` → an empty file in the reader's language whose columns map without a question."""
    try:
        format = request.GET.get("format", "csv")
        language = reader_language()
        data = bound(Feeds).template(format, language=language)
    except DomainError as error:
        return refused(request, error)
    answer = HttpResponse(data, content_type=_TYPES[format])
    name = "sales-template" if language == "en" else "szablon-sprzedazy"
    answer["Content-Disposition"] = f'attachment; filename="{name}.{format}"'
    return answer


@require_POST
@never_cache
@guarded(is_program_admin)
def upload_import(request: HttpRequest) -> HttpResponse:
    """Multipart `file`, `format` (`ksef`, `csv`, `xlsx`), `mapping` (JSON text, optional) → 201 `{"id", "state"}`.

    The dry run starts by itself; a CSV or XLSX file without a mapping waits for one (`UPLOADED`).
    """
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
            actor=person_of(request),
        )
    except DomainError as error:
        return error_response(request, error, status=413 if error.code == "UPLOAD_TOO_LARGE" else 400)
    return JsonResponse({"id": str(batch.pk), "state": batch.state}, status=201)


@require_POST
@never_cache
@guarded(is_program_admin)
def upload_products(request: HttpRequest) -> HttpResponse:
    """Multipart `file` (CSV, XLSX) → 201 `{"products"}`. Nothing is taken from a file with a bad row; the first of them are in
    `rows`: `{"row", "code", "field", "value", "message"}`.
    """
    file = request.FILES.get("file")
    try:
        if file is None:
            raise DomainError("UPLOAD_EMPTY", field="file")
        if (file.size or 0) > MAX_BYTES:
            raise too_large(MAX_BYTES)
        taken = products.upsert_products(rows=read_products(file.read()), actor=person_of(request))
    except BadRows as error:
        rows = [
            {"row": each.row, "value": each.value, **as_dict(DomainError(each.code, field=each.field, **each.data))}
            for each in error.problems
        ]
        return JsonResponse({"errors": [as_dict(error)], "rows": rows}, status=400)
    except DomainError as error:
        return error_response(request, error, status=413 if error.code == "UPLOAD_TOO_LARGE" else 400)
    return JsonResponse({"products": taken}, status=201)
