"""Django app `identity`."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "kolektor.identity"
    label = "identity"

    def ready(self) -> None:
        """Every view of the provider works with our validator: the library makes its server in one place."""
        from allauth.idp.oidc import views

        from kolektor.identity.oidc.validator import server

        views.get_server = server
