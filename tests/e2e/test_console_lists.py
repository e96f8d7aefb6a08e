"""The console's lists: members and their search, rules as sentences, orders and what filters them."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from python_calamine import load_workbook

from kolektor.demo.people import members_of
from tests.e2e.browsing import DESK, enter, figure, graphql, settle
from tests.e2e.conftest import Visit
from tests.e2e.demo_process import Demo
from tests.e2e.words import words

say = words("pl")
SLUG = "bystrzyk"


def open_console(visit: Visit, demo: Demo, path: str) -> Page:
    page = visit(demo.admin(SLUG), size=DESK)
    enter(page, demo.host(SLUG), f"/console/{path}")
    return page


def search(page: Page, text: str) -> None:
    page.get_by_role("searchbox").fill(text)
    page.wait_for_url(re.compile(r"[?&]q="))
    settle(page)


def names(page: Page) -> list[str]:
    return [cell.inner_text() for cell in page.locator("tbody tr td:first-child").all()]


def test_members_are_found_by_name_firm_nip_and_code(visit: Visit, demo: Demo) -> None:
    page = open_console(visit, demo, "members")
    everybody = members_of(SLUG)
    total = graphql(page, "/graphql/console", "{ members(first: 1) { totalCount } }")["body"]["data"]["members"][
        "totalCount"
    ]
    # another test may have let somebody in
    assert total >= len(everybody)
    expect(page.get_by_role("status").filter(has_text=str(total))).to_be_visible()
    member, enrollment = everybody[0]
    name = f"{member.first_name} {member.last_name}"
    for text in (enrollment.code, member.email, member.firm.nip, name):
        search(page, text)
        expect(page.locator("tbody tr").filter(has_text=enrollment.code)).to_have_count(1)
        # each row has it, not just this one
        wanted = member.firm.nip if text == member.firm.nip else member.last_name
        expect(page.locator("tbody tr").filter(has_not_text=wanted)).to_have_count(0)
    search(page, "nikt taki")
    expect(page.get_by_text(say("Nobody matches “{q}”").replace("{q}", "nikt taki"))).to_be_visible()


def test_a_members_page_agrees_with_the_ledger(visit: Visit, demo: Demo) -> None:
    page = open_console(visit, demo, "members")
    search(page, demo.installer.email)
    page.get_by_role("link", name=demo.installer.name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(demo.installer.name)
    settle(page)
    figures = {item.locator("dt").inner_text(): figure(item.locator("dd").first.inner_text())
               for item in page.locator("main dl > div:has(dt)").all() if re.search(r"\d", item.inner_text())}  # fmt: skip
    parts = figures[say("To spend")] + figures[say("Held for orders")]
    assert figures[say("Earned in all")] - figures[say("Spent in all")] == parts
    phone = visit(demo.installer)
    enter(phone, demo.host(SLUG))
    answer = graphql(phone, "/graphql/member", "{ balance { available held } }")["body"]["data"]["balance"]
    assert str(figures[say("To spend")].quantize(figure("0.01"))) == answer["available"]


def test_rules_are_read_as_sentences(visit: Visit, demo: Demo) -> None:
    page = open_console(visit, demo, "rules")
    answer = graphql(page, "/graphql/console", "{ rules { ruleId name sentence pointsGiven state } }")
    rules = answer["body"]["data"]["rules"]
    assert rules
    expect(page.locator("main article")).to_have_count(len({rule["ruleId"] for rule in rules}))
    for rule in rules:
        article = page.locator("main article").filter(has_text=rule["name"])
        expect(article).to_contain_text(rule["sentence"])
        assert re.fullmatch(r"[A-ZŁŚŻ0-9].+\.", rule["sentence"]), rule["sentence"]


def test_orders_are_filtered_and_lead_to_their_member(visit: Visit, demo: Demo) -> None:
    page = open_console(visit, demo, "orders")
    answer = graphql(
        page, "/graphql/console", "{ orders(first: 100) { totalCount edges { node { number state memberName } } } }"
    )
    orders = answer["body"]["data"]["orders"]
    assert orders["totalCount"] > 10
    # one order of a fitter waits for the demo installer, or was decided by another test
    orders["edges"] = [edge for edge in orders["edges"] if edge["node"]["state"] == "FULFILLED"]
    assert len(orders["edges"]) >= orders["totalCount"] - 1
    page.get_by_role("combobox", name=say("State")).select_option("FAILED")
    expect(page.get_by_text(say("No order matches"))).to_be_visible()
    page.get_by_role("combobox", name=say("State")).select_option("FULFILLED")
    first = orders["edges"][0]["node"]
    search(page, first["number"])
    expect(page.locator("tbody tr")).to_have_count(1)
    assert names(page) == [first["number"]]
    page.get_by_role("link", name=first["number"]).click()
    expect(page.get_by_test_id("order-state")).to_have_attribute("data-state", "FULFILLED")
    page.get_by_role("link", name=first["memberName"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(first["memberName"])


def test_columns_are_hidden_in_the_address(visit: Visit, demo: Demo) -> None:
    page = open_console(visit, demo, "members")
    heads = page.get_by_role("columnheader")
    expect(heads.filter(has_text="NIP")).to_have_count(1)
    page.get_by_role("button", name=say("Columns")).click()
    page.get_by_label("NIP", exact=True).uncheck()
    page.keyboard.press("Escape")
    expect(heads.filter(has_text="NIP")).to_have_count(0)
    page.wait_for_url("**hide=nip*")
    # a view is its address: a bookmark keeps filter and columns
    search(page, demo.installer.email)
    page.reload()
    settle(page)
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(heads.filter(has_text="NIP")).to_have_count(0)
    page.get_by_role("button", name=say("Columns")).click()
    page.get_by_role("button", name=say("Show all")).click()
    expect(heads.filter(has_text="NIP")).to_have_count(1)


def test_a_list_is_exported_while_one_goes_on(visit: Visit, demo: Demo) -> None:
    page = open_console(visit, demo, "orders")
    total = graphql(page, "/graphql/console", "{ orders { totalCount } }")["body"]["data"]["orders"]["totalCount"]
    page.get_by_role("button", name=say("Export"), exact=True).click()
    page.get_by_role("link", name=say("Rules"), exact=True).click()
    tray = page.get_by_test_id("job-tray")
    link = tray.get_by_role("link")
    expect(link).to_be_visible()
    expect(tray).to_contain_text(str(total))
    with page.expect_download() as download:
        link.click()
    book = load_workbook(download.value.path())
    rows = book.get_sheet_by_index(0).to_python()
    assert book.sheet_names == ["Zamówienia"] and len(rows) == total + 1
    name = str(rows[1][0])
    tray.get_by_role("button").click()
    expect(tray).to_have_count(0)
    page.goto(f"{demo.host(SLUG)}/console/orders")
    search(page, name)
    expect(page.locator("tbody tr")).to_have_count(1)


def test_many_products_are_filed_at_once(visit: Visit, demo: Demo) -> None:
    page = open_console(visit, demo, "products")
    search(page, "zawór")
    count = len(page.locator("tbody tr").all())
    assert count > 2
    page.get_by_role("checkbox", name=say("Choose all rows that are shown")).check()
    page.get_by_role("button", name=say("Brand or category")).click()
    dialog = page.get_by_role("dialog")
    change = dialog.get_by_role("button", name=say("Change them"), exact=True)
    expect(change).to_be_disabled()
    dialog.get_by_label(say("Category"), exact=True).fill("Armatura próbna")
    change.click()
    expect(dialog).to_have_count(0)
    expect(page.locator("tbody tr").filter(has_text="Armatura próbna")).to_have_count(count)
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
    page.locator("[data-row-link]").first.click()
    expect(page.get_by_role("list", name=say("What happened")).get_by_role("listitem").last).to_contain_text(
        demo.admin(SLUG).name
    )
