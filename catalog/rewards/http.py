"""Codes for a pool and pictures (what GraphQL is not good at)."""

from __future__ import annotations

from uuid import UUID

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.rewards import pictures, pool
from catalog.rewards.pool_files import MAX_BYTES, read_codes
from kolektor.api.errors import error_response
from kolektor.api.permissions import actor_of, is_program_admin, require
from kolektor.api.scalars import amount_of
from kolektor.kernel import pictures as kernel_pictures
from kolektor.kernel.clock import local_today
from kolektor.kernel.errors import DomainError, NotFound


@require_POST
@never_cache
def upload_codes(request: HttpRequest, reward_id: UUID) -> HttpResponse:
    """Multipart `file` (text, CSV, XLSX) and `faceValue` → 201 `{"added", "known"}`. Nothing is taken from a bad file."""
    try:
        person_id = require(actor_of(request), is_program_admin)
    except DomainError as error:
        return error_response(request, error, status=401 if error.code == "UNAUTHENTICATED" else 403)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise DomainError("UPLOAD_EMPTY", field="file")
        if (file.size or 0) > MAX_BYTES:
            raise DomainError("UPLOAD_TOO_LARGE", field="file", limit=MAX_BYTES // (1024 * 1024))
        amount = amount_of(request.POST.get("faceValue", ""), "faceValue")
        codes = read_codes(file.read(), today=local_today())
        added, known = pool.add_codes(reward_id=reward_id, amount=amount, codes=codes, actor=person_id)
    except DomainError as error:
        status = {"NOT_FOUND": 404, "UPLOAD_TOO_LARGE": 413}.get(error.code, 400)
        return error_response(request, error, status=status)
    return JsonResponse({"added": added, "known": known}, status=201)


@require_http_methods(["POST", "DELETE"])
@never_cache
def reward_picture(request: HttpRequest, reward_id: UUID) -> HttpResponse:
    """POST multipart `file` (PNG, JPEG, WebP) → 201 `{"picture"}`; DELETE → `{"picture": null}`. A bad file changes nothing."""
    try:
        person_id = require(actor_of(request), is_program_admin)
        if request.method == "DELETE":
            pictures.remove(reward_id=reward_id, actor=person_id)
            return JsonResponse({"picture": None})
        file = request.FILES.get("file")
        if file is None:
            raise DomainError("UPLOAD_EMPTY", field="file")
        if (file.size or 0) > kernel_pictures.MAX_BYTES:
            raise kernel_pictures.too_large()
        row = pictures.put(reward_id=reward_id, content=file.read(), actor=person_id)
    except DomainError as error:
        statuses = {"UNAUTHENTICATED": 401, "FORBIDDEN": 403, "NOT_FOUND": 404, "PICTURE_TOO_LARGE": 413}
        return error_response(request, error, status=statuses.get(error.code, 400))
    return JsonResponse({"picture": pictures.address_of(row.picture)}, status=201)


@require_GET
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A picture of this wholesaler. Its name is its content's: it never changes, and whoever has the name has seen the shop.

    It comes through this server from a bucket as well: the page's policy and the phone's offline store know one host.
    """
    try:
        with default_storage.open(pictures.key_of(name)) as stored:
            data = stored.read()
    except (NotFound, FileNotFoundError) as error:
        missing = error if isinstance(error, NotFound) else NotFound("name")
        return error_response(request, missing, status=404)
    answer = HttpResponse(data, content_type="image/webp")
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
