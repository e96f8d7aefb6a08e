"""Rewards at the console: a pool of codes from the file to a member's wallet, prices, and how the partners do."""

from __future__ import annotations

import io
import re
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.browsing import DESK, Watcher, enter, graphql, settle
from tests.e2e.conftest import Visit
from tests.e2e.demo_process import Demo
from tests.e2e.words import words

say = words("pl")
SLUG = "zarzewie"
REWARDS = '{ rewards(first: 100, sort: "new") { edges { node { id name soldOut fromPoints } } } }'


def shelf(page: Page) -> dict[str, dict[str, Any]]:
    answer = graphql(page, "/graphql/member", REWARDS)["body"]["data"]["rewards"]["edges"]
    return {edge["node"]["name"]: edge["node"] for edge in answer}


def upload(page: Page, content: str, name: str = "kody.csv") -> None:
    page.get_by_label(say("File with codes")).set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    )
    page.get_by_role("button", name=say("Add the codes")).click()


def test_a_picture_is_seen_in_the_shop(visit: Visit, demo: Demo, watcher: Watcher) -> None:
    watcher.expect(r"status of 400 .*/picture")
    page = visit(demo.admin("bystrzyk"), size=DESK)
    host = demo.host("bystrzyk")
    enter(page, host, "/console/rewards")
    page.locator("[data-row-link]").first.click()
    page.wait_for_url("**/rewards/*")
    settle(page)
    name = page.get_by_role("heading", level=1).inner_text()
    field = page.locator("input[type=file][accept^=image]")
    field.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": b"not a picture"})
    expect(page.get_by_role("alert")).to_contain_text("PNG")
    buffer = io.BytesIO()
    Image.new("RGB", (800, 505), "#30a060").save(buffer, "PNG")
    field.set_input_files({"name": "b.png", "mimeType": "image/png", "buffer": buffer.getvalue()})
    expect(page.get_by_test_id("reward-picture")).to_be_visible()
    expect(page.get_by_text("Ustawiono zdjęcie")).to_be_visible()
    member = visit(demo.installer)
    enter(member, host, "/shop")
    card = member.locator("main li").filter(has_text=name)
    card.scroll_into_view_if_needed()
    drawn = "(image) => image.complete && image.naturalWidth > 0"
    expect(card.locator("img")).to_be_visible()
    member.wait_for_function(drawn, arg=card.locator("img").element_handle())
    page.get_by_role("button", name=say("Remove the picture")).click()
    expect(page.get_by_test_id("reward-picture")).to_have_count(0)


