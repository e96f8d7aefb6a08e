"""Two factors in the browser: a passkey of a virtual authenticator, an app, a console that wants both, a large order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kolektor.demo.people import SECOND_FACTOR, installers
from tests.e2e.browsing import DESK, PHONE, Watcher, enter, fill_factor, fill_sign_in, graphql, settle
from tests.e2e.conftest import Visit
from tests.e2e.demo_process import Demo
from tests.e2e.test_accessibility import Inspector
from tests.e2e.words import words

say = words("pl")
_DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
_GIVE_APP = """
from kolektor.cli import boot
boot.start()
from kolektor.identity import second_factor
from kolektor.identity.models import Person
second_factor.give_app(Person.objects.get(email={email!r}), secret={secret!r})
"""


def give_device(page: Page) -> None:
    """A phone's authenticator with a fingerprint that always fits."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": _DEVICE})


def mailed_code(page: Page, demo: Demo, email: str) -> str:
    """The newest sign-in code that came to an address, from the development outbox."""
    outbox = page.context.new_page()
    outbox.goto(f"{demo.host('id')}/dev/messages")
    mail = outbox.get_by_test_id("dev-message").filter(has_text=email).filter(has_text=re.compile(r"\d{6}")).first
    button = mail.get_by_role("button").first
    expect(button).to_be_visible()
    if button.get_attribute("aria-expanded") != "true":
        button.click()
    code = mail.get_by_test_id("dev-code").inner_text()
    outbox.close()
    return code


def no_violation(inspector: Inspector) -> None:
    assert inspector.seen
    assert inspector.violations == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1440"])
def test_an_installer_adds_a_passkey_and_needs_nothing_else(size: dict[str, int], visit: Visit, demo: Demo) -> None:
    page, email = visit(size=size), installers()[8 if size == PHONE else 9].email
    give_device(page)
    inspector = Inspector(page)
    page.goto(f"{demo.host('id')}/account/security")
    page.get_by_label(say("E-mail")).fill(email)
    page.get_by_role("button", name=say("Send the code")).click()
    page.get_by_label(say("Code from the e-mail")).fill(mailed_code(page, demo, email))
    # signed in, and where one wanted to go
    page.get_by_role("button", name=say("Add a passkey")).click()
    codes = page.get_by_test_id("recovery-codes").locator("li")
    expect(codes).to_have_count(10)
    inspector.see("recovery-codes")
    page.get_by_role("button", name=say("I have kept them")).click()
    expect(page.get_by_test_id("passkey-row")).to_have_count(1)
    inspector.see("security-with-passkey")

    page.goto(demo.host("id"))
    page.get_by_role("button", name=say("Sign out"), exact=True).click()
    page.get_by_role("button", name=say("Use a passkey")).click()
    expect(page.get_by_test_id("program-card").first).to_be_visible()

    page.goto(f"{demo.host('id')}/account/security")
    page.get_by_test_id("passkey-row").get_by_role("button").click()
    inspector.see("passkey-remove-dialog")
    page.get_by_role("dialog").get_by_role("button", name=say("Remove"), exact=True).click()
    expect(page.get_by_test_id("passkey-row")).to_have_count(0)
    no_violation(inspector)


def test_a_password_alone_opens_no_console(visit: Visit, demo: Demo, watcher: Watcher) -> None:
    watcher.expect(r"status of 400 .*/auth/second-factor")
    admin, page = demo.admin("zarzewie"), visit(size=DESK)
    inspector = Inspector(page)
    page.goto(f"{demo.host('zarzewie')}/console/members")
    fill_sign_in(page, admin.email, admin.password)
    field = page.get_by_label(say("Code from the app"))
    expect(field).to_be_focused()
    inspector.see("second-factor")
    field.fill("000000")
    expect(page.get_by_role("alert")).not_to_be_empty()
    inspector.see("second-factor-refused")
    page.get_by_role("button", name=say("I have no app or passkey with me")).click()
    expect(page.get_by_label(say("Recovery code"))).to_be_focused()
    inspector.see("second-factor-recovery")
    page.get_by_role("button", name=say("Back to the app or passkey")).click()
    fill_factor(page, admin.second_factor)
    page.wait_for_url(f"{demo.host('zarzewie')}/console/members")
    settle(page)
    no_violation(inspector)


