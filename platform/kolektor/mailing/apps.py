"""Django app `mailing`."""

from django.apps import AppConfig


class MailingConfig(AppConfig):
    name = "kolektor.mailing"
    label = "mailing"
