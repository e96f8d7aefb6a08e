"""Rules at the console: composed in a form, read back in both languages, tried, published; then an invoice awards just that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from integrations.salesfeeds.ksef_writer import Invoice, InvoiceLine, Party, write
from kolektor.demo import catalog
from kolektor.demo.network import BRAND_NAMES, wholesaler
from kolektor.demo.people import members_of
from tests.e2e.browsing import DESK, PHONE, enter, graphql, settle, still
from tests.e2e.conftest import Visit
from tests.e2e.demo_process import Demo
from tests.e2e.test_accessibility import STANDARD, _describe
from tests.e2e.test_console_import import check, state
from tests.e2e.today import today
from tests.e2e.walks import IMPORT, upload
from tests.e2e.words import words

say = words("pl")
SLUG = "zarzewie"
NAME = "Dwa za sto"
HISTORY = """{ history(first: 20) { edges { node { documentNumber lines {
  points reasons { ruleName sentence points }
} } } } }"""
RULES = "{ rules { id ruleId name state version body } }"
PRODUCT = catalog.sold_by(wholesaler(SLUG))[0]
BRAND = BRAND_NAMES[PRODUCT.brand]


def november() -> int:
    """The year of the last November that has begun."""
    return today().year if today().month >= 11 else today().year - 1


def sale_day(day: int) -> date:
    """A day of that November, never one to come."""
    return min(date(november(), 11, day), today())


def choose(scope: Locator, label: str, option: str) -> None:
    """Pick an option of a searchable list of values."""
    page = scope.page
    field = scope.get_by_role("combobox", name=label, exact=True)
    field.click()
    field.press_sequentially(option)
    page.get_by_role("option", name=option, exact=True).click()
    page.keyboard.press("Tab")


def published(page: Page, name: str) -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = graphql(page, "/graphql/console", RULES)["body"]["data"]["rules"]
    return [rule for rule in rules if rule["name"] == name]


def invoice(demo: Demo, number: str, day: date, net: str) -> bytes:
    """A line of brand A, bought by the demo's installer."""
    seller = wholesaler(SLUG)
    member, enrollment = next(item for item in members_of(SLUG) if item[0].email == demo.installer.email)
    line = InvoiceLine(name=PRODUCT.name, quantity=Decimal(1), net=Decimal(net), unit=PRODUCT.unit, sku=PRODUCT.sku)
    return write(
        Invoice(
            number=number,
            issue_date=day,
            seller=Party(seller.name, seller.nip, seller.address),
            buyer=Party(member.firm.name, member.firm.nip, member.firm.address, customer_code=enrollment.code),
            lines=(line,),
        )
    )


def imports(page: Page, demo: Demo, name: str, data: bytes) -> None:
    page.goto(f"{demo.host(SLUG)}/console/imports")
    settle(page)
    upload(page, name, data)
    check(page)
    page.get_by_role("button", name=IMPORT).click()
    page.get_by_role("dialog").get_by_role("button", name=IMPORT).click()
    state(page, "DONE")


@pytest.fixture
def ended(visit: Visit, demo: Demo) -> Iterator[None]:
    """What this test publishes is ended after it, so that other tests find the demo's own rules."""
    yield
    page = visit(demo.admin(SLUG), size=DESK)
    enter(page, demo.host(SLUG), "/console/rules")
    for rule in published(page, NAME):
        verb = {"DRAFT": "discardRuleDraft", "LIVE": "endRule"}.get(rule["state"])
        if verb:
            kind = verb[0].upper() + verb[1:]
            query = f"mutation($input: {kind}Input!) {{ {verb}(input: $input) {{ errors {{ code }} }} }}"
            graphql(page, "/graphql/console", query, {"input": {"id": rule["id"]}})


