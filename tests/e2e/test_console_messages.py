"""An admin writes the program's own words, sees the mail while it is written, and a member is told so; and ⌘K finds things."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.browsing import DESK, PHONE, Watcher, enter, graphql, settle
from tests.e2e.conftest import Visit
from tests.e2e.demo_process import Demo
from tests.e2e.words import words
from tests.support.polling import wait_for

say = words("pl")
SLUG = "zarzewie"
ORDER = """mutation P($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } errors { code } } }"""
REWARDS = "{ rewards(first: 50) { edges { node { id soldOut denominations { amount { amount } points } } } } }"
INBOX = "{ messages(first: 5) { edges { node { subject body } } } }"
MEMBERS = "{ members(first: 1) { edges { node { id name nip } } } }"
DOCUMENT = "query D($id: ID!) { memberDocuments(memberId: $id, first: 1) { edges { node { number } } } }"


def place_an_order(page: Page) -> None:
    """The cheapest voucher that the member can have."""
    rewards = graphql(page, "/graphql/member", REWARDS)["body"]["data"]["rewards"]["edges"]
    offers = [
        (float(each["points"]), node["id"], each["amount"]["amount"])
        for node in (edge["node"] for edge in rewards if not edge["node"]["soldOut"])
        for each in node["denominations"]
    ]
    _, reward, amount = min(offers)
    sent = {"rewardId": reward, "faceValue": amount, "idempotencyKey": "words-of-their-own"}
    answer = graphql(page, "/graphql/member", ORDER, {"input": sent})["body"]["data"]["placeOrder"]
    assert answer["errors"] == [], answer


def test_a_member_is_told_in_the_programs_own_words(visit: Visit, demo: Demo, watcher: Watcher) -> None:
    host = demo.host(SLUG)
    page = visit(demo.admin(SLUG), size=DESK)
    enter(page, host, "/console/messages")
    page.get_by_role("link", name=re.compile("Polski.*voucher", re.I)).click()
    page.wait_for_url("**/messages/order_fulfilled*")
    frame = page.frame_locator("iframe[name=mail-preview]")
    expect(frame.get_by_role("link", name="Pokaż voucher")).to_be_visible()

    # a variable that does not exist is refused where it stands, and cannot be saved
    subject = page.get_by_label(say("Subject"), exact=True)
    subject.fill("Masz to: {{ nagroda }}")
    expect(page.get_by_text("nie ma zmiennej „nagroda”")).to_be_visible()
    expect(page.get_by_role("button", name=say("Save the message"))).to_be_disabled()

    # a name from the list is put in where the caret is
    subject.fill("Masz to: ")
    page.get_by_role("button", name="reward", exact=True).click()
    expect(subject).to_have_value("Masz to: {{ reward }}")
    page.get_by_label(say("In the e-mail"), exact=True).fill("<mj-text>Kod czeka: <b>{{ reward }}</b></mj-text>")
    expect(frame.get_by_text("Kod czeka:").last).to_be_visible()
    page.get_by_role("button", name=say("Save the message")).click()
    expect(page.get_by_role("list", name=say("What happened")).get_by_role("listitem")).to_have_count(1)

    member = visit(demo.installer)
    enter(member, host)
    place_an_order(member)

    def newest() -> str:
        rows = graphql(member, "/graphql/member", INBOX)["body"]["data"]["messages"]["edges"]
        return str(rows[0]["node"]["subject"])

    wait_for("the message", lambda: newest().startswith("Masz to: "))
    member.goto(f"{host}/messages")
    settle(member)
    expect(member.get_by_text(re.compile("Masz to: ")).first).to_be_visible()

    page.get_by_role("button", name=say("Back to the platform's words")).click()
    page.get_by_role("dialog").get_by_role("button", name=say("Put them back")).click()
    expect(page.get_by_role("list", name=say("What happened")).get_by_role("listitem")).to_have_count(2)
    expect(page.get_by_label(say("Subject"), exact=True)).not_to_have_value("Masz to: {{ reward }}")


def test_anything_is_found_from_the_keyboard(visit: Visit, demo: Demo, watcher: Watcher) -> None:
    host = demo.host(SLUG)
    page = visit(demo.admin(SLUG), size=DESK)
    enter(page, host, "/console/")
    somebody = graphql(page, "/graphql/console", MEMBERS)["body"]["data"]["members"]["edges"][0]["node"]
    number = graphql(page, "/graphql/console", DOCUMENT, {"id": somebody["id"]})["body"]["data"]["memberDocuments"][
        "edges"
    ][0]["node"]["number"]

    page.keyboard.press("Control+k")
    field = page.get_by_role("dialog").get_by_role("combobox")
    expect(field).to_be_focused()
    # an object by what is known of it
    field.press_sequentially(number)
    expect(page.get_by_role("option").filter(has_text=number)).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/members/{somebody['id']}")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text(somebody["name"])

    # a page, without its marks; an action
    page.keyboard.press("Control+k")
    field.fill("zamowienia")
    expect(page.get_by_role("option").filter(has_text="Zamówienia").first).to_be_visible()
    field.fill("nowa reg")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/rules/new")

    page.keyboard.press("Control+k")
    field.fill("nie-ma-tego-nigdzie")
    expect(page.get_by_text(say("Nothing found"))).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_it_is_a_button_on_a_phone(visit: Visit, demo: Demo, watcher: Watcher) -> None:
    page = visit(demo.admin(SLUG), size=PHONE)
    enter(page, demo.host(SLUG), "/console/")
    page.get_by_role("button", name=say("Find")).click()
    page.get_by_role("dialog").get_by_role("combobox").fill("ustawienia")
    page.get_by_role("option").first.click()
    page.wait_for_url("**/settings")
