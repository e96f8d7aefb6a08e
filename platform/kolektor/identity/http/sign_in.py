"""Signing in on the `id.` host: password, mailed code, passkey, second factor; proving oneself anew; signing out."""

from __future__ import annotations

from typing import Any, Final

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kolektor.api.errors import error_response
from kolektor.api.guard import guarded
from kolektor.api.permissions import is_signed_in
from kolektor.audit import services as audit
from kolektor.identity import again, code_process, devices, passkeys, second_factor, services
from kolektor.identity.http.common import json_body, refusal, safe_next
from kolektor.identity.models import Person
from kolektor.kernel.errors import DomainError

RESEND_SECONDS: Final = 30


def _entered(request: HttpRequest, body: dict[str, Any], *, failed: str) -> HttpResponse:
    """After a step that went well: where to go, or which second factor is waited for. Raises DomainError `failed`."""
    person = request.user
    if isinstance(person, Person):
        answer = JsonResponse({"ok": True, "next": safe_next(body.get("next"))})
        devices.greet(request, answer, person, first_ever=getattr(request, "first_sign_in", False))
        audit.record(action="person.signed_in", object_type="person", object_id=person.pk, actor=person.pk)
        return answer
    waiting = second_factor.waiting(request)
    if waiting is None:
        raise DomainError(failed)
    return JsonResponse({"ok": True, "secondFactor": second_factor.ways(waiting)})


def _leave(request: HttpRequest) -> None:
    """End this session; clients that were given something by it hear of it. Nobody signs in on top of somebody else."""
    if getattr(request, "site_kind", "") == "sso":
        get_adapter().logout(request)
    else:
        logout(request)


@require_POST
@never_cache
@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """Sign in with e-mail and password; one error text for every failure. Throttled per account and address.

    Where the person has a second factor the answer is `{"secondFactor": {"code", "passkey"}}`, and nobody is signed in yet.
    """
    try:
        body = json_body(request)
        given = {"login": str(body.get("email", "")), "password": str(body.get("password", ""))}
        form = LoginForm(given, request=request)
        if not form.is_valid():
            found = {item.code for errors in form.errors.as_data().values() for item in errors}
            throttled = code_process.THROTTLED in found
            raise DomainError("TOO_MANY_ATTEMPTS" if throttled else "SIGN_IN_REFUSED")
        if request.user.is_authenticated and form.user != request.user:
            _leave(request)
        form.login(request)
        return _entered(request, body, failed="SIGN_IN_REFUSED")
    except DomainError as error:
        return refusal(request, error)


@require_POST
@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """Ask for a sign-in code by mail. The same answer whether the account exists or not; throttled per account and address."""
    try:
        body = json_body(request)
        if request.user.is_authenticated:
            _leave(request)
        code_process.begin(request, email=str(body.get("email", "")).strip(), next_path=safe_next(body.get("next")))
    except DomainError as error:
        return refusal(request, error)
    return _code_asked()


def _code_asked() -> HttpResponse:
    return JsonResponse({"ok": True, "resendAfter": RESEND_SECONDS, "validFor": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT})


@require_POST
@never_cache
@sensitive_post_parameters()
def confirm_code(request: HttpRequest) -> HttpResponse:
    """Sign in with the code that came by mail; one error text for every failure. A second factor follows as after a password."""
    try:
        body = json_body(request)
        if not ratelimit.consume(request, action="login"):
            raise DomainError("TOO_MANY_ATTEMPTS")
        code_process.confirm(request, code=str(body.get("code", ""))[:20])
        return _entered(request, body, failed="CODE_REFUSED")
    except DomainError as error:
        return refusal(request, error)


@require_POST
@never_cache
@sensitive_post_parameters()
def show_code(request: HttpRequest) -> HttpResponse:
    """The second factor by a code of the app, or a recovery code: for a sign-in that waits, or in a session that is there."""
    try:
        body = json_body(request)
        if not ratelimit.consume(request, action="login"):
            raise DomainError("TOO_MANY_ATTEMPTS")
        second_factor.show_code(request, code=str(body.get("code", "")))
        return _entered(request, body, failed="FACTOR_REFUSED")
    except DomainError as error:
        return refusal(request, error)


@require_POST
@never_cache
def begin_passkey(request: HttpRequest) -> HttpResponse:
    """Options for `navigator.credentials.get`, as `{"options": {"publicKey": ...}}`."""
    try:
        return JsonResponse({"options": passkeys.begin(request)})
    except DomainError as error:
        return refusal(request, error)


@require_POST
@never_cache
def show_passkey(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey; or it is the second factor, or proves the person of the session anew."""
    try:
        body = json_body(request)
        passkeys.show(request, credential=body.get("credential"))
        return _entered(request, body, failed="PASSKEY_REFUSED")
    except DomainError as error:
        return refusal(request, error)


@require_POST
@never_cache
@sensitive_post_parameters()
@guarded(is_signed_in)
def prove_by_password(request: HttpRequest) -> HttpResponse:
    """The person of the session proves anew who they are, by password."""
    try:
        body = json_body(request)
        again.by_password(request, _person(request), password=str(body.get("password", "")))
    except DomainError as error:
        return refusal(request, error)
    return JsonResponse({"ok": True, "next": safe_next(body.get("next"))})


@require_POST
@never_cache
@guarded(is_signed_in)
def ask_to_prove(request: HttpRequest) -> HttpResponse:
    """Mail the person of the session a code to prove anew who they are."""
    try:
        body = json_body(request)
        again.ask_for_code(request, _person(request), next_path=safe_next(body.get("next")))
    except DomainError as error:
        return refusal(request, error)
    return _code_asked()


@require_POST
@never_cache
@sensitive_post_parameters()
@guarded(is_signed_in)
def prove_by_code(request: HttpRequest) -> HttpResponse:
    """The person of the session proves anew who they are, by the mailed code."""
    try:
        body = json_body(request)
        if not ratelimit.consume(request, action="login"):
            raise DomainError("TOO_MANY_ATTEMPTS")
        again.by_code(request, _person(request), code=str(body.get("code", ""))[:20])
    except DomainError as error:
        return refusal(request, error)
    return JsonResponse({"ok": True, "next": safe_next(body.get("next"))})


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


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
    _leave(request)
    return JsonResponse({"ok": True})
