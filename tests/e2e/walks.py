"""Walks through every screen and every dialog, for whoever looks at them: axe, or the camera of `screens.py`.

Each walk calls `see(name)` when a screen is settled. Nothing that a walk does outlives it, but for one discarded import.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from itertools import count
from urllib.parse import quote

from playwright.sync_api import Page, expect

from kolektor.demo.people import installers
from tests.e2e.browsing import enter, settle
from tests.e2e.demo_process import Demo, SignIn
from tests.e2e.sales_files import messy_csv
from tests.e2e.words import Words

See = Callable[[str], None]
# member of two of the three programs, so not of this one
FOREIGN = "iskrownia"
# the button that says how many documents it imports, in either language
IMPORT = re.compile(r"^Import\S* \d+ \S+$")


# nobody is asked for codes more often than a person would: each walk is somebody else
_SOMEBODY = count(1)


class Walk:
    """A page that walks, and who watches it."""

    def __init__(self, page: Page, demo: Demo, say: Words, see: See) -> None:
        self.page = page
        self.demo = demo
        self.say = say
        self._see = see

    def see(self, name: str) -> None:
        settle(self.page)
        self._see(name)

    def open(self, host: str, path: str, name: str) -> None:
        self.page.goto(f"{host}{path}")
        self.see(name)

    def press(self, name: str, *values: str) -> None:
        self.page.get_by_role("button", name=self.say(name, *values), exact=True).click()

    def close(self) -> None:
        """Escape out of a dialog."""
        self.page.keyboard.press("Escape")
        expect(self.page.get_by_role("dialog")).to_have_count(0)


def signed_out(walk: Walk) -> None:
    """What somebody sees who is not signed in."""
    page, demo, say = walk.page, walk.demo, walk.say
    walk.open(demo.host("id"), "/", "sign-in")
    walk.press("Use a password instead")
    walk.see("sign-in-password")
    # an account that does not exist: one that does is locked after a few wrong passwords
    page.get_by_label(say("E-mail")).fill(f"ktos{next(_SOMEBODY)}@instalator.example")
    page.get_by_label(say("Password"), exact=True).fill("nie-to-haslo")
    walk.press("Sign in")
    expect(page.locator("#sign-in-error")).to_be_visible()
    walk.see("sign-in-refused")
    walk.press("Send a code instead")
    walk.press("Send the code")
    expect(page.get_by_label(say("Code from the e-mail"))).to_be_focused()
    walk.see("sign-in-code")
    walk.open(demo.host("id"), "/dev/messages", "development-outbox")
    for slug in ("bystrzyk", "zarzewie", "iskrownia"):
        walk.open(demo.host(slug), "/", f"landing-{slug}")
    walk.open(demo.host("nikt"), "/", "unknown-host")


def member(walk: Walk) -> None:
    """The installer: programs, then every page of the program at `bystrzyk`, then the home of the other."""
    page, demo, say = walk.page, walk.demo, walk.say
    walk.open(demo.host("id"), "/", "programs")
    walk.press("Sign out everywhere")
    walk.see("programs-sign-out-dialog")
    walk.close()
    walk.open(demo.host("id"), "/account", "sessions")
    _security(walk, demo.host("id"))
    host = demo.host("bystrzyk")
    enter(page, host)
    walk.see("home")
    page.get_by_role("button", name=say("Your account")).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    walk.see("account")
    walk.close()
    _history(walk, host)
    _shop(walk, host)
    walk.open(host, "/orders", "orders")
    page.locator("main li a").first.click()
    expect(page.get_by_test_id("order-state")).to_be_visible()
    walk.see("order")
    walk.open(host, "/wallet", "wallet")
    page.get_by_role("button", name=say("Show the code").split("{")[0]).first.click()
    expect(page.get_by_test_id("voucher-code")).to_be_visible()
    walk.see("wallet-code")
    walk.close()
    walk.open(host, "/messages", "messages")
    page.locator("main li a").first.click()
    page.wait_for_url("**/messages/*")
    walk.see("message")
    walk.open(host, "/profile", "profile")
    walk.open(host, "/terms", "terms-none")
    walk.open(host, "/firm", "firm")
    page.get_by_role("button", name=say("Remove from the firm")).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    walk.see("firm-remove-dialog")
    walk.press("Cancel")
    walk.open(host, "/nothing-here", "not-found")
    enter(page, demo.host("zarzewie"))
    walk.see("home-zarzewie")
    walk.open(demo.host("zarzewie"), "/shop", "shop-zarzewie")
    enter(page, demo.host(FOREIGN))
    walk.see("not-a-member")


def _security(walk: Walk, host: str) -> None:
    """How one signs in; the session proves itself anew on the way, by password."""
    page, say = walk.page, walk.say
    walk.open(host, "/sign-in/again?next=/account/security", "prove")
    page.get_by_label(say("Password"), exact=True).fill(walk.demo.installer.password)
    walk.press("Continue")
    page.wait_for_url("**/account/security")
    expect(page.get_by_role("button", name=say("Turn on the app"))).to_be_visible()
    walk.see("security")
    walk.press("Turn on the app")
    expect(page.get_by_test_id("app-secret")).to_be_visible()
    walk.see("security-app")
    walk.press("Change the password")
    walk.see("security-password")
    walk.open(host, "/account/second-factor", "second-factor-setup")


def _history(walk: Walk, host: str) -> None:
    page = walk.page
    walk.open(host, "/history", "history")
    page.locator("main section li a").filter(has_text="FV").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    walk.see("receipt")
    walk.close()


def _shop(walk: Walk, host: str) -> None:
    page, say = walk.page, walk.say
    walk.open(host, "/shop", "shop")
    walk.open(host, "/shop?q=%22nie-ma-tego%22", "shop-nothing-found")
    page.goto(f"{host}/shop")
    page.locator("main li a").first.click()
    page.wait_for_url("**/checkout/**")
    page.locator("input[type=radio]:enabled").first.check(force=True)
    walk.see("checkout")
    page.get_by_role("button", name=say("Order for {0} {unit}").split("{")[0]).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    walk.see("checkout-dialog")
    walk.press("Cancel")
    expect(page.get_by_role("dialog")).to_have_count(0)


def console(walk: Walk, today: date) -> None:
    """A wholesaler's admin: all lists, a checked import with errors and both of its dialogs."""
    page, demo, say = walk.page, walk.demo, walk.say
    host = demo.host("iskrownia")
    enter(page, host, "/console/imports")
    walk.see("imports")
    page.get_by_role("button", name=demo.admin("iskrownia").name).click()
    walk.see("person-menu")
    page.keyboard.press("Escape")
    upload(page, "sprzedaz-z-bledami.csv", messy_csv("70", today).data)
    walk.see("import-file-chosen")
    walk.press("Choose the columns")
    page.wait_for_url("**/columns")
    walk.see("import-columns")
    assign(page, say, "Wartość netto", "")
    walk.press("Check the file")
    expect(page.get_by_role("alert")).to_be_visible()
    walk.see("import-columns-refused")
    assign(page, say, "Wartość netto", "net")
    walk.press("Check the file")
    page.wait_for_url(re.compile(r"/imports/[^/]+$"))
    expect(page.get_by_test_id("import-state")).to_have_attribute("data-state", "CHECKED")
    walk.see("import-checked")
    page.locator("main table input:not([type=checkbox])").first.fill("120,00")
    walk.see("import-corrected")
    walk.press("Undo")
    page.get_by_role("button", name=IMPORT).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    walk.see("import-commit-dialog")
    walk.press("Cancel")
    walk.press("Discard")
    walk.see("import-discard-dialog")
    walk.press("Discard the import")
    expect(page.get_by_test_id("import-state")).to_have_attribute("data-state", "DISCARDED")
    walk.see("import-discarded")
    page.goto(f"{host}/console/imports")
    page.get_by_role("link", name=re.compile(r"^sprzedaz-2026-kw4")).click()
    walk.press("Take the import back")
    expect(page.get_by_role("dialog").get_by_role("listitem").first).to_be_visible()
    walk.see("import-revert-dialog")
    walk.press("Cancel")
    walk.open(host, "/console/members", "members")
    # a phone shows the columns that are marked for it
    if page.get_by_role("button", name=say("Columns")).is_visible():
        walk.press("Columns")
        expect(page.get_by_role("checkbox").first).to_be_visible()
        walk.see("members-columns")
        page.keyboard.press("Escape")
    walk.press("Export")
    expect(page.get_by_test_id("job-tray").get_by_role("link")).to_be_visible()
    walk.see("members-exported")
    page.get_by_test_id("job-tray").get_by_role("button", name=re.compile("XLSX")).click()
    page.locator("[data-row-link]").first.click()
    expect(page.locator("main h1")).to_be_visible()
    page.wait_for_url("**/members/*")
    page.locator("details summary").first.click()
    walk.see("member")
    walk.press("Give or take points")
    page.get_by_label(say("Points"), exact=True).fill("50")
    page.get_by_label(say("Reason"), exact=True).fill("Reklamacja")
    walk.press("Adjust the points")
    expect(page.get_by_role("dialog")).to_be_visible()
    walk.see("member-adjust-dialog")
    page.get_by_role("dialog").get_by_role("button", name=say("Cancel"), exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    _firms(walk, host)
    _products(walk, host)
    _messages(walk, host)
    walk.open(host, "/console/", "console-today")
    page.keyboard.press("Control+k")
    walk.see("find")
    page.get_by_role("dialog").get_by_role("combobox").fill("an")
    # pages come at once, members and products from the server
    expect(page.get_by_role("option").nth(3)).to_be_visible()
    walk.see("find-found")
    page.get_by_role("dialog").get_by_role("combobox").fill("nie-ma-tego")
    walk.see("find-nothing")
    walk.close()
    walk.open(host, "/console/branding", "console-branding")
    walk.open(host, "/console/terms", "console-terms")
    walk.open(host, "/console/clients", "console-clients")
    walk.press("Register a shop or app")
    walk.see("console-client-form")
    walk.open(host, "/console/staff", "console-staff")
    walk.press("Add a person")
    walk.see("console-staff-form")
    walk.open(host, "/console/counter", "console-counter")
    walk.open(host, "/console/recruiting", "console-invitations")
    walk.open(host, "/console/applications", "console-applications")
    walk.open(host, "/console/settings", "console-settings")
    walk.open(host, "/console/members?q=%22nikt-taki%22", "members-nobody")
    walk.open(host, "/console/rules", "rules")
    page.locator("main article a").first.click()
    expect(page.get_by_test_id("sentence-pl")).to_be_visible()
    walk.see("rule")
    walk.open(host, "/console/rules/new", "rule-new")
    walk.open(host, "/console/orders", "console-orders")
    page.locator("[data-row-link]").first.click()
    expect(page.get_by_test_id("order-state")).to_be_visible()
    walk.see("console-order")
    walk.open(host, "/console/rewards", "console-rewards")
    page.locator("[data-row-link]").first.click()
    expect(page.get_by_test_id("reward-state")).to_be_visible()
    walk.see("console-reward")
    walk.press("Take out of the shop")
    walk.see("console-reward-dialog")
    walk.press("Cancel")
    expect(page.get_by_role("dialog")).to_have_count(0)
    walk.open(host, "/console/rewards/new", "console-new-reward")
    walk.open(host, "/console/partners", "console-partners")
    page.locator("summary").first.click()
    walk.see("console-partner-calls")
    enter(page, demo.host("bystrzyk"), "/console/rules")
    walk.see("console-refused")


def _firms(walk: Walk, host: str) -> None:
    page, say = walk.page, walk.say
    walk.open(host, "/console/firms", "firms")
    # the one with a fitter
    firm = next(
        person.firm.name for person in installers() if person.fitter and person.programs[0].wholesaler == FOREIGN
    )
    page.goto(f"{host}/console/firms?q=%22{quote(firm)}%22")
    page.locator("[data-row-link]").first.click()
    page.wait_for_url("**/firms/*")
    expect(page.get_by_test_id("evidence")).to_be_visible()
    walk.see("console-firm")
    page.get_by_role("button", name=say("Remove {0} from the firm").split("{")[0]).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    walk.see("console-firm-remove-dialog")
    walk.press("Cancel")
    expect(page.get_by_role("dialog")).to_have_count(0)


def _products(walk: Walk, host: str) -> None:
    page, say = walk.page, walk.say
    walk.open(host, "/console/products", "products")
    page.get_by_text(say("Upload a product list")).click()
    walk.see("products-upload")
    page.get_by_role("checkbox", name=say("Choose all rows that are shown")).check()
    walk.see("products-chosen")
    walk.press("Brand or category")
    expect(page.get_by_role("dialog")).to_be_visible()
    walk.see("products-file-dialog")
    walk.press("Cancel")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.locator("[data-row-link]").first.click()
    page.wait_for_url("**/products/*")
    walk.see("product")
    walk.open(host, "/console/products/new", "product-new")
    walk.open(host, "/console/matching", "matching-goods")
    page.get_by_role("button", name=say("No goods")).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    walk.see("matching-dialog")
    walk.press("Cancel")
    page.get_by_role("button", name=say("Another product")).first.click()
    expect(page.get_by_role("dialog").get_by_role("radio").first).to_be_visible()
    walk.see("matching-choose")
    walk.press("Cancel")
    walk.open(host, "/console/matching?kind=buyers", "matching-buyers")
    walk.open(host, "/console/matching?kind=learned", "matching-learned")


def _messages(walk: Walk, host: str) -> None:
    page, say = walk.page, walk.say
    walk.open(host, "/console/messages", "console-messages")
    walk.open(host, "/console/messages/points_expiring?language=pl", "console-message")
    page.get_by_label(say("Subject"), exact=True).fill("{{ punkty }}")
    expect(page.get_by_text(re.compile("[„“]punkty”"))).to_be_visible()
    walk.see("console-message-refused")
    walk.press("Undo the changes")
    page.get_by_text(say("In the app"), exact=True).last.click()
    walk.see("console-message-app")


def headquarters(walk: Walk) -> None:
    """The network's analyst."""
    page, demo, say = walk.page, walk.demo, walk.say
    enter(page, demo.host("hq.instal"))
    expect(page.get_by_role("table")).to_be_visible()
    walk.see("headquarters")
    page.get_by_text(say("Points awarded"), exact=True).click()
    walk.see("headquarters-points")
    host = demo.host("hq.instal")
    walk.open(host, "/?by=brand", "headquarters-brands")
    walk.open(host, "/?by=supplier&figure=pointsAwarded", "headquarters-suppliers")
    page.goto(host)
    page.locator("tbody th a").first.click()
    page.wait_for_url("**/wholesalers/*")
    walk.see("headquarters-wholesaler")
    walk.open(host, "/wholesalers/nikt-2", "headquarters-nobody")
    walk.open(host, "/network", "headquarters-wholesalers")
    page.goto(host)
    page.get_by_role("button", name=demo.analyst.name).click()
    walk.see("headquarters-menu")


def upload(page: Page, name: str, data: bytes) -> None:
    """Choose a file in the console's import form."""
    kind = "text/csv" if name.endswith(".csv") else "text/xml"
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": data})


def assign(page: Page, say: Words, column: str, field: str) -> None:
    """Say what a column of the file is; an empty field leaves it out."""
    page.get_by_label(say("What column {name} is").replace("{name}", column), exact=True).select_option(field)


def walkers(demo: Demo) -> dict[str, SignIn | None]:
    """Who walks which walk."""
    return {
        "signed-out": None,
        "member": demo.installer,
        "console": demo.admin("iskrownia"),
        "headquarters": demo.analyst,
    }
