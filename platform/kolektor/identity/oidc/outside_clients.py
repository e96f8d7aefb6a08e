"""A wholesaler's own shops and apps as clients: registering, changing, renewing the secret, removing.

The caller answers for who may; every function takes the wholesaler that owns the client and finds no other's.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from allauth.idp.oidc.models import Client
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from kolektor.identity.hashers import KeyHasher
from kolektor.identity.models import OutsideClient
from kolektor.kernel.entered import clean_name
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.tenant import public_context

MAX_CLIENTS: Final = 20
MAX_ADDRESSES: Final = 10
MAX_NAME: Final = 100
MAX_ADDRESS: Final = 500
SCOPES: Final = ("openid", "email", "profile")
_LOOPBACK: Final = {"127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """A registered client as its owner sees it; times in UTC."""

    id: str
    name: str
    kind: str
    redirect_uris: tuple[str, ...]
    logout_uri: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Registered:
    """A client and its secret, which is shown this one time; "" for a native app, which can keep none."""

    client: ClientFacts
    secret: str


def clients_of(owner: UUID) -> list[ClientFacts]:
    """The oldest first."""
    with public_context():
        rows = OutsideClient.objects.filter(owner=owner).select_related("client").order_by("created_at", "pk")
        return [_facts(row) for row in rows]


def register(*, owner: UUID, name: str, kind: str, redirect_uris: Sequence[str], logout_uri: str = "") -> Registered:
    """Make a client. `kind`: "web" (a server that keeps a secret) or "native" (an app on a device, which cannot).

    Raises DomainError NAME_MISSING, NAME_TOO_LONG, UNKNOWN_KIND, BAD_REDIRECT_URI, BAD_LOGOUT_URI, TOO_MANY_CLIENTS.
    """
    if kind not in OutsideClient.Kind.values:
        raise DomainError("UNKNOWN_KIND", field="kind", value=kind[:20])
    addresses = _addresses(redirect_uris, kind)
    secret = _new_secret() if kind == OutsideClient.Kind.WEB else ""
    with public_context(), transaction.atomic():
        if OutsideClient.objects.filter(owner=owner).count() >= MAX_CLIENTS:
            raise DomainError("TOO_MANY_CLIENTS", limit=MAX_CLIENTS)
        client = Client.objects.create(
            id=uuid4().hex,
            name=clean_name(name, limit=MAX_NAME),
            secret=_hashed(secret or _new_secret()),
            type=Client.Type.CONFIDENTIAL if secret else Client.Type.PUBLIC,
            grant_types=f"{Client.GrantType.AUTHORIZATION_CODE}\n{Client.GrantType.REFRESH_TOKEN}",
            response_types="code",
            scopes="\n".join(SCOPES),
            default_scopes="openid",
            redirect_uris="\n".join(addresses),
            skip_consent=False,
        )
        row = OutsideClient(client=client, owner=owner, kind=kind, logout_uri=_logout(logout_uri, kind))
        row.save()
        row.refresh_from_db()
        return Registered(_facts(row), secret)


def change(
    *, owner: UUID, client_id: str, name: str, redirect_uris: Sequence[str], logout_uri: str = ""
) -> ClientFacts:
    """Change name and addresses. Raises NotFound, and as `register`."""
    with public_context(), transaction.atomic():
        row = _locked(owner, client_id)
        row.client.name = clean_name(name, limit=MAX_NAME)
        row.client.redirect_uris = "\n".join(_addresses(redirect_uris, row.kind))
        row.client.save(update_fields=["name", "redirect_uris"])
        row.logout_uri = _logout(logout_uri, row.kind)
        row.save(update_fields=["logout_uri"])
        return _facts(row)


def renew_secret(*, owner: UUID, client_id: str) -> Registered:
    """A new secret; the old one is void at once. Raises NotFound, DomainError NO_SECRET for a native app."""
    with public_context(), transaction.atomic():
        row = _locked(owner, client_id)
        if row.kind != OutsideClient.Kind.WEB:
            raise DomainError("NO_SECRET")
        secret = _new_secret()
        row.client.secret = _hashed(secret)
        row.client.save(update_fields=["secret"])
        return Registered(_facts(row), secret)


def remove(*, owner: UUID, client_id: str) -> ClientFacts:
    """Remove it with every token and consent. Raises NotFound."""
    with public_context(), transaction.atomic():
        row = _locked(owner, client_id)
        facts = _facts(row)
        row.client.delete()
        return facts


def forget_clients_of(*, owner: UUID) -> None:
    """All of a wholesaler that is no more."""
    with public_context():
        Client.objects.filter(outside__owner=owner).delete()


def _locked(owner: UUID, client_id: str) -> OutsideClient:
    rows = OutsideClient.objects.select_for_update(of=("self",)).select_related("client")
    row = rows.filter(owner=owner, client_id=client_id).first()
    if row is None:
        raise NotFound("id")
    return row


def _facts(row: OutsideClient) -> ClientFacts:
    return ClientFacts(
        id=row.client.id,
        name=row.client.name,
        kind=row.kind,
        redirect_uris=tuple(row.client.get_redirect_uris()),
        logout_uri=row.logout_uri,
        created_at=row.created_at,
    )


def _new_secret() -> str:
    """256 bits in signs that are the same however a client library encodes them for HTTP basic (RFC 6749, section 2.3.1)."""
    return secrets.token_hex(32)


def _hashed(secret: str) -> str:
    return str(make_password(secret, hasher=KeyHasher.algorithm))


def _addresses(redirect_uris: Sequence[str], kind: str) -> list[str]:
    clean = list(dict.fromkeys(each.strip() for each in redirect_uris if each.strip()))
    if not 1 <= len(clean) <= MAX_ADDRESSES:
        raise DomainError("BAD_REDIRECT_URI", field="redirectUris", value="")
    for each in clean:
        if not (_is_web(each) or (kind == OutsideClient.Kind.NATIVE and _is_native(each))):
            raise DomainError("BAD_REDIRECT_URI", field="redirectUris", value=each[:200])
    return clean


def _logout(uri: str, kind: str) -> str:
    clean = uri.strip()
    if clean and (kind != OutsideClient.Kind.WEB or not _is_web(clean)):
        raise DomainError("BAD_LOGOUT_URI", field="logoutUri", value=clean[:200])
    return clean


def _is_web(uri: str) -> bool:
    """https; in development also http to this machine."""
    try:
        parts = urlsplit(uri)
        port_fits = parts.port is None or 0 < parts.port < 65_536
    except ValueError:
        return False
    host = parts.hostname or ""
    local = not settings.SECURE and (host in _LOOPBACK or host == "localhost" or host.endswith(".localhost"))
    plain = not (
        parts.fragment or parts.username or parts.password or "*" in uri or "\\" in uri or not uri.isprintable()
    )
    return (
        len(uri) <= MAX_ADDRESS
        and uri.isascii()
        and " " not in uri
        and plain
        and port_fits
        and bool(host)
        and (parts.scheme == "https" or (parts.scheme == "http" and local))
    )


def _is_native(uri: str) -> bool:
    """A scheme of the app's own, named after a domain, or a port of the device itself (RFC 8252, sections 7.1 and 7.3)."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return False
    if (
        len(uri) > MAX_ADDRESS
        or not uri.isascii()
        or not uri.isprintable()
        or " " in uri
        or "*" in uri
        or parts.fragment
        or parts.username
    ):
        return False
    if parts.scheme == "http":
        return parts.hostname in _LOOPBACK
    return "." in parts.scheme and not parts.netloc and parts.path.startswith("/")
