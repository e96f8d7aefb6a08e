"""Terms are published in the console; a member who orders reads and accepts them first, and comes back to the order."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.browsing import DESK, enter
from tests.e2e.conftest import Visit
from tests.e2e.demo_process import Demo
from tests.e2e.test_accessibility import Inspector
from tests.e2e.test_second_factor import order
from tests.e2e.words import words

say = words("pl")


def test_terms_from_the_console_to_the_order(visit: Visit, demo: Demo) -> None:
    console = visit(demo.admin("zarzewie"), size=DESK)
    inspector = Inspector(console)
    host = demo.host("zarzewie")
    enter(console, host, "/console/terms")
    before = console.get_by_test_id("terms-version").count()
    text = f"Regulamin Zarzewia\n\n§ 1. Punkty są dla członków. ({before + 1})"
    console.get_by_label(say("In Polish")).fill(text)
    publish = console.get_by_role("button", name=say("Publish a new version"))
    publish.click()
    console.get_by_role("dialog").get_by_role("button", name=say("Publish"), exact=True).click()
    expect(console.get_by_text("Wpisz treść.")).to_be_visible()
    inspector.see("terms-refused")
    console.get_by_label(say("In English")).fill("Terms of Zarzewie")
    publish.click()
    inspector.see("terms-publish-dialog")
    console.get_by_role("dialog").get_by_role("button", name=say("Publish"), exact=True).click()
    expect(console.get_by_test_id("terms-version")).to_have_count(before + 1)

    page = visit(demo.installer)
    member = Inspector(page)
    enter(page, host, "/shop")
    page.locator("main a[href^='/checkout/']").first.click()
    page.get_by_role("radio").and_(page.locator(":enabled")).first.check()
    order(page)
    member.see("terms-asked")
    page.get_by_role("dialog").get_by_role("link", name=say("Read the terms")).click()
    expect(page.get_by_test_id("terms-text")).to_have_text(re.compile(r"§ 1\. Punkty"))
    member.see("terms")
    page.get_by_role("button", name=say("I accept the terms")).click()
    page.wait_for_url("**/checkout/**")
    order(page)
    expect(page.get_by_test_id("order-state")).to_be_visible()
    page.goto(f"{host}/terms")
    expect(page.get_by_role("status").filter(has_text="Zaakceptowany")).to_be_visible()
    member.see("terms-accepted")
    console.reload()
    expect(console.get_by_test_id("terms-version").first).to_contain_text("1 uczestnik zaakceptował")
    assert [*inspector.violations, *member.violations] == []
