"""Django app `network`."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "kolektor.network"
    label = "network"
