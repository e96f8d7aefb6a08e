"""An administrator adds a care agent, who comes in by the mail, adds a passkey, sees only what is theirs, and is sent away."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import DESK, PHONE, Watcher, enter, settle
from tests.e2e.conftest import Visit
from tests.e2e.demo_process import Demo
from tests.e2e.test_accessibility import Inspector
from tests.e2e.test_second_factor import give_device, mailed_code
from tests.e2e.words import words

say = words("pl")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1440"])
def test_a_care_agent_from_the_mail_to_the_last_day(
    size: dict[str, int], visit: Visit, demo: Demo, watcher: Watcher
) -> None:
    watcher.expect(r"status of 403 .*/graphql/")
    name = "Olga Opiekun" if size is PHONE else "Ola Opiekun"
    email = f"opieka{size['width']}@bystrzyk.example"
    console = visit(demo.admin("bystrzyk"), size=size)
    inspector = Inspector(console)
    host = demo.host("bystrzyk")
    enter(console, host, "/console/staff")
    expect(console.get_by_test_id("staff-row")).to_have_count(3)
    console.get_by_role("button", name=say("Add a person")).click()
    console.get_by_label(say("E-mail")).fill(email)
    console.get_by_label(say("First and last name")).fill(name)
    console.get_by_role("button", name=say("Give access")).click()
    expect(console.get_by_text("Zaznacz przynajmniej jedną rolę.")).to_be_visible()
    inspector.see("staff-refused")
    console.get_by_label(say("Care agent")).check()
    console.get_by_role("button", name=say("Give access")).click()
    row = console.get_by_test_id("staff-row").filter(has_text=name)
    expect(row).to_contain_text(say("Care agent"))

    page = visit(size=size)
    give_device(page)
    page.goto(f"{demo.host('id')}/dev/messages")
    expect(page.get_by_test_id("dev-message").filter(has_text=email).first).to_contain_text("Masz dostęp do konsoli")
    page.goto(f"{host}/console")
    page.get_by_label(say("E-mail")).fill(email)
    page.get_by_role("button", name=say("Send the code")).click()
    page.get_by_label(say("Code from the e-mail")).fill(mailed_code(page, demo, email))
    page.wait_for_url("**/account/second-factor?**")
    page.get_by_role("button", name=say("Fingerprint, face or PIN of this device")).click()
    page.get_by_role("button", name=say("I have kept them")).click()
    page.wait_for_url(f"{host}/console**")
    settle(page)
    navigation = page.get_by_role("navigation", name=say("Main"))
    shown = [link.inner_text() for link in navigation.get_by_role("link").all()]
    assert shown == [
        say("Today"), say("Members"), say("Counter"), say("Applications"), say("Firms"), say("Orders"),
    ]  # fmt: skip
    agent = Inspector(page)
    agent.see("console-of-a-care-agent")
    navigation.get_by_role("link", name=say("Members")).click()
    page.locator("[data-row-link]").first.click()
    expect(page.get_by_role("button", name=say("Give or take points"))).to_be_visible()
    page.goto(f"{host}/console/rules")
    expect(page.get_by_role("heading", name=say("Your role does not open this page"))).to_be_visible()

    # an auditor reads the settings and changes nothing
    row.get_by_role("button", name=say("Roles of {0}", name)).click()
    dialog = console.get_by_role("dialog")
    dialog.get_by_label(say("Care agent")).uncheck()
    dialog.get_by_label(say("Auditor")).check()
    inspector.see("staff-roles-dialog")
    dialog.get_by_role("button", name=say("Save"), exact=True).click()
    expect(row).to_contain_text(say("Auditor"))
    page.goto(f"{host}/console/settings")
    expect(page.get_by_text(say("You can read this, not change it."))).to_be_visible()
    expect(page.get_by_label(say("Program name"))).to_be_disabled()
    agent.see("settings-of-an-auditor")

    row.get_by_role("button", name=say("Take access from {0}", name)).click()
    inspector.see("staff-remove-dialog")
    console.get_by_role("dialog").get_by_role("button", name=say("Take access"), exact=True).click()
    expect(console.get_by_test_id("staff-row").filter(has_text=name)).to_have_count(0)
    expect(console.get_by_text(re.compile(f"{name}: odebrany dostęp"))).to_be_visible()
    page.goto(f"{host}/console/settings")
    expect(page.get_by_role("heading", name=say("Your account has no role here"))).to_be_visible()
    assert [*inspector.violations, *agent.violations] == []
