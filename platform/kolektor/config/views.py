"""Pages and small endpoints that every kind of host has: the app's HTML, brand, session, language."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.html import escape
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from kolektor.api.errors import error_response
from kolektor.api.permissions import actor_of
from kolektor.config.branding import Brand, initials, logo_address, stylesheet
from kolektor.config.operations import allowed
from kolektor.identity import services as identity
from kolektor.identity.clients import id_host, origin
from kolektor.identity.http.common import LANGUAGE_COOKIE, json_body
from kolektor.kernel.color import contrast_text
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.language import reader_language
from kolektor.network import selectors as network
from tenants.program import selectors as program

_APPS = {"sso": ("member", "id.html"), "wholesaler": ("member", "index.html"), "network": ("console", "hq.html")}
NOT_BUILT = "The front end is not built. Run `make demo`, or `npm run build` in frontend/."


@lru_cache(maxsize=8)
def _page(path: Path, _modified: float) -> str:
    return path.read_text(encoding="utf-8")


def app_page(request: HttpRequest, *, app: str, page: str) -> HttpResponse:
    """The HTML of a front-end app, with this answer's CSP nonce, the reader's language and whose page it is."""
    path = Path(settings.FRONTEND) / app / "dist" / page
    try:
        html = _page(path, path.stat().st_mtime)
    except FileNotFoundError:
        return HttpResponse(NOT_BUILT, status=503, content_type="text/plain")
    nonce = str(request.csp_nonce)  # type: ignore[attr-defined]
    language = reader_language()
    html = html.replace("__CSP_NONCE__", nonce).replace("__LANG__", language)
    if "__NAME__" in html:
        html = html.replace("__NAME__", escape(_brand(request).name))
    answer = HttpResponse(html)
    answer["Cache-Control"] = "no-store"
    return answer


def _brand(request: HttpRequest) -> Brand:
    kind = request.site_kind  # type: ignore[attr-defined]
    if kind == "wholesaler":
        settings_row, branding = program.settings(), program.branding()
        wholesaler = request.wholesaler  # type: ignore[attr-defined]
        return Brand(
            kind=kind,
            name=settings_row.name,
            slug=wholesaler.slug,
            primary=branding.primary_color,
            accent=branding.accent_color,
            surface=branding.surface_color,
            logo_text=branding.logo_text,
            logo_shape=branding.logo_shape,
            support_email=settings_row.support_email,
            logo=branding.logo,
            schema=wholesaler.schema_name,
        )
    if kind == "network":
        here = request.network  # type: ignore[attr-defined]
        return Brand(kind=kind, name=here.name, slug=here.slug, logo_text=initials(here.name))
    return Brand(kind="sso", name="Kolektor", slug="id")


@require_GET
def brand_css(request: HttpRequest) -> HttpResponse:
    """Custom properties of this host's brand."""
    return _cached(request, stylesheet(_brand(request)), "text/css")


@require_GET
def brand_json(request: HttpRequest) -> HttpResponse:
    """What is public of this host."""
    brand = _brand(request)
    body = {
        "kind": brand.kind,
        "name": brand.name,
        "slug": brand.slug,
        "logoUrl": logo_address(brand),
        "logoGround": brand.surface if brand.logo else None,
        "primaryColor": brand.primary,
        "primaryContrast": contrast_text(brand.primary),
        "accentColor": brand.accent,
        "surfaceColor": brand.surface,
        "logoShape": brand.logo_shape,
        "languages": ["pl", "en"],
        "supportEmail": brand.support_email,
        "idUrl": origin(id_host()),
    }
    return _cached(request, json.dumps(body, ensure_ascii=False), "application/json")


@require_GET
def icon(request: HttpRequest, name: str) -> HttpResponse:
    """The logo as SVG, an icon as PNG (`192.png`, `512.png`, `maskable-512.png`, `180.png`), or `mail.png` for mails."""
    from kolektor.config import branding, logo_pictures

    brand = _brand(request)
    if name == "logo.svg":
        return _logo(request, brand)
    if name == logo_pictures.MAIL:
        with suppress(NotFound):
            return _cached(request, logo_pictures.mail_png(brand), "image/png")
        name = "192.png"
    if name in branding.ICON_SIZES:
        if brand.logo:
            # a file that is gone leaves the drawn logo
            with suppress(NotFound):
                return _cached(request, logo_pictures.icon_png(brand, name), "image/png")
        return _cached(request, branding.icon_png(brand, name), "image/png")
    return error_response(request, DomainError("NOT_FOUND"), status=404)


