"""Loaded before Django reads its settings (`-p` in pyproject.toml): the tests have servers, data and databases of their own."""

from __future__ import annotations

import os

from tests.shared_data import CHECKOUT

os.environ.setdefault("KOLEKTOR_HOME", str(CHECKOUT / ".kolektor" / "test"))
os.environ.setdefault("LOG_LEVEL", "ERROR")
# a test may change a wholesaler and look at once
os.environ.setdefault("KOLEKTOR_HOST_CACHE_SECONDS", "0")
# imports are killed between chunks: several of them in a file of a moderate size
os.environ.setdefault("KOLEKTOR_IMPORT_CHUNK_DOCUMENTS", "400")
# the controller's name must not reach the workers: each has a database of its own
os.environ["KOLEKTOR_DATABASE"] = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
