"""OpenID Connect Back-Channel Logout 1.0: clients hear that a session of the `id.` host ended, and lose what it gave them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID, uuid4

import httpx
import structlog
from allauth.core.internal import jwkkit
from allauth.idp.oidc.adapter import get_adapter
from django.db import transaction
from joserfc import jwt
from joserfc.jwk import RSAKey

from kolektor.identity.models import OutsideClient, TokenFamily
from kolektor.identity.oidc import families, subjects
from kolektor.kernel import clock, transport
from kolektor.kernel.errors import DomainError
from kolektor.kernel.outbox.delivery import Delivery
from kolektor.kernel.outbox.services import emit
from kolektor.kernel.tenant import public_context

log = structlog.get_logger(__name__)

EVENT: Final = "identity.session_ended"
_CLAIM: Final = "http://schemas.openid.net/event/backchannel-logout"
_LIFE_SECONDS: Final = 120


def ended(*, person_id: UUID, session: str | None = None) -> None:
    """A session of the `id.` host ended (its public name), or all of the person's: tokens die, clients are told."""
    with public_context(), transaction.atomic():
        rows = TokenFamily.objects.filter(person_id=person_id, revoked_at=None)
        if session is not None:
            rows = rows.filter(session=session)
        told: set[tuple[str, str]] = set()
        for family in rows:
            families.revoke(family, reason="session_ended")
            told.add((family.client_id, family.session))
        for client_id, name in sorted(told):
            emit(
                EVENT,
                {"client": client_id, "sub": subjects.subject(client_id=client_id, person_id=person_id), "sid": name},
            )


def send(delivery: Delivery, payload: Mapping[str, Any]) -> None:
    """Handle `identity.session_ended`: post the logout token. A step handler, run in `public`.

    Raises DomainError LOGOUT_NOT_HEARD, after which it is tried again.
    """
    row = OutsideClient.objects.filter(client_id=payload["client"]).first()
    if row is not None and row.logout_uri:
        try:
            with transport.client(public_only=True) as http:
                answer = http.post(row.logout_uri, data={"logout_token": logout_token(payload)})
        except httpx.HTTPError as error:
            raise DomainError("LOGOUT_NOT_HEARD", reason=type(error).__name__) from error
        if answer.status_code >= 500 or answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            raise DomainError("LOGOUT_NOT_HEARD", reason=str(answer.status_code))
        log.info("sso.logout_told", client=payload["client"], status=answer.status_code)
    with delivery.finish():
        pass


def logout_token(payload: Mapping[str, Any]) -> str:
    """The signed token (section 2.4 of the specification); it never holds a nonce."""
    adapter = get_adapter()
    pem = adapter.get_signing_key().pem
    kid = jwkkit.load_jwk_from_pem(pem)[0]["kid"]
    now = int(clock.now().timestamp())
    claims = {
        "iss": adapter.get_issuer(),
        "aud": payload["client"],
        "iat": now,
        "exp": now + _LIFE_SECONDS,
        "jti": uuid4().hex,
        "sub": payload["sub"],
        "sid": payload["sid"],
        "events": {_CLAIM: {}},
    }
    return jwt.encode({"alg": "RS256", "typ": "logout+jwt", "kid": kid}, claims, RSAKey.import_key(pem))
