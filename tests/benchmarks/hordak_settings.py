"""The peer that a Django team would pick: django-hordak, by its own documentation, on plain Django."""

from __future__ import annotations

import os

from kolektor.embedded import home as embedded_home
from kolektor.embedded import postgres

_address = postgres.address(embedded_home.state_home())
SECRET_KEY = "benchmarks"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "djmoney", "mptt", "hordak"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": _address.host,
        "PORT": str(_address.port),
        "NAME": os.environ["BENCH_DATABASE"],
        "USER": postgres.OWNER,
        "CONN_MAX_AGE": None,
    }
}
HORDAK_INTERNAL_CURRENCY = DEFAULT_CURRENCY = "PLN"
CURRENCIES = HORDAK_CURRENCIES = ["PLN"]