def test_codes_of_the_wholesalers_own(visit: Visit, demo: Demo, watcher: Watcher) -> None:
    watcher.expect(r"status of 400 .*/codes")
    page = visit(demo.admin(SLUG), size=DESK)
    host = demo.host(SLUG)
    enter(page, host, "/console/rewards/new")
    page.get_by_role("button", name=say("Add the reward")).click()
    expect(page.get_by_text(say("Give a name."))).to_be_visible()
    page.get_by_label(say("Name of the reward"), exact=True).fill("Kawa u Marty")
    page.get_by_label(say("Brand"), exact=True).fill("Kawiarnia Marta")
    page.get_by_label(say("Category"), exact=True).fill("Kawa")
    page.get_by_label(say("Face values in zł")).fill("20 35")
    page.get_by_label(say("Points for 1 zł of face value")).fill("0,5")
    page.get_by_role("button", name=say("Add the reward")).click()
    page.wait_for_url(re.compile(r"/console/rewards/[0-9a-f-]{36}$"))
    expect(page.get_by_test_id("reward-state")).to_have_text(say("Not in the shop"))
    page.get_by_role("button", name=say("Put into the shop")).click()
    page.get_by_role("dialog").get_by_role("button", name=say("Put into the shop")).click()
    expect(page.get_by_test_id("reward-state")).to_have_text(say("In the shop, codes run out"))

    member = visit(demo.installer)
    enter(member, host)
    assert shelf(member)["Kawa u Marty"]["soldOut"] is True
    assert shelf(member)["Kawa u Marty"]["fromPoints"] == "10.00"

    said = page.locator("form").filter(has_text=say("Add the codes")).get_by_role("status")
    # one bad line: nothing is taken, and the line is named
    upload(page, "code;pin\nKAWA-001;1\nKA WA;2\n")
    expect(page.get_by_role("alert")).to_contain_text("3")
    upload(page, "code;pin\n" + "".join(f"KAWA-{number:03};{number}\n" for number in range(12)))
    expect(said).to_contain_text("12")
    upload(page, "KAWA-000\nKAWA-100\n", "kody.txt")
    expect(said).to_contain_text(re.compile(r"1\D+1"))
    cells = page.locator("tbody tr").first.locator("td")
    expect(cells.last).to_have_text("13")

    # a member buys one: the code is one of the file, and the stock falls
    reward = shelf(member)["Kawa u Marty"]
    assert reward["soldOut"] is False
    member.goto(f"{host}/checkout/{reward['id']}")
    settle(member)
    expect(member.locator("input[type=radio]:disabled")).to_have_count(1)
    member.locator("input[type=radio]:enabled").check(force=True)
    member.get_by_role("button", name=re.compile(say("Order for {0} {unit}").split("{")[0])).click()
    member.get_by_role("dialog").get_by_role("button", name=say("Order and pay with points")).click()
    member.wait_for_url("**/orders/*")
    expect(member.get_by_test_id("order-state")).to_have_attribute("data-state", "FULFILLED", timeout=30_000)
    member.goto(f"{host}/wallet")
    member.locator("main li").first.get_by_role("button").click()
    expect(member.get_by_test_id("voucher-code")).to_have_text(re.compile(r"^KAWA-\d{3}$"))
    page.reload()
    settle(page)
    expect(page.locator("tbody tr").first.locator("td").last).to_have_text("12")

    # the price of the next one
    page.get_by_label(say("Points for 1 zł of face value")).fill("2")
    page.get_by_role("button", name=say("Save")).click()
    expect(page.get_by_text(say("Saved."))).to_be_visible()
    assert shelf(member)["Kawa u Marty"]["fromPoints"] == "40.00"
    page.get_by_role("button", name=say("Take out of the shop")).click()
    page.get_by_role("dialog").get_by_role("button", name=say("Take out of the shop")).click()
    expect(page.get_by_test_id("reward-state")).to_have_text(say("Not in the shop"))
    assert "Kawa u Marty" not in shelf(member)
    admin = demo.admin(SLUG).name
    expect(page.get_by_text(admin).first).to_be_visible()  # the timeline says who


def test_the_catalog_is_fetched_and_the_partner_paused(visit: Visit, demo: Demo) -> None:
    page = visit(demo.admin(SLUG), size=DESK)
    host = demo.host(SLUG)
    enter(page, host, "/console/partners")
    section = page.locator("section").filter(has=page.get_by_role("heading", level=2, name="Agregator voucherów"))
    section.get_by_role("button", name=say("Fetch the catalog")).click()
    # 26 products, of which the shop has 12
    expect(section.get_by_text(re.compile(r": nowe 14,"))).to_be_visible(timeout=30_000)
    page.get_by_label(say("Warn when the balance is below")).fill("999999999")
    section.get_by_role("button", name=say("Save")).click()
    expect(section.get_by_role("alert")).to_be_visible()
    page.get_by_label(say("Warn when the balance is below")).fill("")
    section.get_by_role("button", name=say("Save")).click()
    expect(section.get_by_role("alert")).to_have_count(0)

    section.get_by_role("button", name=say("Pause"), exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=say("Pause"), exact=True).click()
    expect(section.get_by_text(say("Paused"), exact=True)).to_be_visible()
    section.get_by_role("button", name=say("Resume"), exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=say("Resume"), exact=True).click()
    expect(section.get_by_text(say("Works"), exact=True)).to_be_visible()

    page.goto(f"{host}/console/rewards?state=inactive")
    settle(page)
    expect(page.locator("[data-row-link]")).not_to_have_count(0)
