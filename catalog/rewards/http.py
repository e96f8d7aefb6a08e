"""Codes for a pool and pictures (what GraphQL is not good at)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.rewards import pictures, pool
from catalog.rewards.pool_files import MAX_BYTES, read_codes
from kolektor.api.errors import error_response, refused
from kolektor.api.guard import guarded, person_of
from kolektor.api.permissions import is_program_admin, makes_offer
from kolektor.api.pictures import served, uploaded
from kolektor.api.scalars import amount_of
from kolektor.kernel.clock import local_today
from kolektor.kernel.errors import DomainError


@require_POST
@never_cache
@guarded(is_program_admin)
def upload_codes(request: HttpRequest, reward_id: UUID) -> HttpResponse:
    """Multipart `file` (text, CSV, XLSX) and `faceValue` → 201 `{"added", "known"}`. Nothing is taken from a bad file."""
    file = request.FILES.get("file")
    try:
        if file is None:
            raise DomainError("UPLOAD_EMPTY", field="file")
        if (file.size or 0) > MAX_BYTES:
            raise DomainError("UPLOAD_TOO_LARGE", field="file", limit=MAX_BYTES // (1024 * 1024))
        amount = amount_of(request.POST.get("faceValue", ""), "faceValue")
        codes = read_codes(file.read(), today=local_today())
        added, known = pool.add_codes(reward_id=reward_id, amount=amount, codes=codes, actor=person_of(request))
    except DomainError as error:
        status = {"NOT_FOUND": 404, "UPLOAD_TOO_LARGE": 413}.get(error.code, 400)
        return error_response(request, error, status=status)
    return JsonResponse({"added": added, "known": known}, status=201)


@require_http_methods(["POST", "DELETE"])
@never_cache
@guarded(makes_offer)
def reward_picture(request: HttpRequest, reward_id: UUID) -> HttpResponse:
    """POST multipart `file` (PNG, JPEG, WebP) → 201 `{"picture"}`; DELETE → `{"picture": null}`. A bad file changes nothing."""
    try:
        if request.method == "DELETE":
            pictures.remove(reward_id=reward_id, actor=person_of(request))
            return JsonResponse({"picture": None})
        row = pictures.put(reward_id=reward_id, content=uploaded(request), actor=person_of(request))
    except DomainError as error:
        return refused(request, error)
    return JsonResponse({"picture": pictures.address_of(row.picture)}, status=201)


@require_GET
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A picture of this wholesaler's rewards."""
    return served(request, pictures.FILES, name)
