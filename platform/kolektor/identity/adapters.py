"""Where we differ from allauth: no self sign-up yet, one issuer, claims from the person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """People are made by enrolment, never by an open form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


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
