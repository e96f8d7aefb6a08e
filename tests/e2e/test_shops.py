"""A wholesaler's own shop signs people in: registered in the console, allowed by the person, taken back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from playwright.sync_api import expect

from tests.e2e.browsing import DESK, PHONE, enter, fill_sign_in, settle
from tests.e2e.conftest import Visit
from tests.e2e.demo_process import Demo
from tests.e2e.test_accessibility import Inspector
from tests.e2e.words import words

say = words("pl")
VERIFIER = "verifier-of-a-shop-" + "x" * 40


class _Page(BaseHTTPRequestHandler):
    """The shop's own page."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><link rel=icon href=data:,><title>Sklep</title><h1>Sklep</h1>")

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def back() -> Iterator[str]:
    """Where a shop of this machine gets its people back."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/wroc"
    server.shutdown()
    thread.join()
    server.server_close()


def authorize(demo: Demo, client_id: str, back: str) -> str:
    query = {
        "client_id": client_id, "redirect_uri": back, "response_type": "code", "scope": "openid email profile",
        "state": "s-1", "code_challenge": create_s256_code_challenge(VERIFIER), "code_challenge_method": "S256",
    }  # fmt: skip
    return f"{demo.host('id')}/identity/o/authorize?{urlencode(query)}"


def exchange(demo: Demo, client_id: str, secret: str, code: str, back: str) -> httpx.Response:
    """The shop's server asks for tokens; Python dials the machine and names the host."""
    return httpx.post(
        f"http://127.0.0.1:{demo.port}/identity/o/api/token",
        data={"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": VERIFIER},
        auth=(client_id, secret),
        headers={"Host": f"id.kolektor.localhost:{demo.port}"},
        trust_env=False,
    )


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1440"])
def test_a_shop_is_registered_allowed_and_taken_back(size: dict[str, int], visit: Visit, demo: Demo, back: str) -> None:
    name = f"Sklep {size['width']}"
    console = visit(demo.admin("bystrzyk"), size=size)
    inspector = Inspector(console)
    enter(console, demo.host("bystrzyk"), "/console/clients")
    console.get_by_role("button", name=say("Register a shop or app")).click()
    console.get_by_label(say("Name of the shop or app")).fill(name)
    addresses = console.get_by_label(say("Addresses to come back to"))
    addresses.fill("http://sklep.bystrzyk.example/wroc")
    console.get_by_role("button", name=say("Register"), exact=True).click()
    expect(console.get_by_text("http://sklep.bystrzyk.example/wroc", exact=False).last).to_be_visible()
    inspector.see("client-refused")
    addresses.fill(back)
    console.get_by_role("button", name=say("Register"), exact=True).click()
    secret = console.get_by_test_id("client-secret")
    expect(secret).to_be_visible()
    inspector.see("client-secret")
    row = console.get_by_test_id("client-row").filter(has_text=name)
    client_id = row.locator("dd").nth(1).inner_text()

    page = visit(demo.installer, size=size)
    person = Inspector(page)
    page.goto(authorize(demo, client_id, back))
    page.wait_for_url("**/consent?**")
    settle(page)
    person.see("consent")
    page.get_by_role("link", name=say("No, go back")).click()
    page.wait_for_url(f"{back}?**")
    assert parse_qs(urlsplit(page.url).query)["error"] == ["access_denied"]
    page.goto(authorize(demo, client_id, back))
    page.get_by_role("button", name=say("Sign in at {0}", name)).click()
    page.wait_for_url(f"{back}?**")
    code = parse_qs(urlsplit(page.url).query)["code"][0]
    answer = exchange(demo, client_id, secret.inner_text(), code, back)
    assert answer.status_code == 200, answer.text
    token: Any = answer.json()
    assert set(token) >= {"access_token", "refresh_token", "id_token"}
    # known now: no question the second time
    page.goto(authorize(demo, client_id, back))
    page.wait_for_url(f"{back}?code=**")

    page.goto(f"{demo.host('id')}/account/security")
    page.get_by_test_id("allowed-client").filter(has_text=name).get_by_role("button").click()
    person.see("allowed-clients")
    page.get_by_role("dialog").get_by_role("button", name=say("Take back"), exact=True).click()
    expect(page.get_by_test_id("allowed-client").filter(has_text=name)).to_have_count(0)
    page.goto(authorize(demo, client_id, back))
    page.wait_for_url("**/consent?**")

    row.get_by_role("button", name=say("Remove {0}", name)).click()
    inspector.see("client-remove-dialog")
    console.get_by_role("dialog").get_by_role("button", name=say("Remove"), exact=True).click()
    expect(row).to_have_count(0)
    assert [*inspector.violations, *person.violations] == []


def test_a_stranger_signs_in_first_and_is_then_asked(visit: Visit, demo: Demo, back: str) -> None:
    console = visit(demo.admin("bystrzyk"), size=DESK)
    enter(console, demo.host("bystrzyk"), "/console/clients")
    console.get_by_role("button", name=say("Register a shop or app")).click()
    console.get_by_label(say("Name of the shop or app")).fill("Sklep obcego")
    console.get_by_label(say("Addresses to come back to")).fill(back)
    console.get_by_role("button", name=say("Register"), exact=True).click()
    row = console.get_by_test_id("client-row").filter(has_text="Sklep obcego")
    client_id = row.locator("dd").nth(1).inner_text()
    page = visit()
    page.goto(authorize(demo, client_id, back))
    fill_sign_in(page, demo.installer.email, demo.installer.password)
    page.get_by_role("button", name=say("Sign in at {0}", "Sklep obcego")).click()
    page.wait_for_url(f"{back}?**")
    row.get_by_role("button", name=say("Remove {0}", "Sklep obcego")).click()
    console.get_by_role("dialog").get_by_role("button", name=say("Remove"), exact=True).click()
    expect(row).to_have_count(0)
