"""The logo (what GraphQL is not good at)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from kolektor.api.errors import refused
from kolektor.api.guard import guarded, person_of
from kolektor.api.permissions import makes_offer
from kolektor.api.pictures import served, uploaded
from kolektor.kernel.errors import DomainError
from kolektor.network.logos import FILES, address_of
from tenants.program import logos


@require_http_methods(["POST", "DELETE"])
@never_cache
@guarded(makes_offer)
def branding_logo(request: HttpRequest) -> HttpResponse:
    """POST multipart `file` (PNG, JPEG, WebP) → 201 `{"logo"}`; DELETE → `{"logo": null}`. A bad file changes nothing."""
    try:
        if request.method == "DELETE":
            logos.remove(actor=person_of(request))
            return JsonResponse({"logo": None})
        row = logos.put(content=uploaded(request), actor=person_of(request))
    except DomainError as error:
        return refused(request, error)
    return JsonResponse({"logo": address_of(row.logo)}, status=201)


@require_GET
def logo(request: HttpRequest, name: str) -> HttpResponse:
    """This wholesaler's uploaded logo."""
    return served(request, FILES, name)
