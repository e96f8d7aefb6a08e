"""A firm on a phone: the owner decides an order and sets shares; an invited fitter joins; the console sees it."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from kolektor.demo.people import installers
from tests.e2e.browsing import DESK, PHONE, balance, enter, graphql, settle
from tests.e2e.conftest import Visit
from tests.e2e.demo_process import Demo
from tests.e2e.test_accessibility import Inspector
from tests.e2e.words import words

say = words("pl")
NEW = "nowy.fachowiec@instalator.example"


def fitters() -> list[str]:
    owner = installers()[0]
    return [
        f"{person.first_name} {person.last_name}"
        for person in installers()
        if person.fitter and person.firm == owner.firm
    ]


def code_of(page: Page, demo: Demo, email: str) -> str:
    outbox = page.context.new_page()
    outbox.goto(f"{demo.host('id')}/dev/messages")
    code = outbox.get_by_test_id("dev-message").filter(has_text=email).get_by_test_id("dev-code").first
    expect(code).to_be_visible()
    digits = code.inner_text()
    outbox.close()
    return digits


def test_the_owner_approves_an_order_of_a_fitter(visit: Visit, demo: Demo) -> None:
    page = visit(demo.installer)
    enter(page, demo.host("bystrzyk"))
    page.get_by_test_id("firm-waits").click()
    page.wait_for_url("**/firm")
    approval = page.locator("[data-testid^=approval-]")
    expect(approval).to_have_count(1)
    expect(approval).to_contain_text(fitters()[1])
    inspector = Inspector(page)
    settle(page)
    inspector.see("firm")
    approval.get_by_role("button", name=say("Approve"), exact=True).click()
    expect(approval).to_have_count(0)
    assert graphql(page, "/graphql/member", "{ firmOrders { id } }")["body"]["data"]["firmOrders"] == []
    page.goto(demo.host("bystrzyk"))
    settle(page)
    expect(page.get_by_test_id("firm-waits")).to_have_count(0)
    assert inspector.violations == []


def test_shares_are_set_together_and_never_beyond_the_whole(visit: Visit, demo: Demo) -> None:
    page = visit(demo.installer)
    enter(page, demo.host("bystrzyk"), "/firm")
    first, second = (page.get_by_label(say("Share of {0}, percent", name)) for name in fitters())
    save = page.get_by_role("button", name=say("Save the split"))
    expect(save).to_be_disabled()
    first.fill("60")
    second.fill("40,5")
    expect(page.get_by_role("alert")).to_have_text(say("The shares exceed 100% together."))
    expect(save).to_be_disabled()
    second.fill("12,5")
    expect(page.get_by_text("27,5%")).to_be_visible()
    save.click()
    expect(page.get_by_text(say("Saved. It holds for purchases from today on."))).to_be_visible()
    page.reload()
    expect(first).to_have_value("60")
    expect(second).to_have_value("12,5")


def test_points_are_passed_on(visit: Visit, demo: Demo) -> None:
    page = visit(demo.installer)
    enter(page, demo.host("bystrzyk"))
    before = balance(page)
    name = fitters()[0]
    page.goto(f"{demo.host('bystrzyk')}/firm")
    page.get_by_role("button", name=say("Give points to {name}").replace("{name}", name)).click()
    dialog = page.get_by_role("dialog")
    give = dialog.get_by_role("button", name=say("Give"), exact=True)
    expect(give).to_be_disabled()
    dialog.get_by_label(say("How many points")).fill("999999")
    expect(give).to_be_disabled()
    dialog.get_by_label(say("How many points")).fill("7,50")
    dialog.get_by_label(say("Note")).fill("za dach")
    give.click()
    expect(dialog).to_have_count(0)
    page.goto(demo.host("bystrzyk"))
    assert balance(page) == before - Decimal("7.50")
    page.locator("main a").filter(has_text=say("Points passed on in the firm")).first.click()
    expect(page.get_by_role("dialog")).to_contain_text("za dach")
    expect(page.get_by_role("dialog")).to_contain_text(name)


@pytest.mark.parametrize("answer", ["No, thank you", "Join the firm"])
def test_an_invited_person_decides(answer: str, visit: Visit, demo: Demo) -> None:
    """Somebody whom no program knows: the mail, the code, the invitation; yes makes a member, no leaves a stranger."""
    email = NEW if answer == "Join the firm" else f"nie.{NEW}"
    owner = visit(demo.installer)
    enter(owner, demo.host("bystrzyk"), "/firm")
    owner.get_by_label(say("E-mail")).fill(email)
    owner.get_by_label(say("First and last name")).fill("Adam Nowy")
    owner.get_by_role("button", name=say("Send the invitation")).click()
    expect(owner.get_by_text(say("Sent. The invitation waits for 14 days."))).to_be_visible()

    page = visit(size=PHONE)
    mails = page.context.new_page()
    mails.goto(f"{demo.host('id')}/dev/messages")
    expect(mails.get_by_test_id("dev-message").filter(has_text=email).first).to_contain_text("Instalacje Nowak")
    mails.close()
    page.goto(f"{demo.host('bystrzyk')}/auth/login?next=/firm")
    page.get_by_label(say("E-mail")).fill(email)
    page.get_by_role("button", name=say("Send the code")).click()
    field = page.get_by_label(say("Code from the e-mail"))
    expect(field).to_be_focused()
    field.press_sequentially(code_of(page, demo, email))
    page.wait_for_url(f"{demo.host('bystrzyk')}/firm")
    expect(page.get_by_text(say("{0} invites you", "Instalacje Nowak"))).to_be_visible()
    inspector = Inspector(page)
    settle(page)
    inspector.see("not-a-member-invited")
    page.get_by_role("button", name=say(answer)).click()
    if answer == "No, thank you":
        expect(page.get_by_role("button", name=say(answer))).to_have_count(0)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Bystrzyk")
        return
    expect(page.get_by_test_id("balance-available")).to_have_text("0")
    page.goto(f"{demo.host('bystrzyk')}/firm")
    expect(page.get_by_role("heading", level=1)).to_have_text("Instalacje Nowak")
    expect(page.get_by_text("0%", exact=True)).to_be_visible()
    settle(page)
    inspector.see("firm-of-a-fitter")
    assert inspector.violations == []

    admin = visit(demo.admin("bystrzyk"), size=DESK)
    enter(admin, demo.host("bystrzyk"), "/console/firms")
    admin.get_by_label(say("Name or NIP")).fill("Instalacje Nowak")
    admin.locator("[data-row-link]").filter(has_text="Instalacje Nowak").click()
    admin.wait_for_url("**/firms/*")
    expect(admin.locator("table").first.get_by_role("link", name=re.compile("Adam Nowy"))).to_be_visible()