@pytest.fixture
def bare(demo: Demo) -> Iterator[Any]:
    """An admin who has lost the app, which the operator has taken off; with the app again afterwards."""
    admin = demo.admin("iskrownia")
    take_off = ("person", "take-off-second-factor", admin.email)
    demo.run(*take_off, "--reason", "browser test")
    yield admin
    demo.run(*take_off, "--reason", "browser test, afterwards")
    demo.run("-c", _GIVE_APP.format(email=admin.email, secret=SECOND_FACTOR))


def test_staff_without_a_second_factor_add_one_on_the_way(visit: Visit, demo: Demo, bare: Any) -> None:
    page = visit(size=DESK)
    give_device(page)
    inspector = Inspector(page)
    page.goto(f"{demo.host('iskrownia')}/console/orders")
    fill_sign_in(page, bare.email, bare.password)
    page.wait_for_url("**/account/second-factor?**")
    expect(page.get_by_role("heading", level=1)).to_have_text(say("Add a second factor"))
    inspector.see("second-factor-setup")
    page.get_by_role("button", name=say("Fingerprint, face or PIN of this device")).click()
    expect(page.get_by_test_id("recovery-codes").locator("li")).to_have_count(10)
    page.get_by_role("button", name=say("I have kept them")).click()
    page.wait_for_url(f"{demo.host('iskrownia')}/console/orders")
    settle(page)
    no_violation(inspector)


def test_a_large_order_asks_who_is_there(visit: Visit, demo: Demo) -> None:
    """The limit is set in the console; the member leaves to prove it, comes back to what was chosen, and orders."""
    admin = visit(demo.admin("zarzewie"), size=DESK)
    enter(admin, demo.host("zarzewie"), "/console/settings")
    limit = admin.get_by_label(say("Confirm identity above, in points"))
    before = limit.input_value()

    def set_limit(points: str) -> None:
        limit.fill(points)
        admin.get_by_role("button", name=say("Save the settings")).click()
        expect(admin.get_by_role("status").filter(has_text=say("Saved."))).to_be_visible()

    set_limit("1")
    try:
        page = visit(demo.installer)
        # as long ago as a person who orders now and then was last asked
        enter(page, demo.host("zarzewie"), "/shop")
        page.locator("main a[href^='/checkout/']").first.click()
        page.get_by_role("radio").and_(page.locator(":enabled")).first.check()
        chosen = page.get_by_role("radio", checked=True).evaluate("node => node.closest('label').innerText")
        make_old(page, demo)
        order(page)
        page.get_by_role("dialog").get_by_role("link", name=say("Confirm that it is you")).click()
        page.wait_for_url(f"{demo.host('id')}/sign-in/again?**")
        page.get_by_label(say("Password"), exact=True).fill(demo.installer.password)
        page.get_by_role("button", name=say("Continue")).click()
        page.wait_for_url(f"{demo.host('zarzewie')}/checkout/**")
        again = page.get_by_role("radio", checked=True).evaluate("node => node.closest('label').innerText")
        assert again == chosen
        order(page)
        expect(page.get_by_test_id("order-state")).to_be_visible()
    finally:
        set_limit(before)


def make_old(page: Page, demo: Demo) -> None:
    """Put the proof of this person's sessions an hour back, as time would."""
    email = demo.installer.email
    demo.run("-c", _MAKE_OLD.format(email=email))
    assert graphql(page, "/graphql/member", "{ me { id } }")["status"] == 200


_MAKE_OLD = """
from kolektor.cli import boot
boot.start()
from kolektor.identity.models import HostSession
from kolektor.identity.sessions import SessionStore
for row in HostSession.objects.filter(person__email={email!r}):
    data = row.get_decoded()
    if data.get("proved_at"):
        data["proved_at"] -= 3600
    for record in data.get("account_authentication_methods", []):
        record["at"] -= 3600
    row.session_data = SessionStore(row.session_key, host=row.host).encode(data)
    row.save(update_fields=["session_data"])
"""


def order(page: Page) -> None:
    page.get_by_role("button", name=re.compile(say("Order for {0} {unit}").split("{")[0])).click()
    page.get_by_role("dialog").get_by_role("button", name=say("Order and pay with points")).click()
