"""Joining by oneself, for everybody who is signed in here: applications, and claims of what a counter or an import made."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kolektor.api.errors import refused
from kolektor.api.guard import guarded
from kolektor.api.permissions import is_signed_in
from kolektor.identity.models import Person
from kolektor.kernel.errors import DomainError
from kolektor.kernel.language import reader_language
from tenants.insight import claims, registering
from tenants.members import selectors as members
from tenants.members.models import Application
from tenants.program import registration as registration_
from tenants.program import selectors as program
from tenants.program import terms


@require_http_methods(["GET", "POST"])
@never_cache
@guarded(is_signed_in)
def registration(request: HttpRequest) -> HttpResponse:
    """GET → how one joins here, and the reader's last application.

    `{"mode", "criteria", "terms": {"version", "text"} | null, "member", "application": {"state", "firmName", "reason"} | null}`.
    POST `firstName`, `lastName`, `nip`, `firmName`, `phone`, `invoiceNumber`, `confirmed` (1), `termsVersion` → the same; POST
    `withdraw` (1) takes the waiting application back.
    """
    try:
        person = cast(Person, request.user)
        if request.method == "POST":
            if request.POST.get("withdraw") == "1":
                registering.withdraw(person=person)
            else:
                _apply(person, request.POST)
        return JsonResponse(_standing(person))
    except DomainError as error:
        return refused(request, error)


def _apply(person: Person, form: Any) -> None:
    version = form.get("termsVersion", "")
    registering.apply(
        person=person,
        first_name=form.get("firstName", ""),
        last_name=form.get("lastName", ""),
        nip=form.get("nip", ""),
        firm_name=form.get("firmName", ""),
        phone=form.get("phone", ""),
        invoice_number=form.get("invoiceNumber", ""),
        confirmed=form.get("confirmed") == "1",
        terms_version=int(version) if version.isascii() and version.isdigit() and len(version) < 9 else None,
    )


def _standing(person: Person) -> dict[str, Any]:
    settings, language, current = program.settings(), reader_language(), terms.current()
    row = registering.of_person(person)
    return {
        "mode": settings.registration,
        "criteria": registration_.criteria(settings, language),
        "terms": {"version": current.number, "text": current.text_en if language == "en" else current.text_pl}
        if current
        else None,
        "member": members.member_of(person.pk) is not None,
        "application": _application(row) if row else None,
    }


def _application(row: Application) -> dict[str, str]:
    return {"state": row.state, "firmName": row.firm_name, "reason": row.reason}


@require_POST
@never_cache
@guarded(is_signed_in)
def claim(request: HttpRequest) -> HttpResponse:
    """POST `contact` → `{"resendAfter", "validFor"}` in seconds. The same answer whether there is something to claim or not."""
    try:
        claims.ask(person=cast(Person, request.user), contact=request.POST.get("contact", ""))
    except DomainError as error:
        return refused(request, error)
    return JsonResponse({"resendAfter": claims.RESEND_SECONDS, "validFor": claims.MINUTES * 60})


@require_POST
@never_cache
@sensitive_post_parameters("code")
@guarded(is_signed_in)
def confirm_claim(request: HttpRequest) -> HttpResponse:
    """POST `code` → `{"claimed": true}`. One refusal whatever is wrong with the code."""
    try:
        claims.confirm(person=cast(Person, request.user), code=request.POST.get("code", "")[:20])
    except DomainError as error:
        return refused(request, error)
    return JsonResponse({"claimed": True})
