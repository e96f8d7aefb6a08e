"""The composition root as a Django app: binds ports and wires events when Django starts."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "kolektor.config"
    label = "kolektor_config"

    def ready(self) -> None:
        # the Celery app must exist before a task is sent, in a command as in a server
        from kolektor.config import celery, events, ports, texts

        assert celery.app is not None

        ports.bind_ports()
        events.wire()
        texts.register()
