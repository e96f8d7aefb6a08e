"""What a session of the `id.` host proves of the person: when, and by which means.

allauth keeps a record of each step in the session (`account_authentication_methods`); it is read here, and told to the relying
parties in the ID token: `auth_time`, `amr` (RFC 8176), `acr`, and `second_factor_at` of our own.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from kolektor.api.guard import person_of
from kolektor.identity.sessions import session_name
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError
from kolektor.kernel.tenant import public_context

TWO_FACTORS: Final = "two-factors"
ONE_FACTOR: Final = "one-factor"
# how long a second factor counts for who works at a wholesaler or at headquarters
SECOND_FACTOR_LIFE: Final = timedelta(hours=12)
# changing how one signs in, and spending above the program's limit, need a proof no older than this
FRESH: Final = timedelta(minutes=10)
_MEANS: Final = {"password": "pwd", "code": "email"}
_FACTORS: Final = {"totp": "otp", "recovery_codes": "otp", "webauthn": "hwk"}


@dataclass(frozen=True, slots=True)
class Proof:
    """When the person last proved who they are, when by a second factor (UTC; None for never), and the means used.

    `session` names the session that holds it, and opens nothing.
    """

    at: datetime | None
    second_factor_at: datetime | None
    means: tuple[str, ...]
    session: str = ""

    @property
    def two_factors(self) -> bool:
        """Whether a second factor was shown and still counts."""
        return second_factor_counts(self.second_factor_at)

    @property
    def fresh(self) -> bool:
        """Whether the last proof is young enough for what needs one."""
        return is_fresh(self.at)

    def claims(self) -> dict[str, Any]:
        """Claims of an ID token (OpenID Connect Core, section 2)."""
        claims: dict[str, Any] = {
            "amr": [*self.means, *(["mfa"] if self.two_factors else [])],
            "acr": TWO_FACTORS if self.two_factors else ONE_FACTOR,
        }
        if self.session:
            claims["sid"] = self.session
        if self.at is not None:
            claims["auth_time"] = int(self.at.timestamp())
        if self.second_factor_at is not None:
            claims["second_factor_at"] = int(self.second_factor_at.timestamp())
        return claims


def second_factor_counts(at: datetime | None) -> bool:
    """Whether a second factor that was shown then still counts."""
    return at is not None and clock.now() - at < SECOND_FACTOR_LIFE


def is_fresh(at: datetime | None) -> bool:
    """Whether a proof of then is young enough for what needs one."""
    return at is not None and clock.now() - at < FRESH


def moment(claims: Any, name: str) -> datetime | None:
    """A time of a token, a record or a session (seconds since 1970), UTC; None if it is not there."""
    seconds = claims.get(name)
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int | float) else None


def proof_of(request: HttpRequest) -> Proof:
    """What this session of the `id.` host proves of the person that is signed in."""
    records = get_authentication_records(request, request.user)
    factors = [row for row in records if row.get("method") == "mfa"]
    means = {_FACTORS.get(row.get("type", ""), "") or _MEANS.get(row.get("method", ""), "") for row in records}
    return Proof(
        at=moment(records[-1], "at") if records else None,
        second_factor_at=moment(factors[-1], "at") if factors else None,
        means=tuple(sorted(means - {""})),
        session=session_name(request.session.session_key or ""),
    )


def has_second_factor(person_id: UUID) -> bool:
    """Whether the person signs in with a second factor: an app's codes or a passkey."""
    with public_context():
        kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        return bool(Authenticator.objects.filter(user_id=person_id, type__in=kinds).exists())


def require_fresh(request: HttpRequest) -> None:
    """Before a change of how one signs in: a proof of now, by a second factor too where the person has one.

    Raises DomainError REAUTHENTICATION_REQUIRED, SECOND_FACTOR_REQUIRED.
    """
    proof = proof_of(request)
    if not proof.fresh:
        raise DomainError("REAUTHENTICATION_REQUIRED")
    # a session of before the second factor must not be able to take it off
    if has_second_factor(person_of(request)) and not proof.two_factors:
        raise DomainError("SECOND_FACTOR_REQUIRED")


def keep(*, client_id: str, code: str, proof: Proof) -> None:
    """Keep what was proved when an authorization code was given: the code is exchanged without the browser."""
    cache.set(_kept(client_id, code), proof.claims(), timeout=settings.IDP_OIDC_AUTHORIZATION_CODE_EXPIRES_IN)


def recall(*, client_id: str, code: str) -> dict[str, Any]:
    """Claims of the proof behind a code."""
    return cache.get(_kept(client_id, code)) or {}


def _kept(client_id: str, code: str) -> str:
    digest = hashlib.sha256(f"{client_id} {code}".encode()).hexdigest()
    return f"sso.proof:{digest}"
