"""The relying-party endpoints of a wholesaler's or a headquarters' host."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kolektor.api.errors import error_response
from kolektor.identity import relying_party, services
from kolektor.identity.http.common import BACKEND, LANGUAGE_COOKIE, safe_next
from kolektor.identity.models import Person
from kolektor.identity.relying_party import SignInAttempt
from kolektor.kernel.errors import DomainError
from kolektor.kernel.tenant import public_context


@require_GET
@never_cache
def start_sign_in(request: HttpRequest) -> HttpResponse:
    """Send the browser to the `id.` host; `fresh=1` for a proof of now, `two-factors=1` for a second factor."""
    host = request.get_host().split(":")[0].lower()
    chosen = request.COOKIES.get(LANGUAGE_COOKIE, "")
    language = chosen if chosen in services.LANGUAGES else ""
    url, attempt = relying_party.begin(
        host,
        safe_next(request.GET.get("next")),
        language,
        fresh=request.GET.get("fresh") == "1",
        two_factors=request.GET.get("two-factors") == "1",
    )
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
        found = relying_party.finish(
            host, attempt, state=request.GET.get("state", ""), code=request.GET.get("code", "")
        )
    except DomainError as error:
        return error_response(request, error, status=502 if error.code == "SIGN_IN_UNAVAILABLE" else 400)
    with public_context():
        person = Person.objects.filter(pk=found.person_id, is_active=True).first()
    if person is None:
        return error_response(request, DomainError("SIGN_IN_FAILED"), status=400)
    login(request, person, backend=BACKEND)  # cycles the key: no fixation
    for name, at in (("proved_at", found.proved_at), ("second_factor_at", found.second_factor_at)):
        request.session[name] = at.timestamp() if at else None
    return HttpResponseRedirect(attempt.next)
