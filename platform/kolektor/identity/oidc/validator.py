"""What we ask of every client beyond what allauth's provider does.

PKCE of every client; redirect addresses compared sign by sign; a token belongs to its client also when it is revoked; refresh
tokens rotate within a family, which ends when a code or an old token is shown again. Our own hosts get an ID token and nothing
that lasts.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from allauth.core import context
from allauth.idp.oidc import app_settings
from allauth.idp.oidc.internal.oauthlib.request_validator import OAuthLibRequestValidator
from allauth.idp.oidc.internal.oauthlib.server import generate_access_token, generate_refresh_token
from allauth.idp.oidc.internal.oauthlib.utils import get_validator_context
from allauth.idp.oidc.models import Client, Token
from oauthlib.openid import Server

from kolektor.identity import authentication
from kolektor.identity.clients import id_host
from kolektor.identity.models import HostSession, TokenFamily
from kolektor.identity.oidc import consents, families
from kolektor.identity.sessions import session_name
from kolektor.kernel import clock


class Validator(OAuthLibRequestValidator):
    """Plugged into oauthlib's server by `server`."""

    def is_pkce_required(self, client_id: Any, request: Any) -> bool:
        return True

    def validate_redirect_uri(self, client_id: Any, redirect_uri: Any, request: Any, *args: Any, **kwargs: Any) -> bool:
        allowed = request.client.get_redirect_uris()
        return redirect_uri in allowed or any(_same_but_port(redirect_uri, each) for each in allowed)

    def validate_code(self, client_id: Any, code: Any, client: Any, request: Any, *args: Any, **kwargs: Any) -> bool:
        if super().validate_code(client_id, code, client, request, *args, **kwargs):
            return client.skip_consent or _still_allowed(client, code, request)
        families.shown_again(client_id=client.id, code=code)
        return False

    def validate_refresh_token(self, refresh_token: Any, client: Any, request: Any, *args: Any, **kwargs: Any) -> bool:
        rows = Token.objects.filter(client=client)
        token = rows.lookup(Token.Type.REFRESH_TOKEN, refresh_token)
        # the loser of two that come together waits for the family, and finds the token spent
        if (
            token is not None
            and families.lock_living(token)
            and rows.lookup(Token.Type.REFRESH_TOKEN, refresh_token) is not None
            and super().validate_refresh_token(refresh_token, client, request, *args, **kwargs)
        ):
            return True
        families.shown_again(client_id=client.id, refresh_token=refresh_token)
        return False

    def save_bearer_token(self, token: dict[str, Any], request: Any, *args: Any, **kwargs: Any) -> None:
        if request.client.skip_consent:  # one of our hosts
            token.pop("refresh_token", None)
            return
        if Client.GrantType.REFRESH_TOKEN not in request.client.get_grant_types():
            token.pop("refresh_token", None)
        before = get_validator_context().refresh_token
        spent = (families.family_of(before), before.hash) if before is not None else None
        super().save_bearer_token(token, request, *args, **kwargs)
        if spent is not None and spent[0] is not None:
            family_id = spent[0]
            families.spend(family_id, spent[1])
        else:
            proof = authentication.recall(client_id=request.client.id, code=request.code)
            family_id = families.begin(
                client_id=request.client.id,
                person_id=request.user.pk,
                code=request.code,
                session=proof.get("sid", ""),
                proof=proof,
            ).pk
        families.mark(family_id, *(token[name] for name in ("access_token", "refresh_token") if name in token))

    def validate_silent_authorization(self, request: Any) -> bool:
        """`prompt=none`: what the person has allowed this very client, not some other."""
        if request.client.skip_consent:
            return True
        person_id = context.request.user.pk
        return consents.covers(person_id=person_id, client_id=request.client.id, scopes=request.scopes)

    def revoke_token(self, token: Any, token_type_hint: Any, request: Any, *args: Any, **kwargs: Any) -> None:
        """Only the client's own; with a refresh token all of its family (RFC 7009, sections 2.1 and 2.2)."""
        kinds = [Token.Type.ACCESS_TOKEN, Token.Type.REFRESH_TOKEN]
        row = Token.objects.by_value(token).filter(type__in=kinds, client=request.client).first()
        if row is None:
            return
        family_id = families.family_of(row)
        family = TokenFamily.objects.filter(pk=family_id).first() if family_id else None
        if row.type == Token.Type.REFRESH_TOKEN and family is not None:
            families.revoke(family, reason="by_client")
        row.delete()


def _still_allowed(client: Client, code: str, request: Any) -> bool:
    """Between code and exchange the person may have signed out or taken the consent back."""
    person_id = request.user.pk
    session = authentication.recall(client_id=client.id, code=code).get("sid", "")
    live = HostSession.objects.filter(person_id=person_id, host=id_host(), expire_date__gt=clock.now())
    return any(session_name(key) == session for key in live.values_list("session_key", flat=True)) and consents.covers(
        person_id=person_id, client_id=client.id, scopes=request.scopes
    )


def server(**hooks: Any) -> Server:
    """oauthlib's server with our validator."""
    return Server(
        request_validator=Validator(),
        token_generator=generate_access_token,
        refresh_token_generator=generate_refresh_token,
        token_expires_in=app_settings.ACCESS_TOKEN_EXPIRES_IN,
        **hooks,
    )


def proof_of_refresh() -> dict[str, Any]:
    """Claims of the proof behind the refresh token that is being exchanged; nothing in any other request."""
    before = get_validator_context().refresh_token if context.request is not None else None
    family_id = families.family_of(before) if before is not None else None
    found = TokenFamily.objects.filter(pk=family_id).values_list("proof", flat=True).first() if family_id else None
    return dict(found or {})


def _same_but_port(uri: str, allowed: str) -> bool:
    """A native app listens on any port of the loopback address (RFC 8252, section 7.3)."""
    try:
        asked, known = urlsplit(uri), urlsplit(allowed)
        loopback = known.scheme == "http" and known.hostname in {"127.0.0.1", "::1"}
        return loopback and "@" not in asked.netloc and _portless(asked) == _portless(known)
    except ValueError:
        return False


def _portless(parts: Any) -> str:
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    return str(urlunsplit(parts._replace(netloc=host)))
