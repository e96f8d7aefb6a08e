"""The relying-party side of sign-on: authorization code with PKCE (RFC 6749, RFC 7636), ID token checked (OIDC Core 3.1.3.7)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx
import structlog
from authlib.common.security import generate_token
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.core.cache import cache
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry

from kolektor.identity.authentication import TWO_FACTORS, is_fresh, moment, second_factor_counts
from kolektor.identity.clients import client_id, client_secret, id_host, origin, redirect_uri
from kolektor.kernel import transport
from kolektor.kernel.errors import DomainError

log = structlog.get_logger(__name__)

JWKS_SECONDS = 600
# how old a proof may be that is asked for anew: time to come back from the page, no more
FRESH_SECONDS = 120


@dataclass(frozen=True, slots=True)
class SignInAttempt:
    """What the host keeps in the browser's session between redirect and callback."""

    state: str
    nonce: str
    verifier: str
    next: str
    fresh: bool = False
    two_factors: bool = False

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who came back from the sign-on, and when they proved who they are (UTC; None where it does not say)."""

    person_id: UUID
    proved_at: datetime | None
    second_factor_at: datetime | None


def begin(
    host: str, next_path: str, language: str = "", *, fresh: bool = False, two_factors: bool = False
) -> tuple[str, SignInAttempt]:
    """The address to send the browser to, and what to remember. `language` was chosen at the host; the form speaks it.

    `fresh` asks for a proof of now, `two_factors` for a second factor.
    """
    attempt = SignInAttempt(
        generate_token(32), generate_token(32), generate_token(64), next_path, fresh=fresh, two_factors=two_factors
    )
    wishes = {"ui_locales": language} if language else {}
    if fresh:
        wishes["max_age"] = str(FRESH_SECONDS)
    if two_factors:
        wishes["acr_values"] = TWO_FACTORS
    url: str = prepare_grant_uri(
        f"{origin(id_host())}/identity/o/authorize",
        client_id(host),
        "code",
        redirect_uri=redirect_uri(host),
        scope="openid email profile",
        state=attempt.state,
        nonce=attempt.nonce,
        code_challenge=create_s256_code_challenge(attempt.verifier),
        code_challenge_method="S256",
        **wishes,
    )
    return url, attempt


def finish(host: str, attempt: SignInAttempt, *, state: str, code: str) -> SignedIn:
    """Exchange the code; returns who it is. Raises DomainError SIGN_IN_FAILED, or SIGN_IN_UNAVAILABLE."""
    if not code or state != attempt.state:
        raise DomainError("SIGN_IN_FAILED", reason="state")
    try:
        with transport.client() as http:
            answer = http.post(
                f"{origin(id_host())}/identity/o/api/token",
                data={
                    "grant_type": "authorization_code",
                    "code": code,
                    "redirect_uri": redirect_uri(host),
                    "code_verifier": attempt.verifier,
                },
                auth=(client_id(host), client_secret(host)),
            )
            if answer.status_code != httpx.codes.OK:
                log.warning("sign_in.refused", status=answer.status_code)
                raise DomainError("SIGN_IN_FAILED", reason="token")
            token = str(answer.json()["id_token"])
            claims = _verified(token, host, http)
    except (httpx.HTTPError, ValueError, KeyError) as error:
        raise DomainError("SIGN_IN_UNAVAILABLE") from error
    if claims.get("nonce") != attempt.nonce:
        raise DomainError("SIGN_IN_FAILED", reason="nonce")
    found = SignedIn(UUID(str(claims["sub"])), moment(claims, "auth_time"), moment(claims, "second_factor_at"))
    if attempt.fresh and not is_fresh(found.proved_at):
        raise DomainError("SIGN_IN_FAILED", reason="auth_time")
    if attempt.two_factors and not (claims.get("acr") == TWO_FACTORS and second_factor_counts(found.second_factor_at)):
        raise DomainError("SIGN_IN_FAILED", reason="acr")
    return found


def _verified(token: str, host: str, http: httpx.Client) -> dict[str, Any]:
    registry = JWTClaimsRegistry(
        leeway=10,
        iss={"essential": True, "value": origin(id_host())},
        aud={"essential": True, "value": client_id(host)},
        exp={"essential": True},
        sub={"essential": True},
        nonce={"essential": True},
    )
    for fresh in (False, True):  # a rotated key is looked up once more
        try:
            decoded = jwt.decode(token, _key_set(http, fresh=fresh), algorithms=["RS256"])
            registry.validate(decoded.claims)
            return decoded.claims
        except (JoseError, ValueError) as error:
            if fresh:
                raise DomainError("SIGN_IN_FAILED", reason=type(error).__name__) from error
    raise AssertionError("unreachable")


def _key_set(http: httpx.Client, *, fresh: bool) -> KeySet:
    keys = None if fresh else cache.get("sso:jwks")
    if keys is None:
        answer = http.get(f"{origin(id_host())}/.well-known/jwks.json")
        answer.raise_for_status()
        keys = answer.json()
        cache.set("sso:jwks", keys, JWKS_SECONDS)
    return KeySet.import_key_set(keys)
