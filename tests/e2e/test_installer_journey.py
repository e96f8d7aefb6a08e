"""The installer's journey on a phone: one sign-in, two programs, a receipt, a voucher and its code; never twice."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.browsing import Watcher, balance, enter, figure, graphql, polish, settle, sign_in
from tests.e2e.conftest import Visit
from tests.e2e.demo_process import Demo
from tests.e2e.words import words

say = words("pl")
ORDERS = "{ orders(first: 50) { totalCount edges { node { id number state points } } } }"
ENTRY = "query($id: ID!) { entry(id: $id) { points lines { points reasons { sentence points } } } }"
CARDS = "program-card"


def orders(page: Page) -> dict[str, Any]:
    answer = graphql(page, "/graphql/member", ORDERS)
    found: dict[str, Any] = answer["body"]["data"]["orders"]
    return found


def choose_cheapest(page: Page, host: str) -> Decimal:
    """Open the cheapest reward of fixed values and choose its first one. Returns its price in points."""
    page.goto(f"{host}/shop")
    settle(page)
    page.get_by_label(say("Affordable now")).click(force=True)
    page.wait_for_url("**/shop?affordable=true")
    settle(page)
    cards = page.locator("main li a")
    expect(cards.first).to_be_visible()
    # "affordable now" keeps only what the balance reaches
    expect(cards.filter(has_not_text=say("you can afford it"))).to_have_count(0)
    cards.first.click()
    page.wait_for_url("**/checkout/**")
    page.locator("input[type=radio]:enabled").first.check(force=True)
    button = page.get_by_role("button", name=re.compile(say("Order for {0} {unit}").split("{")[0]))
    price = figure(button.inner_text())
    button.click()
    return price


def confirm_button(page: Page) -> Any:
    return page.get_by_role("dialog").get_by_role("button", name=say("Order and pay with points"))


def fulfilled(page: Page) -> None:
    expect(page.get_by_test_id("order-state")).to_have_attribute("data-state", "FULFILLED", timeout=30_000)


def test_from_sign_in_to_the_code_and_out_again(visit: Visit, demo: Demo, sessions: dict[str, Any]) -> None:
    page = visit()
    sign_in(page, demo.host("id"), demo.installer)
    cards = page.get_by_test_id(CARDS)
    expect(cards).to_have_count(2)
    shown = {
        str(card.get_attribute("data-wholesaler")): figure(card.locator("p").first.inner_text()) for card in cards.all()
    }
    first, second = shown
    assert shown[first] != shown[second]

    # into the first program, with no second sign-in
    page.get_by_test_id(CARDS).first.get_by_role("link").first.click()
    page.wait_for_url(f"{demo.host(first)}/")
    before = balance(page)
    assert before == shown[first]

    _reads_a_receipt(page)
    price = choose_cheapest(page, demo.host(first))
    assert 0 < price <= before
    confirm_button(page).click()
    page.wait_for_url("**/orders/*")
    fulfilled(page)  # by itself: the page is not touched
    _reveals_the_code(page)

    page.goto(f"{demo.host(first)}/")
    assert balance(page) == before - price

    # the other program from the switcher: no sign-in, nothing changed there
    page.get_by_role("button", name=say("Your account")).click()
    page.get_by_role("link", name=say("Switch program")).click()
    page.wait_for_url(f"{demo.host('id')}/**")
    page.locator(f'[data-testid={CARDS}][data-wholesaler="{second}"]').get_by_role("link").first.click()
    page.wait_for_url(f"{demo.host(second)}/")
    assert balance(page) == shown[second]

    # out everywhere
    page.goto(demo.host("id"))
    page.get_by_role("button", name=say("Sign out everywhere"), exact=True).click()
    sessions.pop(demo.installer.email, None)
    page.get_by_role("dialog").get_by_role("button", name=say("Sign out everywhere")).click()
    expect(page.get_by_label(say("Password"), exact=True)).to_be_visible()
    for slug in (first, second):
        page.goto(demo.host(slug))
        expect(page.get_by_role("heading", name=say("Points for every invoice"))).to_be_visible()
        page.get_by_role("link", name=say("Sign in"), exact=True).click()
        page.wait_for_url(f"{demo.host('id')}/**")
        expect(page.get_by_label(say("Password"), exact=True)).to_be_visible()


def _reads_a_receipt(page: Page) -> None:
    page.get_by_role("navigation").get_by_role("link", name=say("History")).click()
    entry = page.locator("main section li a").filter(has_text=say("Points for purchases")).first
    expect(entry).to_be_visible()
    listed = re.sub(r"\s", " ", entry.inner_text())
    entry.click()
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("heading", name=say("Why these points"))).to_be_visible()
    lines = sheet.locator("ol > li")
    expect(lines.first).to_be_visible()
    entry_id = page.url.partition("entry=")[2].replace("%22", "")
    answer = graphql(page, "/graphql/member", ENTRY, {"id": entry_id})
    receipt = answer["body"]["data"]["entry"]
    assert lines.count() == len(receipt["lines"])
    # the lines add up to the entry, and each line's reasons to the line
    assert sum(Decimal(line["points"]) for line in receipt["lines"]) == Decimal(receipt["points"])
    for line in receipt["lines"]:
        assert sum((Decimal(reason["points"]) for reason in line["reasons"]), Decimal()) == Decimal(line["points"])
        for reason in line["reasons"]:
            expect(sheet.get_by_text(reason["sentence"]).first).to_be_visible()
    assert f"+{polish(Decimal(receipt['points']))} " in f"{listed} "
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)


def _reveals_the_code(page: Page) -> None:
    page.get_by_role("navigation").get_by_role("link", name=say("Wallet")).click()
    page.wait_for_url("**/wallet")
    voucher = page.locator("main li").first
    expect(voucher).to_contain_text(say("new"))
    voucher.get_by_role("button").click()
    expect(page.get_by_test_id("voucher-code")).to_have_text(re.compile(r"\S{6,}"))
    page.keyboard.press("Escape")
    expect(page.locator("main li").first).to_contain_text(say("code seen {0}").split("{")[0].strip())


def test_a_double_click_orders_once(visit: Visit, demo: Demo) -> None:
    page = visit(demo.installer)
    host = demo.host("zarzewie")
    enter(page, host)
    before, known = balance(page), orders(page)["totalCount"]
    price = choose_cheapest(page, host)
    confirm_button(page).dblclick()
    page.wait_for_url("**/orders/*")
    fulfilled(page)
    assert orders(page)["totalCount"] == known + 1
    page.goto(f"{host}/")
    assert balance(page) == before - price


def test_the_browsers_back_button_orders_nothing(visit: Visit, demo: Demo) -> None:
    page = visit(demo.installer)
    host = demo.host("zarzewie")
    enter(page, host)
    choose_cheapest(page, host)
    confirm_button(page).click()
    page.wait_for_url("**/orders/*")
    fulfilled(page)
    known = orders(page)["totalCount"]
    page.go_back()
    settle(page)
    page.go_forward()
    settle(page)
    assert orders(page)["totalCount"] == known


def test_balance_vouchers_and_history_without_a_network(visit: Visit, demo: Demo, watcher: Watcher) -> None:
    watcher.expect("ERR_INTERNET_DISCONNECTED")
    page = visit(demo.installer)
    host = demo.host("bystrzyk")
    enter(page, host)
    online = balance(page)
    for name in ("History", "Wallet"):
        page.get_by_role("navigation").get_by_role("link", name=say(name)).click()
        # who leaves before the list has come has no list to keep
        expect(page.get_by_role("heading", level=1, name=say(name))).to_be_visible()
        expect(page.locator("main li").first).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto(f"{host}/")
    assert balance(page) == online
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_test_id("balance-available")).to_have_text(polish(online))
    expect(page.get_by_text(say("No connection. You see what was here last."))).to_be_visible()
    for name in ("History", "Wallet"):
        page.get_by_role("navigation").get_by_role("link", name=say(name)).click()
        expect(page.locator("main li").first).to_be_visible()
    page.context.set_offline(False)
