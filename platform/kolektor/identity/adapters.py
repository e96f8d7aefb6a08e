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
from kolektor.identity.oidc import subjects
from kolektor.identity.sessions import session_name
from kolektor.kernel import vault


class AccountAdapter(DefaultAccountAdapter):
    """People are made by enrolment, never by an open form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in, and keep whether anybody ever had before: nobody is warned of their own first browser."""
        request.first_sign_in = user.last_login is None  # type: ignore[attr-defined]
        super().login(request, user)

    def logout(self, request: HttpRequest) -> None:
        """Sign out of the `id.` host: what the session gave to clients ends, and they are told."""
        from kolektor.identity.oidc import logout  # it imports the provider's models, which import this

        if request.user.is_authenticated and request.user.pk is not None:
            logout.ended(person_id=request.user.pk, session=session_name(request.session.session_key or ""))
        super().logout(request)

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

    def get_user_sub(self, client: Any, user: Any) -> str:
        """Pairwise by wholesaler for clients of theirs."""
        return subjects.subject(client_id=client.id, person_id=user.pk)

    def get_user_by_sub(self, client: Any, sub: str) -> Any:
        return subjects.person_of(client_id=client.id, sub=sub)

    def populate_server_metadata(self, data: dict[str, Any]) -> None:
        """What this provider does, and nothing that only the library could do."""
        data.pop("device_authorization_endpoint", None)
        data |= {
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "subject_types_supported": ["pairwise"],
            "acr_values_supported": [authentication.ONE_FACTOR, authentication.TWO_FACTORS],
            "claims_supported": [
                "sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "sid", "email", "name", "given_name",
                "family_name", "locale",
            ],
            "backchannel_logout_supported": True,
            "backchannel_logout_session_supported": True,
            "ui_locales_supported": ["pl", "en"],
        }  # fmt: skip

    def get_claims(
        self, purpose: str, user: Any, client: Any, scopes: Iterable[str], email: str | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        """Person's id, and by scope e-mail and name, from the person and not from allauth's address book."""
        claims: dict[str, Any] = {"sub": self.get_user_sub(client, user)}
        if "email" in scopes:
            claims["email"] = user.email
        if "profile" in scopes:
            claims |= {
                "name": user.get_full_name(),
                "given_name": user.first_name,
                "family_name": user.last_name,
                "locale": user.language,
            }
        return claims

    def populate_id_token(self, id_token: dict[str, Any], client: Any, scopes: Iterable[str], **kwargs: Any) -> None:
        """When and how the person proved who they are, as it was when the code was given."""
        from kolektor.identity.oidc import validator  # it imports the provider's models, which import this

        code = context.request.POST.get("code", "")
        id_token |= authentication.recall(client_id=client.id, code=code) or validator.proof_of_refresh()
