"""HTTP to a partner: timeouts, bounded retries, a cap on answers, one record per call in the partner log.

What happened on the wire is never an exception here but an `Answer` or a `NoAnswer`. An adapter turns
`NoAnswer` into `unknown`: the partner may have done what it was asked.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final, Literal
from uuid import uuid4

import httpx

from catalog.rewards.ports import CallLog
from kolektor.kernel.transport import client

Method = Literal["GET", "POST"]
# `safe`: asking again changes nothing, so any passing fault is tried again. `unsent`: only when the
# connection was
# never made; a write that may have arrived is repeated by the outbox, with the same key, not by a waiting
# worker
Repeat = Literal["safe", "unsent"]
NoAnswerReason = Literal["timeout", "unavailable", "malformed"]

_PASSING: Final = frozenset({429, 502, 503, 504})
_MAX_NOTE: Final = 500
_HIDDEN: Final = "***"


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Attempts in all, pauses in seconds. A partner's Retry-After up to `patience_seconds` is waited for, not
    more.
    """

    attempts: int = 3
    first_pause_seconds: float = 0.2
    longest_pause_seconds: float = 2.0
    patience_seconds: float = 5.0


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with any status. `retry_after_seconds` is what the partner asked for, rounded up."""

    status: int
    body: bytes
    retry_after_seconds: int | None = None

    def json(self) -> dict[str, Any] | None:
        """The body as a JSON object, or None when it is not one."""
        try:
            parsed = json.loads(self.body)
        except (ValueError, RecursionError):
            return None
        return parsed if isinstance(parsed, dict) else None


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Nothing usable came back. `sent` is False only when the request certainly never left."""

    reason: NoAnswerReason
    sent: bool


