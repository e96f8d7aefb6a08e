"""Paths of the `id.` host: sign-on, the OpenID Connect provider, my programs."""

from allauth.idp.oidc import views as provider
from django.urls import include, path

from kolektor.config.urls_common import common
from kolektor.config.views import app_page, program_logo
from kolektor.identity import http as identity
from kolektor.mailing import http as mailing
from kolektor.network import http as network

_provider = [
    path(".well-known/openid-configuration", provider.configuration, name="configuration"),
    path(".well-known/jwks.json", provider.jwks, name="jwks"),
    path("identity/o/authorize", identity.PkceAuthorization.as_view(), name="authorization"),
    path("identity/o/logout", provider.logout, name="logout"),
    path("identity/o/api/token", provider.token, name="token"),
    path("identity/o/api/revoke", provider.revoke, name="revoke"),
    path("identity/o/api/userinfo", provider.user_info, name="userinfo"),
    path("identity/o/api/device", identity.no_device_grant, name="device_code"),
]

urlpatterns = [
    *common,
    path("auth/password", identity.password),
    path("auth/code", identity.code),
    path("auth/code/confirm", identity.confirm_code),
    path("api/programs", network.programs),
    path("api/face", network.face),
    path("logos/<slug:slug>", program_logo),
    path("api/sessions", identity.sessions),
    path("api/sessions/revoke", identity.revoke_session),
    path("api/dev/messages", mailing.messages),
    path("dev/messages/<int:key>/preview", mailing.preview),
    # the names under which allauth reverses its own paths
    path("", include(([path("", include((_provider, "oidc")))], "idp"))),
    path("", app_page, {"app": "member", "page": "id.html"}, name="account_login"),
    path("sign-in", app_page, {"app": "member", "page": "id.html"}),
    path("account", app_page, {"app": "member", "page": "id.html"}),
    path("dev/messages", mailing.development_only(app_page), {"app": "member", "page": "id.html"}),
]
handler404 = "kolektor.config.views.not_found"
handler500 = "kolektor.config.views.server_error"
