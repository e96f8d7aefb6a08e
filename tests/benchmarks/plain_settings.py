"""Our settings without middleware and with one plain view: the reference of S2."""

from __future__ import annotations

from kolektor.config.settings import *  # noqa: F403

MIDDLEWARE: list[str] = []
ROOT_URLCONF = "tests.benchmarks.plain_app"
