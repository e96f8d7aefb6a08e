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
ENTRY = "query($id: ID!) { entry(id: $id) { points shared { points } lines { points reasons { sentence points } } } }"
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
    expect(page.get_by_label(say("E-mail"))).to_be_visible()
    for slug in (first, second):
        page.goto(demo.host(slug))
        expect(page.get_by_role("heading", name=say("Points for every invoice"))).to_be_visible()
        page.get_by_role("link", name=say("Sign in or join"), exact=True).click()
        page.wait_for_url(f"{demo.host('id')}/**")
        expect(page.get_by_label(say("E-mail"))).to_be_visible()


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
    # the lines add up to the entry and what the fitters got, and each line's reasons to the line
    given = sum((Decimal(each["points"]) for each in receipt["shared"]), Decimal())
    assert sum(Decimal(line["points"]) for line in receipt["lines"]) == Decimal(receipt["points"]) + given
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


def test_a_revealed_code_without_a_network(
    visit: Visit, demo: Demo, watcher: Watcher, sessions: dict[str, Any]
) -> None:
    """Shown once with a network, the code opens without one; the balance says of when it is; signing out takes all of it."""
    watcher.expect("ERR_INTERNET_DISCONNECTED")
    page = visit(demo.installer)
    host = demo.host("bystrzyk")
    enter(page, host)
    online = balance(page)
    page.get_by_role("navigation").get_by_role("link", name=say("Wallet")).click()
    show = page.get_by_role("button", name=re.compile(say("Show the code: {0} {value}, {1}").split("{")[0]))
    show.first.click()
    code = page.get_by_test_id("voucher-code")
    expect(code).to_have_text(re.compile(r"\S{6,}"))
    seen = code.inner_text()
    expect(page.get_by_role("img", name=say("Bar code of the voucher"))).to_be_visible()
    page.get_by_role("button", name=say("Show as a QR code")).click()
    expect(page.get_by_role("img", name=say("QR code of the voucher"))).to_be_visible()
    page.keyboard.press("Escape")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto(f"{host}/")
    assert balance(page) == online
    hero = page.get_by_test_id("balance-available").locator("xpath=ancestor::section[1]")
    as_of = hero.get_by_text(say("As of {0}").split("{")[0].strip()).inner_text()

    page.context.set_offline(True)
    page.goto(f"{host}/")
    expect(page.get_by_test_id("balance-available")).to_have_text(polish(online))
    expect(hero.get_by_text(as_of, exact=True)).to_be_visible()
    page.get_by_role("navigation").get_by_role("link", name=say("Wallet")).click()
    show.first.click()
    expect(page.get_by_text(say("No connection: the code is as this phone kept it."))).to_be_visible()
    assert code.inner_text() == seen
    expect(page.get_by_role("img", name=say("Bar code of the voucher"))).to_be_visible()
    # what lies on the disk is not the code, and its key does not come out
    stored = page.evaluate(_STORED)
    assert stored["codes"] >= 1 and stored["extractable"] == [False]
    assert seen not in stored["text"]
    page.keyboard.press("Escape")
    # a code that was never seen here is not there
    never = show.last
    if never.get_attribute("aria-label") != show.first.get_attribute("aria-label"):
        never.click()
        expect(page.get_by_role("alert")).to_be_visible()
        page.keyboard.press("Escape")

    page.context.set_offline(False)
    page.goto(f"{host}/")
    page.get_by_role("button", name=say("Your account")).click()
    page.get_by_role("button", name=say("Sign out"), exact=True).click()
    sessions.pop(demo.installer.email, None)
    expect(page.get_by_role("link", name=say("Sign in or join"), exact=True)).to_be_visible()
    assert page.evaluate("indexedDB.databases().then((all) => all.map((each) => each.name))") == []


_STORED = """async () => {
  const opened = await new Promise((done, failed) => {
    const request = indexedDB.open('kolektor-codes');
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const all = (name) => new Promise((done) => {
    const request = opened.transaction(name).objectStore(name).getAll();
    request.onsuccess = () => done(request.result);
  });
  const [codes, keys] = [await all('codes'), await all('keys')];
  opened.close();
  const text = codes.map((each) => new TextDecoder('latin1').decode(each.sealed) + JSON.stringify(each)).join();
  return { codes: codes.length, text, extractable: keys.map((each) => each.key.extractable) };
}"""


def test_a_voucher_is_noted_as_used_and_taken_back(visit: Visit, demo: Demo) -> None:
    page = visit(demo.installer)
    enter(page, demo.host("zarzewie"), "/wallet")
    row = page.locator("main li").first
    name = row.get_by_role("button").get_attribute("aria-label")
    assert name
    row.get_by_role("button").click()
    page.get_by_role("button", name=say("Mark as used")).click()
    expect(page.get_by_role("button", name=say("Not used after all"))).to_be_visible()
    page.keyboard.press("Escape")
    used = page.locator("section").filter(has=page.get_by_role("heading", name=say("Used"), exact=True))
    expect(used.get_by_role("button", name=name)).to_be_visible()
    used.get_by_role("button", name=name).click()
    page.get_by_role("button", name=say("Not used after all")).click()
    expect(page.get_by_role("button", name=say("Mark as used"))).to_be_visible()
    page.keyboard.press("Escape")
    expect(used).to_have_count(0)


def test_filters_of_the_shop_live_in_the_address(visit: Visit, demo: Demo) -> None:
    page = visit(demo.installer)
    host = demo.host("bystrzyk")
    enter(page, host, "/shop")
    everything = page.locator("main li a").count()
    page.get_by_label(say("Category")).select_option("Czas wolny")
    page.wait_for_url("**/shop?category=*")
    settle(page)
    some = page.locator("main li a").count()
    assert 0 < some < everything
    page.get_by_label(say("Sort by")).select_option("-price")
    page.wait_for_url("**sort=-price*")
    settle(page)
    prices = [figure(text) for text in page.locator("main li a p:first-of-type").all_inner_texts()]
    assert prices == sorted(prices, reverse=True)
    page.reload()
    settle(page)
    assert page.locator("main li a").count() == some
    expect(page.get_by_label(say("Category"))).to_have_value("Czas wolny")
