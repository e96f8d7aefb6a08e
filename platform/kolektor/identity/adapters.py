"""Where we differ from allauth: no open sign-up, one issuer, claims from the person, sealed secrets, tries counted by browser."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest

from kolektor.identity import authentication, devices
from kolektor.identity.clients import id_host
from kolektor.kernel import vault


class AccountAdapter(DefaultAccountAdapter):
    """People are made by enrolment, never by an open form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in, and keep whether anybody ever had before: nobody is warned of their own first browser."""
        request.first_sign_in = user.last_login is None  # type: ignore[attr-defined]
        super().login(request, user)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failed tries are counted by account, and apart for a browser that the person has signed in with before."""
        counted: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{counted}:{devices.bucket(request, str(credentials.get('email', '')))}"


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors and passkeys: secrets sealed by our vault, passkeys of the `id.` host, names of ours."""

    def encrypt(self, text: str) -> str:
        return vault.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return vault.unseal(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": id_host(), "name": "Kolektor"}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        return {
            "id": user.pk.hex.encode("ascii"),
            "display_name": user.get_full_name() or user.email,
            "name": user.email,
        }

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Ours are sent by `notices`, through the outbox."""


class ProviderAdapter(DefaultOIDCAdapter):
    """The OpenID Connect provider of the `id.` host."""

    def get_issuer(self) -> str:
        """One issuer, whatever host a request pretends to come from."""
        scheme = "https" if settings.SECURE else "http"
        port = "" if settings.SECURE else f":{settings.PUBLIC_PORT}"
        return f"{scheme}://id.{settings.BASE_DOMAIN}{port}"

    def get_claims(
        self, purpose: str, user: Any, client: Any, scopes: Iterable[str], email: str | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        """Person's id, and by scope e-mail and name, from the person and not from allauth's address book."""
        claims: dict[str, Any] = {"sub": self.get_user_sub(client, user)}
        if "email" in scopes:
            claims["email"] = user.email
        if "profile" in scopes:
            claims |= {"given_name": user.first_name, "family_name": user.last_name, "locale": user.language}
        return claims

    def populate_id_token(self, id_token: dict[str, Any], client: Any, scopes: Iterable[str], **kwargs: Any) -> None:
        """When and how the person proved who they are, as it was when the code was given."""
        code = context.request.POST.get("code", "")
        id_token |= authentication.recall(client_id=client.id, code=code)
