"""Signing in: one error for a wrong password, the keyboard alone, both languages, and hosts that are nobody's."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Locator, Page, expect

from kolektor.demo.people import installers
from tests.e2e.browsing import DESK, PHONE, Watcher, enter, fill_sign_in, graphql, settle, sign_in, speak
from tests.e2e.conftest import Visit
from tests.e2e.demo_process import Demo
from tests.e2e.test_accessibility import Inspector
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


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1440"])
def test_a_code_read_from_the_development_outbox_signs_in(
    size: dict[str, int], visit: Visit, demo: Demo, watcher: Watcher
) -> None:
    """From a wholesaler's page to its app with nothing but an e-mail, in well under 20 seconds; axe looks at each step."""
    watcher.expect(r"status of 400 .*/auth/code/confirm")
    # another installer than the one whom all tests share: codes are throttled per account
    email = installers()[3 if size == PHONE else 4].email
    page = visit(size=size)
    inspector = Inspector(page)
    program = next(iter(member_programs(email)))
    host = demo.host(program)
    page.goto(host)
    page.get_by_role("link", name=say("Sign in or join"), exact=True).click()
    page.wait_for_url(f"{demo.host('id')}/**")
    inspector.see("sign-in")
    field = page.get_by_label(say("E-mail"))
    expect(field).to_be_focused()
    began = time.monotonic()
    field.fill(email)
    page.get_by_role("button", name=say("Send the code")).click()
    code = page.get_by_label(say("Code from the e-mail"))
    expect(code).to_be_focused()
    assert code.get_attribute("autocomplete") == "one-time-code"
    assert code.get_attribute("inputmode") == "numeric"
    expect(page.get_by_role("button", name=re.compile(say("Send again").split()[0]))).to_be_disabled()

    outbox = page.context.new_page()
    outbox.goto(f"{demo.host('id')}/dev/messages")
    mail = outbox.get_by_test_id("dev-message").filter(has_text=email).first
    expect(mail.get_by_test_id("dev-code")).to_be_visible()
    Inspector(outbox).see("development-outbox")
    digits = mail.get_by_test_id("dev-code").inner_text()
    assert re.fullmatch(r"\d{6}", digits)
    preview = outbox.frame_locator("iframe").first
    expect(preview.get_by_text(digits, exact=True)).to_be_visible()
    outbox.close()

    wrong = "000000" if digits != "000000" else "111111"
    code.press_sequentially(wrong)  # sent by itself with the sixth digit
    expect(page.get_by_role("alert")).not_to_be_empty()
    expect(code).to_have_value("")
    inspector.see("sign-in-code-refused")
    code.press_sequentially(digits)
    page.wait_for_url(f"{host}/")
    expect(page.get_by_test_id("balance-available")).to_be_visible()
    assert time.monotonic() - began < 60  # with three looks of axe on a busy machine; a person does it in ten
    assert inspector.violations == []


def member_programs(email: str) -> list[str]:
    """Slugs of the programs that a demo installer is a member of."""
    return next([item.wholesaler for item in person.programs] for person in installers() if person.email == email)


def test_a_message_is_read_and_counted(visit: Visit, demo: Demo) -> None:
    page = visit(demo.installer)
    enter(page, demo.host("bystrzyk"))
    unread = graphql(page, "/graphql/member", "{ unreadMessages }")["body"]["data"]["unreadMessages"]
    assert unread >= 2  # the welcome and a voucher
    expect(page.get_by_test_id("unread-count")).to_have_text("9+" if unread > 9 else str(unread))
    page.locator("header").get_by_role("link", name=re.compile(f"^{say('Messages')}")).click()
    first = page.locator("main li a[data-unread=true]").first
    expect(first).to_be_visible()
    first.click()
    page.wait_for_url("**/messages/*")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("link", name=say("All messages")).click()
    expect(page.locator("main li a[data-unread=true]")).to_have_count(min(unread, 20) - 1)
    after = graphql(page, "/graphql/member", "{ unreadMessages }")["body"]["data"]["unreadMessages"]
    assert after == unread - 1


def test_consents_are_given_and_withdrawn(visit: Visit, demo: Demo) -> None:
    page = visit(demo.installer)
    enter(page, demo.host("zarzewie"), "/profile")
    row = page.get_by_test_id("consent-sms")
    switch = row.get_by_role("switch")
    expect(switch).not_to_be_checked()
    with page.expect_response("**/graphql/member"):
        switch.click()
    expect(switch).to_be_checked()
    page.reload()
    expect(switch).to_be_checked()
    with page.expect_response("**/graphql/member"):
        switch.click()
    expect(switch).not_to_be_checked()
    row.locator("summary").click()
    expect(row.locator("ol > li")).to_have_count(2)
    # and nothing of it at the other program
    enter(page, demo.host("bystrzyk"), "/profile")
    expect(page.get_by_test_id("consent-sms").locator("summary")).to_have_count(0)


def test_a_session_is_ended_from_the_list(visit: Visit, demo: Demo, watcher: Watcher) -> None:
    phone, desk = visit(), visit(size=DESK)
    for page in (phone, desk):
        sign_in(page, demo.host("id"), demo.installer)
    enter(phone, demo.host("bystrzyk"))
    desk.goto(f"{demo.host('id')}/account")
    rows = desk.get_by_test_id("session-row")
    expect(rows.first).to_be_visible()
    expect(desk.get_by_text(say("This device, here"))).to_have_count(1)
    before = rows.count()
    # the last used at a program is the phone's, which has just entered it
    there = rows.filter(has_text="Bystrzyk").first
    there.get_by_role("button").click()
    desk.get_by_role("dialog").get_by_role("button", name=say("End the session")).click()
    expect(rows).to_have_count(before - 1)
    watcher.expect(r"status of 401 .*/graphql/member")
    assert graphql(phone, "/graphql/member", "{ me { id } }")["status"] == 401


def test_english_chosen_on_a_wholesalers_page_reaches_the_form(visit: Visit, demo: Demo) -> None:
    page = visit()
    page.goto(demo.host("bystrzyk"))
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Points for every invoice")
    page.get_by_role("link", name="Sign in or join", exact=True).click()
    page.wait_for_url(f"{demo.host('id')}/**")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.get_by_role("button", name="Polski").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("Sign in"))
    page.reload()  # what was chosen last holds
    expect(page.get_by_role("heading", level=1)).to_have_text(say("Sign in"))


def test_with_the_keyboard_alone(visit: Visit, demo: Demo) -> None:
    page = visit(size=DESK)
    page.goto(demo.host("zarzewie"))
    link = page.get_by_role("link", name=say("Sign in or join"), exact=True)
    expect(link).to_be_visible()
    _tab_to(page, link)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{demo.host('id')}/**")
    # who comes to sign in finds the cursor where it is needed
    expect(page.get_by_label(say("E-mail"))).to_be_focused()
    page.keyboard.type(demo.installer.email)
    _tab_to(page, page.get_by_role("button", name=say("Use a password instead")))
    page.keyboard.press("Enter")
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
