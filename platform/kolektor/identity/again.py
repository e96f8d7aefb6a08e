"""Proving oneself anew in a session that is there, by password or a mailed code; by a factor: `second_factor`, `passkeys`."""

from __future__ import annotations

from typing import Final

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from kolektor.identity import codes
from kolektor.identity.models import Person
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError
from kolektor.kernel.language import reader_language

_KEPT: Final = "prove_again"


def by_password(request: HttpRequest, person: Person, *, password: str) -> None:
    """Raises DomainError PASSWORD_REFUSED, TOO_MANY_ATTEMPTS. Throttled together with signing in."""
    adapter = get_adapter(request)
    try:
        adapter.pre_authenticate(request, email=person.email)
    except ValidationError as error:
        raise DomainError("TOO_MANY_ATTEMPTS") from error
    if not person.check_password(password):
        raise DomainError("PASSWORD_REFUSED", field="password")
    adapter._rollback_login_failed_rl_usage()
    record_authentication(request, person, method="password", reauthenticated=True)


def ask_for_code(request: HttpRequest, person: Person, *, next_path: str) -> None:
    """Mail a code to the person. Raises DomainError TOO_MANY_ATTEMPTS."""
    if not ratelimit.consume(request, action="request_login_code", key=person.email.lower()):
        raise DomainError("TOO_MANY_ATTEMPTS")
    code = get_adapter().generate_login_code()
    request.session[_KEPT] = {
        "code": code,
        "at": clock.now().timestamp(),
        "left": settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS,
    }
    codes.ask_for_mail(
        person_id=person.pk,
        address=person.email,
        code=code,
        language=reader_language(),
        next_path=next_path,
    )


def by_code(request: HttpRequest, person: Person, *, code: str) -> None:
    """Raises DomainError CODE_REFUSED, whatever is wrong: code, age, one try too many; TOO_MANY_ATTEMPTS."""
    # the session counts as well, but a session can be written by several requests at once
    counted = f"again:{person.pk}"
    if not ratelimit.consume(request, action="login_failed", key=counted):
        raise DomainError("TOO_MANY_ATTEMPTS")
    kept = request.session.pop(_KEPT, None)
    if kept is None or clock.now().timestamp() - kept["at"] >= settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT:
        raise DomainError("CODE_REFUSED", field="code")
    if not compare_user_code(actual=code, expected=kept["code"]):
        if kept["left"] > 1:
            request.session[_KEPT] = {**kept, "left": kept["left"] - 1}
        raise DomainError("CODE_REFUSED", field="code")
    ratelimit.clear(request, action="login_failed", key=counted)
    record_authentication(request, person, method="code", reauthenticated=True)
