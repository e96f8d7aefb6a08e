"""The HTTP client of the adapters against a server that misbehaves in ways the sandbox does not."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from integrations.kit.http import Answer, NoAnswer, PartnerHttp, RetryPolicy, redacted

Reply = Callable[[socket.socket], None]


@dataclass
class Log:
    calls: list[tuple[str, int | None, str]] = field(default_factory=list)

    def record(self, *, operation: str, request_id: str, status: int | None, milliseconds: int, note: str) -> None:
        self.calls.append((operation, status, note))


class Server:
    """Answers each connection with the next reply, byte for byte."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []
        self.requests: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(5)
                self.requests.append(self._request(connection))
                try:
                    self.replies.pop(0)(connection)
                except OSError:
                    pass

    @staticmethod
    def _request(connection: socket.socket) -> bytes:
        data = b""
        while b"\r\n\r\n" not in data:
            data += connection.recv(65536)
        head, _, body = data.partition(b"\r\n\r\n")
        for line in head.lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                while len(body) < int(line.split(b":")[1]):
                    body += connection.recv(65536)
        return head + b"\r\n\r\n" + body

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


def reply(status: str, body: bytes = b"{}", *headers: str) -> Reply:
    head = "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers))
    return lambda connection: connection.sendall(head.encode() + b"\r\n" + body)


def http(port: int, log: Log | None = None, pauses: list[float] | None = None, **options: object) -> PartnerHttp:
    settings: dict[str, object] = {"connect_seconds": 1.0, "read_seconds": 0.4, "max_body_bytes": 1000, **options}
    return PartnerHttp(
        base_url=f"http://127.0.0.1:{port}/",
        headers={"Authorization": "Bearer secret"},
        log=log or Log(),
        logged_fields=frozenset({"id"}),
        sleep=(pauses if pauses is not None else []).append,
        **settings,  # type: ignore[arg-type]
    )


def test_what_is_sent(server: Server) -> None:
    server.replies = [reply("200 OK")]
    assert http(server.port).post("op", "/x", {"a": "ż"}, idempotency_key="k-1") == Answer(200, b"{}")
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    lines = head.decode().lower().split("\r\n")
    assert lines[0] == "post /x http/1.1"
    assert {"idempotency-key: k-1", "authorization: bearer secret", "accept-encoding: identity"} <= set(lines)
    assert any(line.startswith("x-request-id: ") for line in lines)
    assert body == b'{"a":"\\u017c"}'


def test_reads_are_repeated_with_growing_jitter(server: Server) -> None:
    pauses: list[float] = []
    log = Log()
    server.replies = [reply("503 x"), reply("502 x"), reply("200 OK", b'{"id": 1}')]
    assert http(server.port, log, pauses).get("op", "/x") == Answer(200, b'{"id": 1}')
    assert 0 <= pauses[0] <= 0.2 and 0 <= pauses[1] <= 0.4
    assert [status for _, status, _ in log.calls] == [503, 502, 200]


def test_repeats_are_bounded(server: Server) -> None:
    server.replies = [reply("503 x")] * 9
    assert http(server.port).get("op", "/x") == Answer(503, b"{}")
    assert len(server.requests) == 3


@pytest.mark.parametrize("status", ["500 x", "400 x", "404 x", "302 x"])
def test_what_does_not_pass_is_not_repeated(server: Server, status: str) -> None:
    server.replies = [reply(status, b"{}", "Location: http://127.0.0.1:1/")] * 3
    answer = http(server.port).get("op", "/x")
    assert isinstance(answer, Answer)
    assert len(server.requests) == 1


def test_writes_are_sent_once(server: Server) -> None:
    for answer, expected in (
        (reply("503 x"), Answer(503, b"{}")),
        (reply("429 x", b"{}", "Retry-After: 1"), Answer(429, b"{}", 1)),
        (lambda connection: time.sleep(0.6), NoAnswer("timeout", sent=True)),
        (lambda connection: None, NoAnswer("unavailable", sent=True)),
    ):
        server.requests.clear()
        server.replies = [answer] * 3
        assert http(server.port).post("op", "/x", {}) == expected
        assert len(server.requests) == 1


def test_a_write_that_never_left_is_repeated() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = Log()
    assert http(port, log).post("op", "/x", {}) == NoAnswer("unavailable", sent=False)
    assert [note for _, _, note in log.calls] == ["unavailable, not sent"] * 3


@pytest.mark.parametrize(
    ("header", "pauses", "seconds"),
    [("3", [3.0], 3), ("6", [], 6), ("soon", None, None), ("99999999999999999999", [], 86_400)],
)
def test_retry_after(server: Server, header: str, pauses: list[float] | None, seconds: int | None) -> None:
    slept: list[float] = []
    server.replies = [reply("429 x", b"{}", f"Retry-After: {header}"), reply("200 OK")]
    answer = http(server.port, pauses=slept, retry=RetryPolicy(attempts=2, patience_seconds=5)).get("op", "/x")
    # longer than a worker should wait: the caller is told instead
    assert answer == (Answer(429, b"{}", seconds) if pauses == [] else Answer(200, b"{}"))
    assert pauses is None or slept == pauses


def test_retry_after_as_a_date(server: Server) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    server.replies = [reply("429 x", b"{}", f"Retry-After: {moment}")]
    answer = http(server.port).post("op", "/x", {})
    assert isinstance(answer, Answer) and answer.retry_after_seconds is not None
    assert 28 <= answer.retry_after_seconds <= 30


def endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n")
    while True:
        connection.sendall(b"x" * 65536)


def dripping(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n")
    for _ in range(60):
        connection.sendall(b"x")
        time.sleep(0.1)


def cut(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 900\r\n\r\n{")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (endless, "malformed"),
        (dripping, "timeout"),
        (cut, "unavailable"),
        (lambda connection: connection.sendall(b"no http\r\n\r\n"), "unavailable"),
        (reply("200 OK", gzip.compress(b" " * 10_000_000), "Content-Encoding: gzip"), "malformed"),
    ],
    ids=["endless", "dripping", "cut", "no-http", "compressed"],
)
def test_answers_that_are_none(server: Server, answer: Reply, reason: str) -> None:
    server.replies = [answer]
    started = time.monotonic()
    assert http(server.port).post("op", "/x", {}) == NoAnswer(reason, sent=True)  # type: ignore[arg-type]
    assert time.monotonic() - started < 4


@pytest.mark.parametrize("body", [b"", b"[]", b"nul", b"\xff", b"[" * 900])
def test_bodies_that_are_no_object(server: Server, body: bytes) -> None:
    log = Log()
    server.replies = [reply("200 OK", body)]
    answer = http(server.port, log).get("op", "/x")
    assert isinstance(answer, Answer) and answer.json() is None
    assert log.calls == [("op", 200, f"{len(body)} bytes, not a JSON object")]


def test_only_named_fields_reach_the_log() -> None:
    value = {
        "id": 1,
        "code": "SECRET",
        "data": {"id": "x", "pin": 1234},
        "list": [{"id": 2, "code": "S"}, "S"],
        "n": None,
    }
    assert redacted(value, frozenset({"id"})) == {
        "id": 1,
        "code": "***",
        "data": {"id": "x", "pin": "***"},
        "list": [{"id": 2, "code": "***"}, "***"],
        "n": None,
    }