def compose(page: Page) -> None:
    """2 points per 100 PLN of brand A, double in November, at most 500 a month."""
    form = page.locator("main form")
    form.get_by_label(say("In Polish")).fill(NAME)
    form.get_by_label(say("Points"), exact=True).fill("2")
    expect(form.get_by_label(say("for every … net, in {currency}").replace("{currency}", "zł"))).to_have_value("100")
    purchases = form.get_by_role("group", name=say("For which purchases"))
    purchases.get_by_role("button", name=say("Add a condition")).click()
    choose(purchases, say("Brand"), BRAND)
    form.get_by_role("button", name=say("Add a boost")).click()
    boost = form.get_by_role("group", name=say("Boost {0}", "1"))
    expect(boost.get_by_label(say("Times"), exact=True)).to_have_value("2")
    choose(boost, say("Month of sale"), "listopad")
    form.get_by_role("button", name=say("Add a cap")).click()
    cap = form.get_by_role("group", name=say("Cap {0}", "1"))
    # a fault of one field stands at that field, in words
    cap.get_by_label(say("At most, points")).fill("0")
    expect(cap.get_by_text("Podaj liczbę większą od zera.")).to_be_visible()
    cap.get_by_label(say("At most, points")).fill("500")
    expect(cap.get_by_text("Podaj liczbę większą od zera.")).to_have_count(0)
    form.get_by_label(say("First day")).fill(date(november(), 11, 1).isoformat())


def test_a_rule_from_the_form_to_the_receipt(visit: Visit, demo: Demo, ended: None) -> None:
    page = visit(demo.admin(SLUG), size=DESK)
    enter(page, demo.host(SLUG), "/console/rules")
    page.get_by_role("link", name=say("New rule")).click()
    page.wait_for_url("**/rules/new")
    compose(page)
    polish = (
        f"2 punkty za każde 100 zł netto za zakupy: marki {BRAND}; podwójnie: w listopadzie; "
        "najwyżej 500 punktów miesięcznie na osobę."
    )
    english = (
        f"2 points for every 100 zł net on brand {BRAND}; double: in November; at most 500 points a month per member."
    )
    expect(page.get_by_test_id("sentence-pl")).to_have_text(polish)
    expect(page.get_by_test_id("sentence-en")).to_have_text(english)
    table = page.get_by_role("region", name=say("Effect on invoices"))
    expect(table.locator("tbody tr")).to_have_count(10)
    assert not published(page, NAME)

    # nothing typed is lost by a wrong click
    page.get_by_role("navigation").get_by_role("link", name=say("Members")).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(say("Leave without saving?"))
    dialog.get_by_role("button", name=say("Cancel")).click()
    expect(page.get_by_label(say("In Polish"))).to_have_value(NAME)

    page.get_by_role("button", name=say("Save draft")).click()
    page.wait_for_url(re.compile(r"/rules/[0-9a-f-]{36}/edit$"))
    expect(page.get_by_text(say("Draft saved."))).to_be_visible()
    assert [(rule["state"], rule["version"]) for rule in published(page, NAME)] == [("DRAFT", 1)]
    page.get_by_role("button", name=say("Publish…")).click()
    expect(dialog).to_contain_text(say("A published version can be ended, but no longer changed."))
    dialog.get_by_role("button", name=say("Publish"), exact=True).click()
    page.wait_for_url("**/console/rules")
    settle(page)
    card = page.locator("main article").filter(has_text=NAME)
    expect(card).to_contain_text(say("Live"))
    expect(card).to_contain_text(polish)
    card.locator("summary").filter(has_text=say("What happened")).click()
    expect(card).to_contain_text(demo.admin(SLUG).name)

    # 10,000 / 100 × 2 × 2 = 400; then 5,000 / 100 × 2 × 2 = 200, of which the month's 500 leave 100
    first = Decimal(10_000) / 100 * 2 * 2
    second = min(Decimal(5_000) / 100 * 2 * 2, 500 - first)
    imports(page, demo, "listopad-1.xml", invoice(demo, "R/1/11", sale_day(3), "10000.00"))
    imports(page, demo, "listopad-2.xml", invoice(demo, "R/2/11", sale_day(4), "5000.00"))
    phone = visit(demo.installer)
    enter(phone, demo.host(SLUG))
    found = graphql(phone, "/graphql/member", HISTORY)["body"]
    entries = {edge["node"]["documentNumber"]: edge["node"]["lines"] for edge in found["data"]["history"]["edges"]}
    for number, points in (("R/1/11", first), ("R/2/11", second)):
        (line,) = entries[number]
        (reason,) = (each for each in line["reasons"] if each["ruleName"] == NAME)
        assert Decimal(reason["points"]) == points
        assert sum(Decimal(each["points"]) for each in line["reasons"]) == Decimal(line["points"])
    phone.goto(f"{demo.host(SLUG)}/history")
    settle(phone)
    phone.locator("main section li a").filter(has_text="R/2/11").first.click()
    sheet = phone.get_by_role("dialog")
    expect(sheet).to_contain_text(NAME)
    expect(sheet).to_contain_text("5\u00a0000,00 zł netto × 2 pkt / 100 zł × 2 = 200,00 pkt")
    expect(sheet).to_contain_text("najwyżej 500 punktów miesięcznie na osobę): 100,00 pkt")

    # the next version, from today: the same form, filled; it ends the first one the day before
    enter(page, demo.host(SLUG), "/console/rules")
    card.get_by_role("link", name=f"{say('New version')}: {NAME}").click()
    cap = page.get_by_role("group", name=say("Cap {0}", "1"))
    expect(cap.get_by_label(say("At most, points"))).to_have_value("500")
    expect(page.get_by_label(say("First day"))).to_have_value(today().isoformat())
    cap.get_by_label(say("At most, points")).fill("600")
    page.get_by_role("button", name=say("Publish…")).click()
    expect(dialog).to_contain_text(say("Caps and budget start anew."))
    dialog.get_by_role("button", name=say("Cancel")).click()
    page.wait_for_url(re.compile(r"/rules/[0-9a-f-]{36}/edit$"))
    assert {rule["version"]: rule["state"] for rule in published(page, NAME)} == {1: "LIVE", 2: "DRAFT"}
    enter(page, demo.host(SLUG), "/console/rules")
    card.get_by_role("button", name=re.compile(f"^{say('Discard')}:")).click()
    dialog.get_by_role("button", name=say("Discard the draft")).click()
    expect(dialog).to_have_count(0)
    card.get_by_role("button", name=re.compile(f"^{say('End')}:")).click()
    dialog.get_by_role("button", name=say("End it today")).click()
    expect(dialog).to_have_count(0)
    (left,) = published(page, NAME)
    assert f'"valid_until": "{today().isoformat()}"' in left["body"]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1440"])
