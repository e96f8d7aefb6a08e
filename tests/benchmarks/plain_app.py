"""A plain Django view that runs the statements of a checkout: no GraphQL, no middleware, no permissions."""

from __future__ import annotations

import json
import os
import pickle
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from tests.benchmarks.recording import Replay


@lru_cache(maxsize=1)
def _recorded() -> dict[str, Any]:
    kept: dict[str, Any] = pickle.loads(Path(os.environ["BENCH_RECORDING"]).read_bytes())
    return kept


@csrf_exempt
def checkout(request: HttpRequest) -> HttpResponse:
    """`{"member", "key"}` in, `{"ok": true}` out."""
    kept, given = _recorded(), json.loads(request.body)
    connection.set_schema(kept["schema"])  # type: ignore[attr-defined]
    Replay({kept["member"]: given["member"], kept["key"]: given["key"]}).run(kept["statements"])
    return JsonResponse({"state": "PLACED"})


def health(request: HttpRequest) -> HttpResponse:
    """For whoever waits for the start."""
    return HttpResponse("ok")


urlpatterns = [path("checkout", checkout), path("healthz", health)]
application = get_wsgi_application()
