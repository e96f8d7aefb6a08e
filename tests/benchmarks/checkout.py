"""S2: the checkout mutation over HTTP against a plain view that runs the same statements, on the same web server."""

from __future__ import annotations

import http.client
import json
import multiprocessing
import os
import pickle
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.test import Client, override_settings

from catalog.orders.models import Order
from kolektor.embedded import home as embedded_home
from kolektor.embedded import postgres, valkey
from kolektor.kernel.tenant import public_context, tenant_context
from kolektor.network.provisioning import register_hosts
from tests.benchmarks import cluster, seeding
from tests.benchmarks.measuring import Row, compare
from tests.benchmarks.recording import Statement, recording
from tests.shared_data import CHECKOUT
from tests.support.browser import PLACE_ORDER, Browser
from tests.support.servers import Servers, free_port

CLIENTS = 4
WARM_UP = 10
RECONNECT = 10  # orders on one connection: who got which web process by luck does not decide a round
SEEDED = "bench_checkout"
ID_HOST = "id.kolektor.localhost"


@dataclass
class Call:
    """What a client sends over and over; `KEY` stands for a new idempotency key."""

    port: int
    path: str
    headers: dict[str, str]
    body: str


@contextmanager
def _web(database: str, port: int, *, plain: bool = False, **more: str) -> Iterator[Servers]:
    with tempfile.TemporaryDirectory() as folder:
        servers = Servers(database, Path(folder), port=port, broker=valkey.broker_url(embedded_home.state_home()))
        environment: dict[str, Any] = {
            **more,
            "LOG_LEVEL": "ERROR",
            "PYTHONPATH": f"{CHECKOUT}:{CHECKOUT / 'platform'}",
        }
        if plain:
            environment |= {"DJANGO_SETTINGS_MODULE": "tests.benchmarks.plain_settings"}
        try:
            servers.start_web(application="tests.benchmarks.plain_app" if plain else "", **environment)
            yield servers
        finally:
            servers.stop()


def s2(*, rounds: int, seconds: int) -> Row:
    """Checkouts a second: two web processes, one member and one kept-alive connection per client."""
    row = Row(
        "S2",
        f"checkout mutation over HTTP, {CLIENTS} clients",
        "a plain Django view that runs the same statements",
        "per s",
        0.35,
        0.7,
    )
    valkey.ensure(embedded_home.state_home())
    try:
        with _sessions() as (facts, browsers, port):
            statements, kept = _record(facts, browsers[0])
            row.notes.append(
                f"{len(statements)} statements each; ours also sends its wake-ups to the broker and runs the middleware"
            )
            compare(
                row,
                lambda: _ours(facts, browsers, port, seconds),
                lambda: _plain(facts, kept, port, seconds),
                rounds=rounds,
            )
    finally:
        valkey.stop(embedded_home.state_home())
    return row


@contextmanager
def _sessions() -> Iterator[tuple[dict[str, Any], list[Browser], int]]:
    """A template in which every client's member is signed in, made by signing in over HTTP."""
    home = embedded_home.state_home()
    postgres.drop_database(home, SEEDED)
    with cluster.superuser() as cursor:
        cursor.execute(f'CREATE DATABASE "{SEEDED}" TEMPLATE "{cluster.TEMPLATE}" OWNER kolektor_owner')
    with cluster.superuser(SEEDED) as cursor:
        cursor.execute(postgres.roles_sql())
    port = free_port()
    seeding.point_at(SEEDED, "app")
    with override_settings(PUBLIC_PORT=port):
        register_hosts()
    with tenant_context(seeding.wholesaler()):
        facts = seeding.facts()
    browsers = []
    with _web(SEEDED, port):
        for number in range(CLIENTS):
            browser = Browser(port)
            browser.sign_in(
                id_host=ID_HOST, host=seeding.HOST, email=seeding.buyer_email(number), password=seeding.PASSWORD
            )
            browser.close()
            browsers.append(browser)
    seeding.point_at("postgres", "app")
    yield facts, browsers, port


