"""The Celery app: every task runs in a tenant, or fails closed."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kolektor.config.settings")

from celery import Celery
from django.conf import settings

app = Celery("kolektor")
app.config_from_object("django.conf:settings", namespace="CELERY")
# a wake-up that cannot be sent is given up at once: the sweep does the work
app.conf.broker_transport_options = {"visibility_timeout": 3600, "socket_connect_timeout": 1, "max_retries": 0}
app.conf.broker_connection_timeout = 1
app.conf.beat_schedule = {
    "sweep": {"task": "kolektor.sweep", "schedule": float(settings.OUTBOX_SWEEP_SECONDS)},
}
app.conf.beat_schedule_filename = str(settings.ENVIRONMENT.home / "beat-schedule")
app.autodiscover_tasks(["kolektor.config"])
