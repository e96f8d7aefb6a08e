"""Calls to addresses that somebody else chose go to public addresses only, and to the one that was checked."""

from __future__ import annotations

import socket
from typing import Any

import httpx
import pytest
from django.test import override_settings

from kolektor.kernel import transport

PRIVATE = [
    "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "::1", "fc00::1", "fe80::1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "255.255.255.255",
]  # fmt: skip


def resolves(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    def found(_host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in addresses]

    monkeypatch.setattr(transport.socket, "getaddrinfo", found)  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public_is_not_dialed(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    resolves(monkeypatch, address)
    with override_settings(SECURE=True), pytest.raises(httpx.ConnectError):
        transport.checked_address("sklep.example", 443)


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    resolves(monkeypatch, "93.184.216.34", "10.0.0.1")
    with override_settings(SECURE=True), pytest.raises(httpx.ConnectError):
        transport.checked_address("sklep.example", 443)


def test_the_checked_address_is_dialed_under_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    resolves(monkeypatch, "93.184.216.34")
    sent: list[httpx.Request] = []

    def dial(_self: Any, request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200)

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", dial)
    with override_settings(SECURE=True), transport.client(public_only=True) as http:
        http.post("https://sklep.example/wylogowanie", data={"a": "b"})
    [request] = sent
    assert request.url.host == "93.184.216.34"
    assert request.headers["Host"] == "sklep.example"
    assert request.extensions["sni_hostname"] == "sklep.example"


@pytest.mark.parametrize("url", ["http://169.254.169.254/latest/meta-data", "http://[::1]/", "http://localhost:8000/"])
def test_an_address_written_out_is_checked_as_well(url: str) -> None:
    with override_settings(SECURE=True), transport.client(public_only=True) as http, pytest.raises(httpx.ConnectError):
        http.get(url)


def test_a_development_machine_may_be_called_from_development(monkeypatch: pytest.MonkeyPatch) -> None:
    resolves(monkeypatch, "127.0.0.1")
    assert transport.checked_address("sklep.example", 80) == "127.0.0.1"