class PartnerHttp:
    """Calls to one partner. Opens a connection per call: calls are rare, and an idle one may be half-dead."""

    def __init__(
        self,
        *,
        base_url: str,
        headers: Mapping[str, str],
        log: CallLog,
        logged_fields: frozenset[str],
        connect_seconds: float = 2.0,
        read_seconds: float = 10.0,
        max_body_bytes: int = 1024 * 1024,
        retry: RetryPolicy | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._headers = dict(headers)
        self._log = log
        self._logged_fields = logged_fields
        self._connect_seconds = connect_seconds
        self._read_seconds = read_seconds
        self._max_body_bytes = max_body_bytes
        self._retry = retry or RetryPolicy()
        self._sleep = sleep

    def get(self, operation: str, path: str) -> Answer | NoAnswer:
        """A safe call: repeated on any passing fault."""
        return self._call(operation, "GET", path, body=None, headers={}, repeat="safe")

    def post(
        self, operation: str, path: str, body: Mapping[str, object], *, idempotency_key: str | None = None
    ) -> Answer | NoAnswer:
        """A write: sent once; repeated only when no connection was made."""
        headers = {} if idempotency_key is None else {"Idempotency-Key": idempotency_key}
        return self._call(operation, "POST", path, body=body, headers=headers, repeat="unsent")

    def _call(
        self,
        operation: str,
        method: Method,
        path: str,
        *,
        body: Mapping[str, object] | None,
        headers: Mapping[str, str],
        repeat: Repeat,
    ) -> Answer | NoAnswer:
        for attempt in range(1, self._retry.attempts + 1):
            outcome = self._once(operation, method, path, body=body, headers=headers)
            pause = self._pause(outcome, attempt, repeat)
            if pause is None:
                return outcome
            self._sleep(pause)
        return outcome

    def _pause(self, outcome: Answer | NoAnswer, attempt: int, repeat: Repeat) -> float | None:
        """Seconds to wait before the next attempt; None when there is to be none."""
        if attempt >= self._retry.attempts:
            return None
        if isinstance(outcome, NoAnswer):
            again = not outcome.sent or (repeat == "safe" and outcome.reason != "malformed")
        else:
            again = repeat == "safe" and outcome.status in _PASSING
        if not again:
            return None
        asked = outcome.retry_after_seconds if isinstance(outcome, Answer) else None
        if asked is not None:
            return float(asked) if asked <= self._retry.patience_seconds else None
        longest = min(self._retry.longest_pause_seconds, self._retry.first_pause_seconds * 2 ** (attempt - 1))
        # full jitter: callers that failed together must not come back together
        return random.uniform(0, longest)  # noqa: S311

    def _once(
        self,
        operation: str,
        method: Method,
        path: str,
        *,
        body: Mapping[str, object] | None,
        headers: Mapping[str, str],
    ) -> Answer | NoAnswer:
        request_id = uuid4().hex
        sent_headers = {
            **self._headers,
            **headers,
            "Accept": "application/json",
            # a compressed answer could unpack to more than the cap
            "Accept-Encoding": "identity",
            "X-Request-Id": request_id,
        }
        started = time.monotonic()
        outcome: Answer | NoAnswer
        try:
            outcome = self._exchange(method, path, body=body, headers=sent_headers, started=started)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            outcome = NoAnswer("unavailable", sent=False)
        except httpx.TimeoutException:
            outcome = NoAnswer("timeout", sent=True)
        except (httpx.HTTPError, httpx.StreamError):
            # the partner hung up, or spoke no HTTP: what it did before that is not known
            outcome = NoAnswer("unavailable", sent=True)
        self._log.record(
            operation=operation,
            request_id=request_id,
            status=outcome.status if isinstance(outcome, Answer) else None,
            milliseconds=round((time.monotonic() - started) * 1000),
            note=self._note(outcome),
        )
        return outcome

    def _exchange(
        self,
        method: Method,
        path: str,
        *,
        body: Mapping[str, object] | None,
        headers: Mapping[str, str],
        started: float,
    ) -> Answer | NoAnswer:
        deadline = started + self._connect_seconds + self._read_seconds
        content = None if body is None else json.dumps(body, separators=(",", ":")).encode()
        sent_headers = dict(headers) if content is None else {**headers, "Content-Type": "application/json"}
        with (
            client(connect_seconds=self._connect_seconds, read_seconds=self._read_seconds) as connection,
            connection.stream(method, self._base_url + path, content=content, headers=sent_headers) as response,
        ):
            if response.headers.get("Content-Encoding", "identity").lower() != "identity":
                return NoAnswer("malformed", sent=True)
            parts: list[bytes] = []
            total = 0
            for part in response.iter_raw():
                total += len(part)
                if total > self._max_body_bytes:
                    return NoAnswer("malformed", sent=True)
                # each read has its timeout; an answer that drips must still end
                if time.monotonic() > deadline:
                    return NoAnswer("timeout", sent=True)
                parts.append(part)
            return Answer(response.status_code, b"".join(parts), _retry_after(response.headers.get("Retry-After")))

    def _note(self, outcome: Answer | NoAnswer) -> str:
        if isinstance(outcome, NoAnswer):
            return outcome.reason if outcome.sent else f"{outcome.reason}, not sent"
        parsed = outcome.json()
        if parsed is None:
            return f"{len(outcome.body)} bytes, not a JSON object"
        return json.dumps(redacted(parsed, self._logged_fields), ensure_ascii=False)[:_MAX_NOTE]


def redacted(value: object, shown: frozenset[str]) -> object:
    """A copy for the log: only fields named in `shown` keep their value. Unknown fields are hidden, not
    trusted.
    """
    if isinstance(value, dict):
        return {
            str(name): redacted(inner, shown)
            if isinstance(inner, dict | list)
            else (inner if name in shown or inner is None else _HIDDEN)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [redacted(inner, shown) if isinstance(inner, dict | list) else _HIDDEN for inner in value[:3]]
    return _HIDDEN


def _retry_after(header: str | None) -> int | None:
    """Seconds of a Retry-After header, given as a number or as an HTTP date (RFC 9110, 10.2.3)."""
    if header is None:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return min(int(text[:9]), 86_400)
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(0, -int(-(aware - datetime.now(UTC)).total_seconds() // 1)), 86_400)
