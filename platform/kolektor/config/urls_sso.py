"""Paths of the `id.` host: sign-on, the OpenID Connect provider, my programs."""

from allauth.idp.oidc import views as provider
from django.urls import include, path

from kolektor.config.urls_common import common
from kolektor.config.views import app_page, program_logo
from kolektor.identity.http import account, clients, development, sign_in
from kolektor.identity.http import provider as ours
from kolektor.mailing import http as mailing
from kolektor.network import http as network

_provider = [
    path(".well-known/openid-configuration", provider.configuration, name="configuration"),
    path(".well-known/jwks.json", provider.jwks, name="jwks"),
    path("identity/o/authorize", ours.Authorization.as_view(), name="authorization"),
    path("identity/o/logout", provider.logout, name="logout"),
    path("identity/o/api/token", provider.token, name="token"),
    path("identity/o/api/revoke", provider.revoke, name="revoke"),
    path("identity/o/api/userinfo", provider.user_info, name="userinfo"),
    path("identity/o/api/device", ours.no_device_grant, name="device_code"),
]

urlpatterns = [
    *common,
    path("auth/password", sign_in.password),
    path("auth/code", sign_in.code),
    path("auth/code/confirm", sign_in.confirm_code),
    path("auth/second-factor", sign_in.show_code),
    path("auth/passkey/begin", sign_in.begin_passkey),
    path("auth/passkey", sign_in.show_passkey),
    path("auth/again/password", sign_in.prove_by_password),
    path("auth/again/code", sign_in.ask_to_prove),
    path("auth/again/code/confirm", sign_in.prove_by_code),
    path("api/programs", network.programs),
    path("api/face", network.face),
    path("logos/<slug:slug>", program_logo),
    path("api/consent", clients.asked),
    path("api/consent/allow", clients.allow),
    path("api/clients", clients.allowed),
    path("api/clients/withdraw", clients.withdraw),
    path("api/sessions", account.sessions),
    path("api/sessions/revoke", account.revoke_session),
    path("api/account/security", account.security),
    path("api/account/password", account.set_password),
    path("api/account/app/begin", account.begin_app),
    path("api/account/app/confirm", account.confirm_app),
    path("api/account/app/remove", account.remove_app),
    path("api/account/recovery-codes", account.new_recovery_codes),
    path("api/account/passkeys/begin", account.begin_adding_passkey),
    path("api/account/passkeys/add", account.add_passkey),
    path("api/account/passkeys/remove", account.remove_passkey),
    path("api/dev/messages", mailing.messages),
    path("api/dev/second-factors", development.second_factors),
    path("dev/messages/<int:key>/preview", mailing.preview),
    # the names under which allauth reverses its own paths
    path("", include(([path("", include((_provider, "oidc")))], "idp"))),
    path("", app_page, {"app": "member", "page": "id.html"}, name="account_login"),
    path("sign-in", app_page, {"app": "member", "page": "id.html"}),
    path("sign-in/second-factor", app_page, {"app": "member", "page": "id.html"}, name="mfa_authenticate"),
    path("sign-in/again", app_page, {"app": "member", "page": "id.html"}, name="account_reauthenticate"),
    path("consent", app_page, {"app": "member", "page": "id.html"}),
    path("account", app_page, {"app": "member", "page": "id.html"}),
    path("account/security", app_page, {"app": "member", "page": "id.html"}),
    path("account/second-factor", app_page, {"app": "member", "page": "id.html"}),
    path("dev/messages", mailing.development_only(app_page), {"app": "member", "page": "id.html"}),
]
handler404 = "kolektor.config.views.not_found"
handler500 = "kolektor.config.views.server_error"
