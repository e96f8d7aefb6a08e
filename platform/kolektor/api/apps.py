"""Django app `api` (no tables)."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "kolektor.api"
    label = "api"
