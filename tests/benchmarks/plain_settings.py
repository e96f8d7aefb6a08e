"""Our settings without middleware and with one plain view: the reference of S2."""

from __future__ import annotations

from kolektor.config.settings import *  # noqa: F403

MIDDLEWARE = []
# it runs recorded statements and knows no model; the tenants' backend asks for the tenant's
INSTALLED_APPS = ["django_tenants", "django.contrib.contenttypes", "kolektor.kernel", "kolektor.network"]
ROOT_URLCONF = "tests.benchmarks.plain_app"
