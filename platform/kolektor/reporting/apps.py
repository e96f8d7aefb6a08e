"""Django app `reporting`."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "kolektor.reporting"
    label = "reporting"
