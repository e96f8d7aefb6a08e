"""Goods and buyers that nobody knew: the admin says what they are, and what waited gets its points."""

from __future__ import annotations

import re
import time
from decimal import Decimal
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.browsing import DESK, PHONE, Watcher, enter, graphql, settle
from tests.e2e.conftest import Visit
from tests.e2e.demo_process import Demo
from tests.e2e.words import words

say = words("pl")
SLUG = "zarzewie"
GOODS = re.compile(r"^Kocioł gazowy konde\. 35 kW")
BOILER = re.compile(r"Kocioł gazowy kondensacyjny 35 kW z zasobnikiem")


def ask(page: Page, query: str) -> Any:
    return graphql(page, "/graphql/console", query)["body"]["data"]


def until(page: Page, query: str, done: Any) -> Any:
    """Ask until the worker has done it."""
    for _ in range(60):
        if done(answer := ask(page, query)):
            return answer
        time.sleep(0.5)
    raise AssertionError(answer)


def test_goods_are_recognized_and_awarded(visit: Visit, demo: Demo) -> None:
    page = visit(demo.admin(SLUG), size=DESK)
    enter(page, demo.host(SLUG), "/console")
    before = Decimal(ask(page, "{ cockpit { liability } }")["cockpit"]["liability"])
    page.get_by_test_id("todo-goods").click()
    row = page.locator("tbody tr").filter(has_text=GOODS).first
    expect(row).to_be_visible()
    settle(page)
    count = page.locator("tbody tr").count()
    row.get_by_role("button", name=BOILER).first.click()
    page.get_by_role("dialog").get_by_role("button", name=say("Yes, it is")).click()
    expect(page.locator("tbody tr")).to_have_count(count - 1)
    liability = "{ cockpit { liability } }"
    until(page, liability, lambda answer: Decimal(answer["cockpit"]["liability"]) > before + 50)
    page.get_by_role("link", name=say("Learned")).click()
    settle(page)
    learned = page.locator("tbody tr").filter(has_text="kocioł gazowy konde. 35 kw")
    expect(learned).to_contain_text(BOILER)
    # fees are no goods, and can be taken back
    page.get_by_role("link", name=say("Goods"), exact=True).click()
    settle(page)
    fees = page.locator("tbody tr").filter(has_text="Uruchomienie zerowe")
    fees.get_by_role("button", name=say("No goods")).click()
    page.get_by_role("dialog").get_by_role("button", name=say("No goods")).click()
    expect(fees).to_have_count(0)
    page.get_by_role("link", name=say("Learned")).click()
    forgotten = page.locator("tbody tr").filter(has_text="uruchomienie zerowe")
    forgotten.get_by_role("button").click()
    expect(forgotten).to_have_count(0)
    page.get_by_role("link", name=say("Goods"), exact=True).click()
    expect(fees).to_have_count(1)


def test_a_product_is_chosen_and_one_is_made(visit: Visit, demo: Demo) -> None:
    page = visit(demo.admin(SLUG), size=PHONE)
    enter(page, demo.host(SLUG), "/console/matching")
    row = page.locator("tbody tr").filter(has_text="Rura PEX-AL-PEX").first
    row.get_by_role("button", name=say("Another product")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("searchbox").fill("26×3 Rurowiec")
    dialog.get_by_label(re.compile("26×3 Rurowiec")).check()
    dialog.get_by_role("button", name=say("It is this one")).click()
    expect(row).to_have_count(0)
    # goods that are nowhere yet
    fees = page.locator("tbody tr").filter(has_text="Transport na budowę")
    fees.get_by_role("link", name=say("New product")).click()
    expect(page.get_by_label(say("Product name"))).to_have_value("Transport na budowę")
    page.get_by_label("EAN").fill("123")
    page.get_by_label(say("SKU"), exact=True).fill("USL-01")
    page.get_by_role("button", name=say("Add the product")).click()
    expect(page.get_by_text("Nieprawidłowy EAN: 123")).to_be_visible()
    page.get_by_label("EAN").fill("")
    page.get_by_role("button", name=say("Add the product")).click()
    page.wait_for_url("**/matching")
    settle(page)
    expect(fees).to_have_count(0)
    enter(page, demo.host(SLUG), "/console/products?q=USL-01")
    page.locator("[data-row-link]").click()
    expect(page.get_by_text("transport na budowę", exact=True)).to_be_visible()
    page.get_by_label(say("Category")).fill("usługi")
    page.get_by_role("button", name=say("Save")).click()
    expect(page.get_by_text(say("Saved."))).to_be_visible()


def test_a_product_list_is_taken_whole_or_refused_by_row(visit: Visit, demo: Demo, watcher: Watcher) -> None:
    watcher.expect(r"status of 400 .*/api/console/products")
    page = visit(demo.admin(SLUG), size=DESK)
    enter(page, demo.host(SLUG), "/console/products")
    page.get_by_text(say("Upload a product list")).click()

    def upload(text: str) -> None:
        page.locator("input[type=file]").set_input_files(
            {"name": "lista.csv", "mimeType": "text/csv", "buffer": text.encode()}
        )
        page.get_by_role("button", name=say("Upload"), exact=True).click()

    upload("indeks;nazwa;marka\nNOWY-1;Termostat próbny;Nikt\n")
    expect(page.get_by_role("alert")).to_contain_text(re.compile(r"Wiersz 2: .*Nikt"))
    upload("indeks;nazwa;marka\nNOWY-1;Termostat próbny;Termowir\n")
    expect(page.get_by_text("Wczytano 1 produkt")).to_be_visible()
    page.get_by_role("searchbox").fill("NOWY-1")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text("Termowir")


def test_a_buyer_is_enrolled_from_purchases(visit: Visit, demo: Demo) -> None:
    page = visit(demo.admin(SLUG), size=DESK)
    enter(page, demo.host(SLUG), "/console/matching?kind=buyers")
    members = int(ask(page, "{ members { totalCount } }")["members"]["totalCount"])
    row = page.locator("tbody tr").first
    name = row.locator("span").first.inner_text()
    row.get_by_role("button", name=say("Enroll"), exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=say("Enroll"), exact=True).click()
    expect(page.locator("tbody tr").filter(has_text=name)).to_have_count(0)
    assert int(ask(page, "{ members { totalCount } }")["members"]["totalCount"]) == members + 1
    query = f'{{ members(search: "{name}") {{ edges {{ node {{ name available pending }} }} }} }}'
    found = until(page, query, lambda answer: answer["members"]["edges"][0]["node"]["available"] != "0.00")
    assert len(found["members"]["edges"]) == 1
