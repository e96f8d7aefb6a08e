"""Our own hosts as relying parties of our own provider: one confidential client per host, consent skipped."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password

from kolektor.identity.hashers import KeyHasher
from kolektor.kernel.tenant import public_context

CLIENT_PREFIX = "host."  # no colon: HTTP basic authentication splits on it


def origin(host: str) -> str:
    """`scheme://host[:port]` under which browsers reach a host of this installation."""
    if settings.SECURE:
        return f"https://{host}"
    return f"http://{host}:{settings.PUBLIC_PORT}"


def id_host() -> str:
    """The host of the sign-on."""
    return f"id.{settings.BASE_DOMAIN}"


def client_id(host: str) -> str:
    """Client id of one of our hosts."""
    return f"{CLIENT_PREFIX}{host}"


def client_secret(host: str) -> str:
    """Derived from the secret key, so that it is stored nowhere in the clear."""
    return hmac.new(settings.SECRET_KEY.encode(), b"oidc client " + host.encode(), hashlib.sha256).hexdigest()


def redirect_uri(host: str) -> str:
    """The one exact redirect address of a host."""
    return f"{origin(host)}/auth/callback"


def ensure_client(*, host: str, name: str) -> None:
    """Register a host at the provider, or bring its registration up to date (name, port, secret)."""
    from allauth.idp.oidc.models import Client

    with public_context():
        row = Client.objects.filter(id=client_id(host)).first() or Client(id=client_id(host))
        if not row.secret or not check_password(client_secret(host), row.secret):
            row.secret = make_password(client_secret(host), hasher=KeyHasher.algorithm)
        row.name = name[:100]
        row.type = Client.Type.CONFIDENTIAL
        row.grant_types = Client.GrantType.AUTHORIZATION_CODE
        row.response_types = "code"
        row.scopes = "openid\nemail\nprofile"
        row.redirect_uris = redirect_uri(host)
        row.skip_consent = True
        row.save()


def forget_client(*, host: str) -> None:
    """A host of ours that is no more."""
    from allauth.idp.oidc.models import Client

    with public_context():
        Client.objects.filter(id=client_id(host)).delete()
