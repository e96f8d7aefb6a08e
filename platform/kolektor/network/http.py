"""The switcher: the programs and headquarters of the person who is signed in on the `id.` host."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kolektor.api.guard import guarded, person_of
from kolektor.api.permissions import is_signed_in
from kolektor.identity.clients import origin
from kolektor.identity.codes import host_of
from kolektor.network import selectors
from kolektor.network.hosts import network_host
from kolektor.network.logos import sign_on_address


@require_GET
@never_cache
@guarded(is_signed_in)
def programs(request: HttpRequest) -> HttpResponse:
    """Read the Passport. Only the person's own rows, only here."""
    cards = selectors.passports_of(person_of(request))
    networks = selectors.networks_of(person_of(request))
    return JsonResponse(
        {
            "programs": [
                {
                    "wholesaler": card.slug,
                    "name": card.name,
                    "url": origin(card.host),
                    "logoUrl": sign_on_address(card.slug),
                    "logoGround": card.surface_color if card.logo else None,
                    "primaryColor": card.primary_color,
                    "accentColor": card.accent_color,
                    "pointName": card.point_forms.few,
                    "pointForms": card.point_forms.as_dict(),
                    "balance": None if card.balance is None else str(card.balance),
                    "asOf": card.as_of and card.as_of.isoformat(),
                    "roles": list(card.roles),
                }
                for card in cards
            ],
            "networks": [
                {"name": card.name, "url": origin(network_host(card.slug)), "roles": list(card.roles)}
                for card in networks
            ],
        }
    )


@require_GET
@never_cache
def face(request: HttpRequest) -> HttpResponse:
    """Whose program the sign-in form leads back to (`next` as the form has it): `{"face"}`, null for none. Public."""
    host = host_of(request.GET.get("next", ""))
    found = selectors.live_wholesaler(host=host) if host else None
    if found is None:
        return JsonResponse({"face": None})
    return JsonResponse(
        {
            "face": {
                "name": found.name,
                "logoUrl": sign_on_address(found.slug),
                "logoGround": found.surface_color if found.logo else None,
                "primaryColor": found.primary_color,
            }
        }
    )
