"""Sign-in on the `id.` host, and the relying-party endpoints of every other host."""

from __future__ import annotations

import json
from typing import Any

from allauth.account.forms import LoginForm
from allauth.core import ratelimit
from allauth.idp.oidc.views import AuthorizationView
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from kolektor.api.errors import error_response
from kolektor.api.guard import guarded, person_of
from kolektor.api.permissions import is_signed_in
from kolektor.identity import code_process, relying_party, selectors, services
from kolektor.identity.models import Person
from kolektor.identity.relying_party import SignInAttempt
from kolektor.kernel.errors import DomainError
from kolektor.kernel.tenant import public_context

LANGUAGE_COOKIE = "kolektor_language"
RESEND_SECONDS = 30
BACKEND = "kolektor.identity.backends.PersonBackend"


def json_body(request: HttpRequest) -> dict[str, Any]:
    """The request's JSON object. Raises DomainError BAD_JSON."""
    try:
        body = json.loads(request.body or b"{}")
    except ValueError as error:
        raise DomainError("BAD_JSON") from error
    if not isinstance(body, dict):
        raise DomainError("BAD_JSON")
    return body


def safe_next(path: str | None) -> str:
    """A path on this very host, or "/"."""
    path = path or "/"
    if not path.startswith("/") or path.startswith("//"):
        return "/"
    return path if url_has_allowed_host_and_scheme(path, allowed_hosts=None) else "/"


@require_POST
@never_cache
@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """Sign in with e-mail and password; one error text for every failure. Throttled per account and address."""
    try:
        body = json_body(request)
    except DomainError as error:
        return error_response(request, error, status=400)
    form = LoginForm({"login": str(body.get("email", "")), "password": str(body.get("password", ""))}, request=request)
    if not form.is_valid():
        codes = {item.code for errors in form.errors.as_data().values() for item in errors}
        if "too_many_login_attempts" in codes:
            return error_response(request, DomainError("TOO_MANY_ATTEMPTS"), status=429)
        return error_response(request, DomainError("SIGN_IN_REFUSED"), status=400)
    answer = form.login(request)
    if getattr(answer, "status_code", 500) >= 400 or not request.user.is_authenticated:
        return error_response(request, DomainError("SIGN_IN_REFUSED"), status=400)
    return JsonResponse({"ok": True, "next": safe_next(body.get("next"))})


@require_POST
@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """Ask for a sign-in code by mail. The same answer whether the account exists or not; throttled per account and address."""
    try:
        body = json_body(request)
        code_process.begin(request, email=str(body.get("email", "")).strip(), next_path=safe_next(body.get("next")))
    except DomainError as error:
        return error_response(request, error, status=429 if error.code == "TOO_MANY_ATTEMPTS" else 400)
    return JsonResponse({"ok": True, "resendAfter": RESEND_SECONDS, "validFor": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT})


@require_POST
@never_cache
@sensitive_post_parameters()
def confirm_code(request: HttpRequest) -> HttpResponse:
    """Sign in with the code that came by mail; one error text for every failure."""
    try:
        body = json_body(request)
        if not ratelimit.consume(request, action="login"):
            raise DomainError("TOO_MANY_ATTEMPTS")
        code_process.confirm(request, code=str(body.get("code", ""))[:20])
    except DomainError as error:
        return error_response(request, error, status=429 if error.code == "TOO_MANY_ATTEMPTS" else 400)
    return JsonResponse({"ok": True, "next": safe_next(body.get("next"))})


@require_GET
@never_cache
@guarded(is_signed_in)
def sessions(request: HttpRequest) -> HttpResponse:
    """All sessions of the person, youngest first, at every host: for the `id.` host only."""
    rows = selectors.sessions_of(person_of(request), present=request.session.session_key or "")
    return JsonResponse(
        {
            "sessions": [
                {
                    "id": row.id,
                    "host": row.host,
                    "kind": row.kind,
                    "browser": row.browser,
                    "system": row.system,
                    "startedAt": row.started_at.isoformat(),
                    "lastSeenAt": row.last_seen_at.isoformat(),
                    "present": row.present,
                }
                for row in rows
            ]
        }
    )


@require_POST
@never_cache
@guarded(is_signed_in)
def revoke_session(request: HttpRequest) -> HttpResponse:
    """End one session of the person. Somebody else's is not found, like nonsense."""
    try:
        services.revoke_session(person_id=person_of(request), session_id=str(json_body(request).get("id", "")))
    except DomainError as error:
        return error_response(request, error, status=404 if error.code == "NOT_FOUND" else 400)
    return JsonResponse({"ok": True})


@require_POST
@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this host's session; `{"everywhere": true}` on the `id.` host ends all of the person's sessions."""
    try:
        everywhere = bool(json_body(request).get("everywhere"))
    except DomainError as error:
        return error_response(request, error, status=400)
    if everywhere and request.user.is_authenticated and getattr(request, "site_kind", "") == "sso":
        services.sign_out_everywhere(person_id=request.user.pk)
    logout(request)
    return JsonResponse({"ok": True})


@require_GET
@never_cache
def start_sign_in(request: HttpRequest) -> HttpResponse:
    """Send the browser to the `id.` host."""
    host = request.get_host().split(":")[0].lower()
    chosen = request.COOKIES.get(LANGUAGE_COOKIE, "")
    language = chosen if chosen in services.LANGUAGES else ""
    url, attempt = relying_party.begin(host, safe_next(request.GET.get("next")), language)
    request.session["sign_in"] = attempt.as_dict()
    return HttpResponseRedirect(url)


@require_GET
@never_cache
def callback(request: HttpRequest) -> HttpResponse:
    """End of the code flow: a new session at this host. A code that fails sends the browser to sign in anew, once."""
    host = request.get_host().split(":")[0].lower()
    kept = request.session.pop("sign_in", None)
    if not isinstance(kept, dict):
        return HttpResponseRedirect("/")
    attempt = SignInAttempt(**kept)
    try:
        person_id = relying_party.finish(
            host, attempt, state=request.GET.get("state", ""), code=request.GET.get("code", "")
        )
    except DomainError as error:
        return error_response(request, error, status=502 if error.code == "SIGN_IN_UNAVAILABLE" else 400)
    with public_context():
        person = Person.objects.filter(pk=person_id, is_active=True).first()
    if person is None:
        return error_response(request, DomainError("SIGN_IN_FAILED"), status=400)
    login(request, person, backend=BACKEND)  # cycles the key: no fixation
    return HttpResponseRedirect(attempt.next)


def no_device_grant(request: HttpRequest) -> HttpResponse:
    """The library announces this endpoint; none of our clients is a device (RFC 6749, section 5.2)."""
    return JsonResponse({"error": "unsupported_grant_type"}, status=400)


@method_decorator(never_cache, name="dispatch")
class PkceAuthorization(AuthorizationView):
    """The provider's authorization endpoint, with PKCE (S256) required of every client."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "GET" and (
            not request.GET.get("code_challenge") or request.GET.get("code_challenge_method") != "S256"
        ):
            return error_response(request, DomainError("PKCE_REQUIRED"), status=400)
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer
