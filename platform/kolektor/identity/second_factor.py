"""The second factor: an app's codes (TOTP, RFC 6238) and recovery codes. Secrets are kept by allauth, sealed by our vault."""

from __future__ import annotations

import time
from typing import Final

from allauth.account.internal.stagekit import get_pending_stage
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import check_rate_limit, delete_dangling_recovery_codes, post_authentication
from allauth.mfa.internal.constants import LoginStageKey
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    clear_totp_secret,
    format_hotp_value,
    get_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from kolektor.audit import services as audit
from kolektor.identity import notices
from kolektor.identity.models import Person
from kolektor.kernel.errors import DomainError
from kolektor.kernel.tenant import public_context

MAX_CODE: Final = 20


def waiting(request: HttpRequest) -> Person | None:
    """Who has shown a first factor and is asked for the second one; None if nobody is."""
    stage = get_pending_stage(request)
    if stage is None or stage.key != LoginStageKey.MFA_AUTHENTICATE.value:
        return None
    person: Person | None = stage.login.user
    return person


def ways(person: Person) -> dict[str, bool]:
    """By what the person can show a second factor: `code` (the app's, or a recovery code), `passkey`."""
    kinds = set(Authenticator.objects.filter(user_id=person.pk).values_list("type", flat=True))
    return {
        "code": Authenticator.Type.TOTP in kinds or Authenticator.Type.RECOVERY_CODES in kinds,
        "passkey": Authenticator.Type.WEBAUTHN in kinds,
    }


def show_code(request: HttpRequest, *, code: str) -> None:
    """A code of the app or a recovery code ends a sign-in that waits for it, or adds to the session that is there.

    Raises DomainError FACTOR_REFUSED whatever is wrong, TOO_MANY_ATTEMPTS. Each code works once.
    """
    person = waiting(request) or _signed_in(request)
    if person is None:
        raise DomainError("FACTOR_REFUSED", field="code")
    try:
        clear = check_rate_limit(person)
    except ValidationError as error:
        raise DomainError("TOO_MANY_ATTEMPTS") from error
    used = _match(person, code.replace(" ", "")[:MAX_CODE])
    if used is None:
        raise DomainError("FACTOR_REFUSED", field="code")
    clear()
    if used.type == Authenticator.Type.RECOVERY_CODES:
        left = len(RecoveryCodes(used).get_unused_codes())
        notices.tell(person, "recovery_code_used", request, left=left)
    shown(request, used)


def shown(request: HttpRequest, used: Authenticator) -> None:
    """Record the factor; a sign-in that waited for it goes on. Raises DomainError FACTOR_REFUSED when it cannot."""
    pending = get_pending_stage(request)
    post_authentication(request, used, reauthenticated=pending is None)
    if pending is not None:
        pending.exit()
        if not request.user.is_authenticated:
            raise DomainError("FACTOR_REFUSED", field="code")


def _signed_in(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None


def _match(person: Person, code: str) -> Authenticator | None:
    for row in Authenticator.objects.filter(user_id=person.pk).exclude(type=Authenticator.Type.WEBAUTHN):
        row.user = person
        if row.type == Authenticator.Type.TOTP and _is_totp(row, code):
            return row
        if row.type == Authenticator.Type.RECOVERY_CODES and row.wrap().validate_code(code):
            return row
    return None


def _is_totp(row: Authenticator, code: str) -> bool:
    """Whether it is a code of this half minute or a neighbor, which was not shown before.

    allauth forgets after one period which codes were used; with neighbors allowed a code lives for three (RFC 6238, section 5.2).
    """
    secret = decrypt(row.data["secret"])
    for counter in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, counter))):
            return _is_first(row, counter)
    return False


def _is_first(row: Authenticator, counter: int) -> bool:
    """Whether the code of that half minute was not shown before; from now on it was."""
    life = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 2)
    return bool(cache.add(f"totp.shown:{row.pk}:{counter}", "", timeout=life))


def begin_app(person: Person) -> dict[str, str]:
    """A new secret for an authenticator app: as text, as `otpauth:` address, and as a QR code (SVG)."""
    secret = get_totp_secret(regenerate=True)
    url = get_adapter().build_totp_url(person, secret)
    return {"secret": secret, "url": url, "qr": get_adapter().build_totp_svg(url)}


