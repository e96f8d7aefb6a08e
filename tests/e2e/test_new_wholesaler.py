"""From headquarters' wish to the first award: a wholesaler is made, its administrator comes by the mail, an invoice counts."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from integrations.salesfeeds.ksef_writer import Invoice, InvoiceLine, Party, write
from kolektor.demo import numbers
from tests.e2e.browsing import DESK, PHONE, Watcher, enter, graphql, settle
from tests.e2e.conftest import Visit
from tests.e2e.demo_process import Demo
from tests.e2e.test_accessibility import Inspector
from tests.e2e.test_console_import import check, state
from tests.e2e.test_second_factor import give_device, mailed_code
from tests.e2e.today import today
from tests.e2e.walks import IMPORT, upload
from tests.e2e.words import words

say = words("pl")
RULE = {"name": "Punkt za złotówkę", "award": {"kind": "per_amount", "points": "1"}}
SAVE = (
    """mutation($input: SaveRuleDraftInput!) { saveRuleDraft(input: $input) { rule { id } errors { code message } } }"""
)
PUBLISH = """mutation($input: PublishRuleInput!) { publishRule(input: $input) { errors { code message } } }"""


def publish_a_rule(page: Page) -> None:
    saved = graphql(page, "/graphql/console", SAVE, {"input": {"body": json.dumps(RULE)}})["body"]["data"][
        "saveRuleDraft"
    ]
    assert not saved["errors"], saved
    published = graphql(page, "/graphql/console", PUBLISH, {"input": {"id": saved["rule"]["id"]}})
    assert not published["body"]["data"]["publishRule"]["errors"], published


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1440"])
def test_from_headquarters_to_the_first_award(size: dict[str, int], visit: Visit, demo: Demo, watcher: Watcher) -> None:
    watcher.expect(r"status of 40[34] .*//nowa\d+\.")
    width = size["width"]
    slug, nip, email = f"nowa{width}", numbers.nip(5_000 + width), f"szefowa@nowa{width}.example"
    name, buyer = f"Nowa Hurtownia {width}", f"pierwszy{width}@instalator.example"
    director = visit(demo.analyst, size=size)
    inspector = Inspector(director)
    enter(director, demo.host("hq.instal"), "/network")
    inspector.see("hq-wholesalers")
    director.get_by_role("button", name=say("New wholesaler"), exact=True).click()
    director.get_by_label(say("Name of the wholesaler")).fill(name)
    expect(director.get_by_label(say("Address"), exact=True)).to_have_value(f"nowa-hurtownia-{width}")
    director.get_by_label(say("Address"), exact=True).fill("bystrzyk")
    director.get_by_label(say("NIP (optional)")).fill(nip)
    director.get_by_label(say("First administrator's name")).fill("Sylwia Szefowa")
    director.get_by_label(say("First administrator's e-mail")).fill(email)
    director.get_by_role("button", name=say("Open the wholesaler")).click()
    expect(director.get_by_label(say("Address"), exact=True)).to_have_attribute("aria-invalid", "true")
    inspector.see("hq-new-wholesaler-refused")
    director.get_by_label(say("Address"), exact=True).fill(slug)
    director.get_by_role("button", name=say("Open the wholesaler")).click()
    row = director.get_by_test_id("wholesaler-row").filter(has_text=name)
    expect(row).to_be_visible()
    # about a minute is promised
    expect(row).to_contain_text(say("live"), timeout=60_000)
    expect(director.get_by_role("link", name=say("Open its console"))).to_be_visible()
    inspector.see("hq-new-wholesaler-live")

    host = demo.host(slug)
    admin = visit(size=size)
    give_device(admin)
    console = Inspector(admin)
    admin.goto(f"{host}/console")
    admin.get_by_label(say("E-mail")).fill(email)
    admin.get_by_role("button", name=say("Send the code")).click()
    admin.get_by_label(say("Code from the e-mail")).fill(mailed_code(admin, demo, email))
    admin.wait_for_url("**/account/second-factor?**")
    admin.get_by_role("button", name=say("Fingerprint, face or PIN of this device")).click()
    admin.get_by_role("button", name=say("I have kept them")).click()
    admin.wait_for_url(f"{host}/console**")
    settle(admin)
    console.see("first-day-of-a-console")
    admin.goto(f"{host}/console/counter")
    admin.get_by_label(say("Customer's e-mail or phone")).fill(buyer)
    admin.get_by_role("button", name=say("Make a member")).click()
    expect(admin.get_by_test_id("counter-answer")).to_contain_text(buyer)
    publish_a_rule(admin)
    admin.goto(f"{host}/console/imports")
    settle(admin)
    invoice = Invoice(
        number=f"FV/{width}/1", issue_date=today(), seller=Party(name, nip), buyer=Party("Pierwszy Klient", email=buyer),
        lines=(InvoiceLine(name="Zawór", quantity=Decimal(1), net=Decimal("123.45")),),
    )  # fmt: skip
    upload(admin, "pierwsza.xml", write(invoice))
    check(admin)
    admin.get_by_role("button", name=IMPORT).click()
    admin.get_by_role("dialog").get_by_role("button", name=IMPORT).click()
    state(admin, "DONE")

    page = visit(size=size)
    page.goto(host)
    page.get_by_role("link", name=say("Sign in or join")).click()
    page.get_by_label(say("E-mail")).fill(buyer)
    page.get_by_role("button", name=say("Send the code")).click()
    page.get_by_label(say("Code from the e-mail")).fill(mailed_code(page, demo, buyer))
    expect(page.get_by_test_id("balance-available")).to_have_text("123,45")

    # suspended: the member looks, and is told
    row.get_by_role("button", name=say("Suspend {name}").replace("{name}", name)).click()
    director.get_by_role("dialog").get_by_label(re.compile(say("Reason"))).fill("Przerwa techniczna")
    inspector.see("hq-suspend-dialog")
    director.get_by_role("dialog").get_by_role("button", name=say("Suspend"), exact=True).click()
    expect(row).to_contain_text(say("read-only"))
    page.reload()
    expect(page.get_by_test_id("balance-available")).to_have_text("123,45")
    expect(page.get_by_text(say("This program is suspended: everything can be read, nothing changed."))).to_be_visible()
    member = Inspector(page)
    member.see("member-of-a-suspended-wholesaler")
    admin.goto(f"{host}/console/members")
    settle(admin)
    console.see("console-of-a-suspended-wholesaler")
    for each in (inspector, console, member):
        assert each.seen and each.violations == []