def _cookie(browser: Browser) -> str:
    return "; ".join(f"{name}={value}" for name, value in browser.cookies[seeding.HOST].items())


def _body(facts: dict[str, Any], key: str) -> str:
    given = {"rewardId": str(facts["reward"]), "faceValue": str(seeding.FACE), "idempotencyKey": key}
    return json.dumps({"query": PLACE_ORDER, "variables": {"input": given}})


def _record(facts: dict[str, Any], browser: Browser) -> tuple[list[Statement], dict[str, Any]]:
    """One real checkout inside this process, statement by statement."""
    seeding.point_at(cluster.fresh(SEEDED), "app")
    key = f"recorded-{uuid4()}"
    client = Client(HTTP_HOST=f"{seeding.HOST}:{browser.port}", HTTP_COOKIE=_cookie(browser))
    with public_context(), recording() as statements:
        answer = client.post(
            "/graphql/member",
            data=_body(facts, key),
            content_type="application/json",
            HTTP_X_CSRFTOKEN=browser.tokens[seeding.HOST],
        )
    assert answer.status_code == 200 and '"PLACED"' in answer.text, answer.text
    kept = {
        "statements": statements,
        "member": str(facts["members"][0]),
        "key": key,
        "schema": seeding.wholesaler().schema_name,
    }
    seeding.point_at("postgres", "app")
    return statements, kept


def _ours(facts: dict[str, Any], browsers: list[Browser], port: int, seconds: int) -> float:
    database = cluster.fresh(SEEDED)
    calls = [
        Call(
            port,
            "/graphql/member",
            {
                "Host": f"{seeding.HOST}:{port}",
                "Cookie": _cookie(browser),
                "X-CSRFToken": browser.tokens[seeding.HOST],
                "Content-Type": "application/json",
            },
            _body(facts, "KEY"),
        )
        for browser in browsers
    ]
    with _web(database, port):
        return _hammer(calls, seconds, database)


def _plain(facts: dict[str, Any], kept: dict[str, Any], port: int, seconds: int) -> float:
    database = cluster.fresh(SEEDED)
    path = embedded_home.state_home() / "recording.pickle"
    path.write_bytes(pickle.dumps(kept))
    calls = [
        Call(port, "/checkout", {"Content-Type": "application/json"}, json.dumps({"member": str(member), "key": "KEY"}))
        for member in facts["members"][:CLIENTS]
    ]
    with _web(database, port, plain=True, BENCH_RECORDING=str(path)):
        return _hammer(calls, seconds, database)


def _hammer(calls: list[Call], seconds: float, database: str) -> float:
    """Orders a second, and the proof that each answer is an order in the database."""
    context = multiprocessing.get_context("fork")
    gate, results = context.Barrier(len(calls)), context.Queue()
    children = [context.Process(target=_client, args=(call, gate, seconds, results)) for call in calls]
    for child in children:
        child.start()
    found = [results.get(timeout=seconds + 60) for _ in children]
    for child in children:
        child.join()
    seeding.point_at(database, "app")
    with tenant_context(seeding.wholesaler()):
        made = Order.objects.exclude(idempotency_key__startswith="seed-").count()
    seeding.point_at("postgres", "app")
    assert made == sum(done for done, _ in found) + WARM_UP * len(calls), (made, found)
    return float(sum(done / took for done, took in found))


def _client(call: Call, gate: Any, seconds: float, results: Any) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", call.port, timeout=30)
    numbers, done = count(), 0

    def once() -> None:
        number = next(numbers)
        connection.request("POST", call.path, call.body.replace("KEY", f"{os.getpid()}-{number:08}"), call.headers)
        answer = connection.getresponse().read()
        assert b'"PLACED"' in answer, answer[:500]

    for _ in range(WARM_UP):
        once()
    gate.wait()
    begun = time.perf_counter()
    while time.perf_counter() < begun + seconds:
        once()
        done += 1
        if done % RECONNECT == 0:
            connection.close()
    took = time.perf_counter() - begun
    results.put((done, took))
    connection.close()
