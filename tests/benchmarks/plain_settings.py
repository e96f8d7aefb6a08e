"""Our settings without middleware and with one plain view: the reference of S2."""

from __future__ import annotations

from kolektor.config.settings import *  # noqa: F403

MIDDLEWARE = []
INSTALLED_APPS = [app for app in INSTALLED_APPS if not app.startswith("allauth")]  # noqa: F405
ROOT_URLCONF = "tests.benchmarks.plain_app"
