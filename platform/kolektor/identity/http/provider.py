"""The OpenID Connect provider: what we ask of every client beyond what allauth's does."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

from allauth.idp.oidc import views as library
from allauth.idp.oidc.views import AuthorizationView
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from kolektor.api.errors import error_response
from kolektor.api.guard import person_of
from kolektor.identity import authentication
from kolektor.identity.oidc import consents
from kolektor.identity.oidc.validator import server
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError


def no_device_grant(request: HttpRequest) -> HttpResponse:
    """The library announces this endpoint; none of our clients is a device (RFC 6749, section 5.2)."""
    return JsonResponse({"error": "unsupported_grant_type"}, status=400)


@method_decorator(never_cache, name="dispatch")
class Authorization(AuthorizationView):
    """The authorization endpoint: PKCE (S256) of every client, `max_age`, `prompt=login`, and `acr_values=two-factors`."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in {"GET", "HEAD"}:
            refused = _refused(request.GET)
            if refused is not None:
                return error_response(request, refused, status=400)
            asked = _more_asked(request) if request.user.is_authenticated else None
            if asked is not None and "none" not in request.GET.get("prompt", "").split():
                return HttpResponseRedirect(asked)
            if asked is not None:
                # no page may be shown, and what is wanted is not there: the library answers `login_required`
                request.user = AnonymousUser()
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        code = parse_qs(urlsplit(answer.get("Location", "")).query).get("code", [""])[0]
        if code and answer.status_code == HTTPStatus.FOUND:
            # what was proved goes with the code that is given for it
            authentication.keep(client_id=request.GET["client_id"], code=code, proof=authentication.proof_of(request))
        return answer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """An authorization request may come as a form (OpenID Connect Core 3.1.2.1); it goes on as an address."""
        return HttpResponseRedirect(f"{request.path}?{request.POST.urlencode()}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Nothing is drawn, so nothing is made for it."""
        return {}

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """In place of the library's form: what was allowed before is not asked again, and the question is a page of ours."""
        if self.request.GET.get("consent") == "denied":
            refused: HttpResponse = self._respond_with_access_denied()
            return refused
        client_id = self._request_info["client_id"]
        prompts = self.request.GET.get("prompt", "").split()
        known = consents.covers(person_id=person_of(self.request), client_id=client_id, scopes=self._scopes)
        if known and "consent" not in prompts:
            given: HttpResponse = self._skip_consent()
            return given
        return HttpResponseRedirect(f"{_CONSENT}?{urlencode({'next': self.request.get_full_path()})}")


# every view of the provider works with our validator: the library makes its server in one place
library.get_server = server

_CONSENT: Final = "/consent"
_AGAIN: Final = "/sign-in/again"
_SECOND_FACTOR: Final = "/sign-in/second-factor"
_ADD_SECOND_FACTOR: Final = "/account/second-factor"


def _refused(query: QueryDict) -> DomainError | None:
    """What no client may ask: no PKCE, an answer elsewhere than in the query, OAuth without OpenID Connect."""
    if not query.get("code_challenge") or query.get("code_challenge_method") != "S256":
        return DomainError("PKCE_REQUIRED")
    if query.get("response_mode", "query") != "query":
        return DomainError("BAD_INPUT", field="response_mode")
    if "scope" in query and "openid" not in query.get("scope", "").split():
        return DomainError("UNKNOWN_SCOPE", field="scope")
    return None


def _more_asked(request: HttpRequest) -> str | None:
    """The page on which a signed-in person proves what the client wants and the session lacks; None if it lacks nothing."""
    prompts = request.GET.get("prompt", "").split()
    proof = authentication.proof_of(request)
    left = request.GET.copy()
    if "login" in prompts:
        left["prompt"] = " ".join(each for each in prompts if each != "login")
        if not left["prompt"]:
            del left["prompt"]
        return _page(_AGAIN, request, left.urlencode())
    age = request.GET.get("max_age", "")
    if age == "0":  # the same as `prompt=login`
        del left["max_age"]
        return _page(_AGAIN, request, left.urlencode())
    if age.isdecimal() and (proof.at is None or (clock.now() - proof.at).total_seconds() > int(age)):
        return _page(_AGAIN, request, left.urlencode())
    if authentication.TWO_FACTORS in request.GET.get("acr_values", "").split() and not proof.two_factors:
        has = authentication.has_second_factor(person_of(request))
        return _page(_SECOND_FACTOR if has else _ADD_SECOND_FACTOR, request, left.urlencode())
    return None


def _page(path: str, request: HttpRequest, query: str) -> str:
    return f"{path}?{urlencode({'next': f'{request.path}?{query}'})}"