def confirm_app(request: HttpRequest, person: Person, *, code: str) -> list[str]:
    """Turn the app on with a code of it. Returns new recovery codes, or none if there are some already.

    Raises DomainError FACTOR_REFUSED, TOO_MANY_ATTEMPTS.
    """
    try:
        clear = check_rate_limit(person)
    except ValidationError as error:
        raise DomainError("TOO_MANY_ATTEMPTS") from error
    secret = get_totp_secret()
    counters = list(yield_hotp_counters_from_time())
    expected = [format_hotp_value(hotp_value(secret, counter)) for counter in counters]
    given = code.replace(" ", "")[:MAX_CODE]
    shown_at = [
        counter
        for counter, each in zip(counters, expected, strict=True)
        if compare_user_code(actual=given, expected=each)
    ]
    if not shown_at:
        raise DomainError("FACTOR_REFUSED", field="code")
    clear()
    with transaction.atomic():
        _lock(person)
        row = _keep_app(person, secret)
        codes = first_recovery_codes(person)
        audit.record(action="person.app_added", object_type="person", object_id=person.pk, actor=person.pk)
        notices.tell(person, "app_added", request)
    for counter in shown_at:
        _is_first(row, counter)
    clear_totp_secret(request)
    post_authentication(request, row, reauthenticated=True)
    return codes


def _keep_app(person: Person, secret: str) -> Authenticator:
    """One app at a time: a new phone takes the place of the old one."""
    Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.TOTP).delete()
    row: Authenticator = TOTP.activate(person, secret).instance
    return row


def give_app(person: Person, *, secret: str) -> None:
    """A known secret (base32) for somebody who has no second factor yet: the demo's staff. Whoever has one keeps it."""
    with public_context(), transaction.atomic():
        _lock(person)
        kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        if not Authenticator.objects.filter(user_id=person.pk, type__in=kinds).exists():
            _keep_app(person, secret)


def remove_app(request: HttpRequest, person: Person) -> None:
    """Turn the app off. Raises DomainError NOT_FOUND."""
    with transaction.atomic():
        _lock(person)
        count, _ = Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.TOTP).delete()
        if not count:
            raise DomainError("NOT_FOUND")
        delete_dangling_recovery_codes(person)
        audit.record(action="person.app_removed", object_type="person", object_id=person.pk, actor=person.pk)
        notices.tell(person, "app_removed", request)


def first_recovery_codes(person: Person) -> list[str]:
    """Recovery codes, if there are none yet; else nothing. In the caller's transaction."""
    if Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.RECOVERY_CODES).exists():
        return []
    codes: list[str] = RecoveryCodes.activate(person).generate_codes()
    return codes


def new_recovery_codes(request: HttpRequest, person: Person) -> list[str]:
    """Ten new codes; the old ones are void. Raises DomainError NO_SECOND_FACTOR."""
    with transaction.atomic():
        _lock(person)
        rows = Authenticator.objects.filter(user_id=person.pk)
        if not rows.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
            raise DomainError("NO_SECOND_FACTOR")
        rows.filter(type=Authenticator.Type.RECOVERY_CODES).delete()
        codes: list[str] = RecoveryCodes.activate(person).generate_codes()
        audit.record(action="person.recovery_codes_made", object_type="person", object_id=person.pk, actor=person.pk)
        notices.tell(person, "recovery_codes_made", request)
    return codes


def take_off(person: Person, *, reason: str) -> int:
    """Remove every factor of a person who has lost them: the operator's deed, told to the person. Returns how many."""
    with transaction.atomic():
        _lock(person)
        count: int = Authenticator.objects.filter(user_id=person.pk).delete()[0]
        audit.record(
            action="person.factors_taken_off", object_type="person", object_id=person.pk, count=count, reason=reason
        )
        notices.tell(person, "factors_taken_off", None)
    return count


def _lock(person: Person) -> None:
    Person.objects.select_for_update().get(pk=person.pk)


def current_code(secret: str, *, offset: int = 0) -> str:
    """The code that an app shows now, or some half minutes from now: for tests and for the demo's people."""
    counter = int(time.time()) // app_settings.TOTP_PERIOD + offset
    code: str = format_hotp_value(hotp_value(secret, counter))
    return code