@require_GET
def program_logo(request: HttpRequest, slug: str) -> HttpResponse:
    """A live wholesaler's logo on the `id.` host, from its public face: that host's pages load nothing from elsewhere."""
    found = network.live_wholesaler(slug=slug)
    if found is None:
        return error_response(request, NotFound("slug"), status=404)
    return _logo(
        request,
        Brand(
            kind="wholesaler",
            name=found.name,
            slug=found.slug,
            primary=found.primary_color,
            accent=found.accent_color,
            surface=found.surface_color,
            logo_text=found.logo_text or found.name[:1].upper(),
            logo_shape=found.logo_shape,
            logo=found.logo,
            schema=found.schema_name,
        ),
    )


def _logo(request: HttpRequest, brand: Brand) -> HttpResponse:
    from kolektor.config import branding, logo_pictures

    if brand.logo:
        with suppress(NotFound):
            return _cached(request, logo_pictures.logo_svg(brand), "image/svg+xml")
    return _cached(request, branding.logo_svg(brand), "image/svg+xml")


@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    """The installable app of this host."""
    from kolektor.config import branding

    body = branding.manifest(_brand(request))
    return _cached(request, json.dumps(body, ensure_ascii=False), "application/manifest+json")


@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, from the root so that its scope is the member app."""
    path = Path(settings.FRONTEND) / "member" / "dist" / "sw.js"
    try:
        script = _page(path, path.stat().st_mtime)
    except FileNotFoundError:
        return HttpResponse(NOT_BUILT, status=503, content_type="text/plain")
    answer = HttpResponse(script, content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer


def _cached(request: HttpRequest, body: str | bytes, content_type: str) -> HttpResponse:
    data = body.encode("utf-8") if isinstance(body, str) else body
    tag = f'"{hashlib.sha256(data).hexdigest()[:20]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Host"}
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(data, content_type=f"{content_type}; charset=utf-8", headers=headers)


@require_GET
@never_cache
@ensure_csrf_cookie
def session(request: HttpRequest) -> HttpResponse:
    """Who is signed in at this host, and the CSRF token."""
    user = request.user
    person: dict[str, Any] | None = None
    if user.is_authenticated:
        person = {
            "id": str(user.pk),
            "firstName": user.first_name,
            "lastName": user.last_name,
            "email": user.email,
            "language": user.language,
        }
    return JsonResponse(
        {
            "authenticated": person is not None,
            "person": person,
            "roles": sorted(actor_of(request).roles),
            "twoFactors": actor_of(request).two_factors,
            # operations of the console, for those who work here
            "may": list(allowed(actor_of(request).roles)),
            "csrfToken": get_token(request),
            # the wholesaler is suspended: everything can be read and nothing changed
            "readOnly": bool(getattr(request, "read_only", False)),
        }
    )


@require_POST
@never_cache
def language(request: HttpRequest) -> HttpResponse:
    """Choose Polish or English; kept on the person when signed in."""
    try:
        chosen = str(json_body(request).get("language", ""))
        if chosen not in identity.LANGUAGES:
            raise DomainError("UNKNOWN_LANGUAGE", field="language", value=chosen[:10])
        if request.user.is_authenticated:
            identity.set_language(person_id=request.user.pk, language=chosen)
    except DomainError as error:
        return error_response(request, error, status=400)
    answer = JsonResponse({"ok": True, "language": chosen})
    answer.set_cookie(
        LANGUAGE_COOKIE, chosen, max_age=365 * 86400, samesite="Lax", secure=settings.SECURE, httponly=True
    )
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A POST without a good CSRF token."""
    return error_response(request, DomainError("CSRF_FAILED"), status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such path at this host: a page for somebody who reads (the app says so and leads on), JSON for a program."""
    kind = getattr(request, "site_kind", None)
    if kind in _APPS and request.method == "GET" and "text/html" in request.headers.get("Accept", ""):
        app, page = _APPS[kind]
        answer = app_page(request, app=app, page=page)
        answer.status_code = 404
        return answer
    return error_response(request, DomainError("NOT_FOUND"), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something unforeseen: logged with the request id, nothing shown of it."""
    return error_response(request, DomainError("INTERNAL"), status=500)
