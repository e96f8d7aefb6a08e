"""Signing in: one error for a wrong password, the keyboard alone, both languages, and hosts that are nobody's."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.browsing import DESK, PHONE, Watcher, enter, fill_sign_in, graphql, settle, sign_in, speak
from tests.e2e.conftest import Visit
from tests.e2e.demo_process import Demo
from tests.e2e.words import words

say = words("pl")


def test_a_wrong_password_is_one_error_and_tells_nothing(visit: Visit, demo: Demo, watcher: Watcher) -> None:
    watcher.expect(r"status of 400 .*/auth/password")
    page = visit()
    page.goto(demo.host("id"))
    said = []
    for email in (demo.installer.email, "nikt@instalator.example"):
        fill_sign_in(page, email, "not-this-one")
        alert = page.get_by_role("alert")
        expect(alert).to_have_count(1)
        expect(alert).not_to_be_empty()
        said.append(alert.inner_text())
        page.reload()
    # whether the account exists is not said
    assert said[0] == said[1]
    fill_sign_in(page, demo.installer.email, demo.installer.password)
    expect(page.get_by_test_id("program-card")).to_have_count(2)


def test_with_the_keyboard_alone(visit: Visit, demo: Demo) -> None:
    page = visit(size=DESK)
    page.goto(demo.host("zarzewie"))
    link = page.get_by_role("link", name=say("Sign in"), exact=True)
    expect(link).to_be_visible()
    _tab_to(page, link)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{demo.host('id')}/**")
    _tab_to(page, page.get_by_label(say("E-mail")))
    page.keyboard.type(demo.installer.email)
    _tab_to(page, page.get_by_label(say("Password"), exact=True))
    page.keyboard.type(demo.installer.password)
    page.keyboard.press("Enter")
    # and back to where the person came from, signed in
    page.wait_for_url(f"{demo.host('zarzewie')}/")
    expect(page.get_by_test_id("balance-available")).to_be_visible()
    account = page.get_by_role("button", name=say("Your account"))
    _tab_to(page, account)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(account).to_be_focused()


def _tab_to(page: Page, target: Locator) -> None:
    expect(target).to_be_visible()
    for _ in range(20):
        if target.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("not reached in 20 steps")


def test_polish_and_english(visit: Visit, demo: Demo) -> None:
    page = visit()
    sign_in(page, demo.host("id"), demo.installer)
    try:
        _there_and_back(page, demo)
    finally:
        speak(page, "pl")


def _there_and_back(page: Page, demo: Demo) -> None:
    english = words("en")
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My programs")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    # the choice is the person's: it holds at the wholesaler's host too, in the server's sentences as well
    enter(page, demo.host("bystrzyk"), "/history")
    expect(page.get_by_role("heading", level=1)).to_have_text("History")
    page.locator("main section li a").filter(has_text=english("Points for purchases")).first.click()
    reasons = page.get_by_role("dialog")
    expect(reasons.get_by_role("heading", name="Why these points")).to_be_visible()
    expect(reasons).to_contain_text(re.compile(r"\bnet\b"))
    expect(reasons).not_to_contain_text("netto")
    page.keyboard.press("Escape")
    page.get_by_role("button", name=english("Your account")).click()
    page.get_by_role("button", name="Polski").click()
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=1)).to_have_text("Historia")
    page.goto(demo.host("id"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Moje programy")


def test_english_chosen_before_signing_in_stays(visit: Visit, demo: Demo) -> None:
    page = visit()
    page.goto(demo.host("id"))
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    fill_sign_in(page, demo.installer.email, demo.installer.password, "en")
    try:
        expect(page.get_by_role("heading", level=1)).to_have_text("My programs")
        enter(page, demo.host("bystrzyk"), "/history")
        expect(page.get_by_role("heading", level=1)).to_have_text("History")
    finally:
        speak(page, "pl")


def test_the_console_in_english(visit: Visit, demo: Demo) -> None:
    page = visit(demo.admin("zarzewie"), size=DESK)
    enter(page, demo.host("zarzewie"), "/console/rules")
    polish = page.locator("main article p").first.inner_text()
    page.get_by_role("button", name=demo.admin("zarzewie").name).click()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rules")
    expect(page.locator("main article p").first).not_to_have_text(polish)
    page.get_by_role("button", name="Polski").click()
    expect(page.locator("main article p").first).to_have_text(polish)


def test_a_browser_in_english_is_greeted_in_english(visit: Visit, demo: Demo) -> None:
    page = visit(language="en")
    page.goto(demo.host("bystrzyk"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Points for every invoice")
    page.goto(demo.host("id"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_an_unknown_host_and_an_unknown_page_help(visit: Visit, demo: Demo, watcher: Watcher) -> None:
    watcher.expect(r"status of 404 ")
    page = visit(size=PHONE)
    answer = page.goto(demo.host("nikt"))
    assert answer is not None and answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("Nie ma tu żadnego programu")
    page.get_by_role("link").first.click()
    page.wait_for_url(f"{demo.host('id')}/**")
    page = visit(demo.installer)
    enter(page, demo.host("bystrzyk"))
    answer = page.goto(f"{demo.host('bystrzyk')}/nie-ma/takiej")
    assert answer is not None and answer.status == 404
    settle(page)
    page.get_by_role("link", name=say("Go to the home page")).click()
    expect(page.get_by_test_id("balance-available")).to_be_visible()


def test_signing_out_at_one_host_leaves_the_others(visit: Visit, demo: Demo, watcher: Watcher) -> None:
    page = visit()
    sign_in(page, demo.host("id"), demo.installer)
    for slug in ("bystrzyk", "zarzewie"):
        enter(page, demo.host(slug))
    page.get_by_role("button", name=say("Your account")).click()
    page.get_by_role("button", name=say("Sign out"), exact=True).click()
    expect(page.get_by_role("heading", name=say("Points for every invoice"))).to_be_visible()
    watcher.expect(r"status of 401 .*/graphql/member")
    assert graphql(page, "/graphql/member", "{ balance { available } }")["status"] == 401
    page.goto(demo.host("bystrzyk"))
    expect(page.get_by_test_id("balance-available")).to_be_visible()
