"""A sandbox partner as its own process, the way the demo runs it; spoken to over HTTP only."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.shared_data import CHECKOUT

WEBHOOK_SECRET = "whsec_dGVzdHMtb2YtdGhlLWFnZ3JlZ2F0b3I="
API_KEY = "test-key"


def tremendous_id(aggregator_id: str) -> str:
    """The id that the stand-in for Tremendous lists a product of the aggregator under."""
    return hashlib.sha256(f"tremendous {aggregator_id}".encode()).hexdigest()[:12].upper()


@dataclass
class SandboxProcess:
    """Start, kill and ask one partner. `port` stays the same over restarts."""

    state: Path
    webhook_url: str | None = None
    port: int = 0
    partner: str = "aggregator"
    _process: subprocess.Popen[str] | None = field(default=None, init=False)

    def start(self) -> None:
        command = [sys.executable, "-m", "integrations.sandbox", self.partner, "--port", str(self.port)]
        command += ["--state", str(self.state), "--api-key", API_KEY, "--webhook-secret", WEBHOOK_SECRET]
        if self.webhook_url is not None:
            command += ["--webhook-url", self.webhook_url]
        self._process = subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the sandbox did not start"
        self.port = json.loads(line)["port"]

    def kill(self) -> None:
        """SIGKILL: no chance to tidy up."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(timeout=10)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def stop(self) -> int:
        """SIGTERM. Returns the exit code."""
        assert self._process is not None
        self._process.terminate()
        code = self._process.wait(timeout=10)
        assert self._process.stdout is not None
        self._process.stdout.close()
        return code

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, *, key: str | None = API_KEY, **options: Any) -> httpx.Response:
        headers = {**options.pop("headers", {}), **({} if key is None else {"Authorization": f"Bearer {key}"})}
        return httpx.request(method, self.url + path, headers=headers, timeout=20, trust_env=False, **options)

    def place(self, reference: str, product: str = "paliwo-szlak", amount_minor: int = 5000) -> httpx.Response:
        body = {"external_id": reference, "product_id": product, "amount_minor": amount_minor, "currency": "PLN"}
        return self.ask("POST", "/v1/orders", json=body, headers={"Idempotency-Key": reference})

    def fault(self, name: str, **options: Any) -> None:
        answer = self.ask("POST", "/sandbox/faults", json={"fault": name, **options})
        assert answer.status_code == 201, answer.text

    def orders(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask("GET", "/sandbox/orders").json()["orders"]
        return found

    def reset(self) -> None:
        assert self.ask("POST", "/sandbox/reset").status_code == 200