def test_no_violation_on_list_and_editor(visit: Visit, demo: Demo, size: dict[str, int]) -> None:
    page = visit(demo.admin("iskrownia"), size=size)
    host = demo.host("iskrownia")

    def inspect(name: str) -> None:
        settle(page)
        schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            still(page)
            found = Axe().run(page, options={"runOnly": {"type": "tag", "values": STANDARD}}).response["violations"]
            assert [_describe(each) for each in found] == [], f"{name}, {scheme}"
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is wider than the window"

    enter(page, host, "/console/rules")
    inspect("list")
    page.goto(f"{host}/console/rules/new")
    settle(page)
    inspect("empty editor")
    page.get_by_role("button", name=say("Publish…")).click()
    expect(page.get_by_role("alert")).to_have_count(1)
    form = page.locator("main form")
    form.get_by_label(say("Points"), exact=True).fill("2")
    form.get_by_role("button", name=say("Add a condition")).click()
    form.get_by_role("button", name=say("Add a group")).click()
    form.get_by_role("button", name=say("Add a boost")).click()
    form.get_by_role("button", name=say("Add a cap")).click()
    expect(page.locator("main aside").get_by_role("status")).to_be_visible()
    inspect("editor with faults")
    # groups and exclusions of a rule that came as JSON
    page.goto("about:blank")
    enter(page, host, "/console/rules")
    page.get_by_role("link", name=re.compile("Narzędzia i fotowoltaika")).click()
    expect(page.get_by_role("group", name=say("Group of conditions"))).to_be_visible()
    expect(page.get_by_test_id("sentence-pl")).to_be_visible()
    inspect("editor with groups")
