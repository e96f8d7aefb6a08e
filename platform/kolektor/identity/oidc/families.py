"""Token families (RFC 9700, section 4.14): rotation, and the end of all of a family when something of it is shown twice."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

import structlog
from allauth.idp.oidc.adapter import get_adapter
from allauth.idp.oidc.models import Token
from django.db import transaction

from kolektor.audit import services as audit
from kolektor.identity.models import SpentToken, TokenFamily
from kolektor.kernel import clock

log = structlog.get_logger(__name__)


def digest(value: str) -> str:
    """How a code or token is remembered."""
    return hashlib.sha256(value.encode("utf-8")).hexdigest()


def begin(*, client_id: str, person_id: UUID, code: str, session: str, proof: dict[str, Any]) -> TokenFamily:
    """The family of a code that is being exchanged."""
    family = TokenFamily.objects.create(
        client_id=client_id, person_id=person_id, code=digest(code), session=session, proof=proof
    )
    family.refresh_from_db()
    return family


def mark(family_id: UUID, *values: str) -> None:
    """Say of tokens that were just kept whose family they are."""
    hashes = [get_adapter().hash_token(value) for value in values]
    rows = list(Token.objects.filter(hash__in=hashes))
    for row in rows:
        row.data = {**(row.data or {}), "family": str(family_id)}
    Token.objects.bulk_update(rows, ["data"])


def family_of(token: Token) -> UUID | None:
    """The family of a kept token."""
    found = (token.data or {}).get("family")
    return UUID(found) if found else None


def lock_living(token: Token) -> bool:
    """Lock the family of a kept token, before the token itself. False when it has ended, or the token has none."""
    family_id = family_of(token)
    if family_id is None:
        return False
    return TokenFamily.objects.select_for_update().filter(pk=family_id, revoked_at=None).first() is not None


def spend(family_id: UUID, token_hash: str) -> None:
    """A refresh token was exchanged."""
    SpentToken.objects.create(hash=token_hash, family_id=family_id)


def shown_again(*, client_id: str, code: str = "", refresh_token: str = "") -> bool:
    """A code or a refresh token came that is not good: if it was once, end its family. Only its own client is heard."""
    families = TokenFamily.objects.filter(client_id=client_id, revoked_at=None)
    if code:
        family = families.filter(code=digest(code)).first()
    else:
        family = families.filter(spent__hash=get_adapter().hash_token(refresh_token)).first()
    if family is None:
        return False
    log.warning("sso.token_shown_again", client=client_id, family=str(family.pk), what="code" if code else "refresh")
    revoke(family, reason="shown_again")
    return True


@transaction.atomic
def revoke(family: TokenFamily, *, reason: str) -> None:
    """End every token of the family."""
    # first the family, which every refresh locks: one that is under way ends before, and its tokens are seen here
    TokenFamily.objects.select_for_update().filter(pk=family.pk).first()
    TokenFamily.objects.filter(pk=family.pk, revoked_at=None).update(revoked_at=clock.now())
    Token.objects.filter(client_id=family.client_id, user_id=family.person_id, data__family=str(family.pk)).delete()
    audit.record(
        action="person.tokens_revoked",
        object_type="person",
        object_id=family.person_id,
        client=family.client_id,
        reason=reason,
    )
