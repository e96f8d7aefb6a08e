"""Django app `program`."""

from django.apps import AppConfig


class ProgramConfig(AppConfig):
    name = "tenants.program"
    label = "program"
