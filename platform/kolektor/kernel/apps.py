"""Django app of the kernel: the outbox tables, in every schema."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "kolektor.kernel"
    label = "kernel"
