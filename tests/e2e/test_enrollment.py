"""The ways into a program: at the counter and then by a claim, by a representative's invitation, by an application."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from kolektor.demo import numbers
from tests.e2e.browsing import DESK, PHONE, Watcher, enter, settle
from tests.e2e.conftest import Visit
from tests.e2e.demo_process import Demo
from tests.e2e.test_accessibility import Inspector
from tests.e2e.test_second_factor import mailed_code
from tests.e2e.words import words

say = words("pl")
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1440"])


def open_account(page: Page, demo: Demo, host: str, email: str) -> None:
    """From the landing page: an address that nobody knows, the code, and back at the wholesaler."""
    page.goto(host)
    page.get_by_role("link", name=say("Sign in or join")).click()
    page.get_by_label(say("E-mail")).fill(email)
    page.get_by_role("button", name=say("Send the code")).click()
    page.get_by_label(say("Code from the e-mail")).fill(mailed_code(page, demo, email))
    page.wait_for_url(f"{host}/**")
    settle(page)


@SIZES
def test_from_the_counter_to_the_own_account(size: dict[str, int], visit: Visit, demo: Demo, watcher: Watcher) -> None:
    watcher.expect(r"status of 400 .*/api/claims")
    host, phone = demo.host("bystrzyk"), f"+48 600 30{size['width']:04d}"
    digits = re.sub(r"\D", "", phone)
    clerk = visit(demo.clerk, size=size)
    inspector = Inspector(clerk)
    clerk.goto(f"{host}/console")
    # a clerk's console is the counter
    clerk.wait_for_url(f"{host}/console/counter")
    field = clerk.get_by_label(say("Customer's e-mail or phone"))
    expect(field).to_be_focused()
    field.fill("jan@")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("jan@")
    inspector.see("counter-refused")
    field.fill(phone)
    field.press("Enter")
    expect(clerk.get_by_test_id("counter-answer")).to_contain_text(digits[-3:])
    expect(field).to_have_value("")
    inspector.see("counter")
    field.fill(phone)
    field.press("Enter")
    expect(clerk.get_by_test_id("counter-answer").locator("[data-known=true]")).to_be_visible()

    page = visit(size=size)
    buyer = Inspector(page)
    email = f"nowy{size['width']}@instalator.example"
    open_account(page, demo, host, email)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bystrzyk Hydraulika")
    buyer.see("joining")
    page.get_by_text(say("I already collect points here")).click()
    page.get_by_label(say("Phone or e-mail that you gave at the counter")).fill(phone)
    buyer.see("claim")
    page.get_by_role("button", name=say("Send the code")).click()
    code = page.get_by_label(say("Code from the message"))
    expect(code).to_be_visible()
    right = mailed_code(page, demo, f"+{digits}")
    code.fill("000000" if right != "000000" else "111111")
    expect(page.get_by_role("alert").filter(has_text=re.compile(r"\S"))).to_be_visible()
    buyer.see("claim-refused")
    code.fill(right)
    expect(page.get_by_test_id("balance-available")).to_be_visible()
    buyer.see("home-of-somebody-new")
    # the clerk's customer has an account now; what the console calls them says so
    admin = visit(demo.admin("bystrzyk"), size=size)
    enter(admin, host, f"/console/members?q={digits[-9:]}")
    admin.locator("[data-row-link]").first.click()
    settle(admin)
    expect(admin.get_by_text(email).first).to_be_visible()
    console = Inspector(admin)
    console.see("member-from-the-counter")
    for each in (inspector, buyer, console):
        assert each.seen and each.violations == []


@SIZES
def test_a_representatives_invitation(size: dict[str, int], visit: Visit, demo: Demo, watcher: Watcher) -> None:
    watcher.expect(r"status of 403 .*/graphql/")
    host, serial = demo.host("bystrzyk"), 8_000 + size["width"]
    email, firm = f"firma{size['width']}@instalator.example", f"Nowa Firma {size['width']}"
    rep = visit(demo.representative, size=size)
    inspector = Inspector(rep)
    rep.goto(f"{host}/console")
    rep.wait_for_url(f"{host}/console/recruiting")
    settle(rep)
    rep.get_by_label(say("E-mail")).fill(email)
    rep.get_by_label(say("First and last name")).fill("Nina Nowa")
    nip = rep.get_by_label(say("Tax number of the firm (NIP)"))
    nip.fill("123")
    rep.get_by_label(say("Name of the firm")).fill(firm)
    rep.get_by_role("button", name=say("Invite"), exact=True).click()
    expect(nip).to_have_attribute("aria-invalid", "true")
    inspector.see("invitation-refused")
    nip.fill(numbers.nip(serial))
    rep.get_by_role("button", name=say("Invite"), exact=True).click()
    expect(rep.get_by_text(firm).first).to_be_visible()
    inspector.see("invitations")

    page = visit(size=size)
    buyer = Inspector(page)
    open_account(page, demo, host, email)
    expect(page.get_by_text(firm).first).to_be_visible()
    buyer.see("invited")
    page.get_by_role("button", name=say("Join the program")).click()
    expect(page.get_by_test_id("balance-available")).to_be_visible()
    rep.reload()
    settle(rep)
    expect(rep.get_by_role("main")).to_contain_text("Marcin Droga")
    for each in (inspector, buyer):
        assert each.seen and each.violations == []


@SIZES
def test_an_application_is_looked_at_and_accepted(
    size: dict[str, int], visit: Visit, demo: Demo, watcher: Watcher
) -> None:
    watcher.expect(r"status of 400 .*/api/registration")
    host, email = demo.host("bystrzyk"), f"chetny{size['width']}@instalator.example"
    page = visit(size=size)
    inspector = Inspector(page)
    open_account(page, demo, host, email)
    page.get_by_text(say("I want to join")).click()
    page.get_by_role("button", name=say("Join the program")).click()
    inspector.see("application-empty")
    page.get_by_label(say("First name")).fill("Celina")
    page.get_by_label(say("Last name")).fill(f"Chętna {size['width']}")
    page.get_by_label(say("NIP of your firm")).fill("1234567890")
    page.get_by_label(say("Name of the firm")).fill("Chętna Instalacje")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name=say("Join the program")).click()
    expect(page.get_by_label(say("NIP of your firm"))).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label(say("First name"))).to_have_value("Celina")
    inspector.see("application-refused")
    page.get_by_label(say("NIP of your firm")).fill(numbers.nip(6_000 + size["width"]))
    page.get_by_role("button", name=say("Join the program")).click()
    expect(page.get_by_text(say("We have your application"))).to_be_visible()
    inspector.see("application-waits")

    admin = visit(demo.admin("bystrzyk"), size=size)
    console = Inspector(admin)
    enter(admin, host, "/console/applications")
    card = admin.get_by_test_id("application-card").filter(has_text=email)
    expect(card).to_be_visible()
    console.see("applications")
    card.get_by_role("button", name=re.compile(f"^{say('Accept')}")).click()
    expect(card).to_have_count(0)
    page.reload()
    expect(page.get_by_test_id("balance-available")).to_be_visible()
    for each in (inspector, console):
        assert each.seen and each.violations == []
