"""Django app `identity`."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "kolektor.identity"
    label = "identity"
