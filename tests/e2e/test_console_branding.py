"""An admin changes the brand at the console, sees it while it is written, and a member sees it in the app."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browsing import DESK, PHONE, Watcher, enter, graphql, settle
from tests.e2e.conftest import Visit
from tests.e2e.demo_process import Demo
from tests.e2e.words import words

say = words("pl")
SLUG = "zarzewie"
# both warm, so that the member's home keeps its filled hero: one takes white text, the other black
WINE, WINE_RGB = "#8a1538", "rgb(138, 21, 56)"
YELLOW = "#ffd400"
LOOK = """{ program { name pointForms { one few many other } }
  branding { primaryColor accentColor surfaceColor logoText logoShape } }"""
RESTORE = "mutation R($input: UpdateBrandingInput!) { updateBranding(input: $input) { errors { code } } }"
AXE = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}


def background(place: Locator) -> str:
    return str(place.evaluate("(element) => getComputedStyle(element).backgroundColor"))


def violations(page: Page) -> list[str]:
    settle(page)
    return [
        f"{found['id']}: {found['nodes'][0]['html']}" for found in Axe().run(page, options=AXE).response["violations"]
    ]


def fetched(page: Page, path: str) -> str:
    """A file of the page's own host, as the browser gets it: Playwright's own client knows no `*.localhost`."""
    return str(page.evaluate("async (path) => (await fetch(path)).text()", path))


def wordmark() -> bytes:
    """A wide logo without a background."""
    picture = Image.new("RGBA", (800, 200), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((10, 20, 170, 180), fill="#0a7d3c")
    draw.text((200, 100), "Zarzewie", fill="#14323f", font=ImageFont.load_default(size=130), anchor="lm")
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def face(page: Page) -> dict[str, Any]:
    """The manifest, as the browser that installs the app reads it."""
    manifest: dict[str, Any] = json.loads(fetched(page, "/manifest.webmanifest"))
    return manifest


def test_a_new_brand_reaches_the_member(visit: Visit, demo: Demo, watcher: Watcher) -> None:
    host = demo.host(SLUG)
    member = visit(demo.installer)
    enter(member, host)
    hero = member.get_by_test_id("balance-available").locator("xpath=ancestor::section[1]")
    assert background(hero) != WINE_RGB
    page = visit(demo.admin(SLUG), size=DESK)
    enter(page, host, "/console/branding")
    before = graphql(page, "/graphql/console", LOOK)["body"]["data"]
    logo = fetched(page, "/icons/logo.svg")

    # half a color changes nothing; the phone follows a whole one before anything is saved
    main_color = page.get_by_label(say("Main color"), exact=True)
    phone = page.get_by_test_id("phone-hero")
    shown = background(phone)
    main_color.fill("#8a15")
    expect(page.get_by_text(say("Write a color like #1f4e79."))).to_be_visible()
    expect(page.get_by_role("button", name=say("Save the look"))).to_be_disabled()
    expect(phone).to_have_css("background-color", shown)
    main_color.fill(YELLOW)
    verdict = page.get_by_test_id("verdict")
    expect(verdict).to_contain_text(f"{say('black text')}, 14,6 : 1")
    expect(verdict).to_contain_text("48% do #856e00, 4,5 : 1")
    main_color.fill(WINE)
    expect(verdict).to_contain_text(f"{say('white text')}, 9,3 : 1")
    expect(phone).to_have_css("background-color", WINE_RGB)
    page.get_by_label(say("Logo letters")).fill("żr")
    page.get_by_label(say("Logo shape")).select_option("hexagon")
    page.get_by_label(say("Start screen background"), exact=True).fill("#fff7ef")
    page.get_by_label(say("5 …"), exact=True).fill("iskier")
    assert face(page)["theme_color"] == before["branding"]["primaryColor"]
    page.get_by_role("button", name=say("Save the look")).click()
    expect(page.get_by_text(say("Saved. This console takes the new colors when you reload it."))).to_be_visible()
    timeline = page.get_by_role("list", name=say("What happened"))
    expect(timeline).to_contain_text(f"{before['branding']['primaryColor']} → {WINE}")
    expect(timeline).to_contain_text(demo.admin(SLUG).name)

    # the member's open app takes it with the next reload, the installer's phone with its manifest and icons
    member.reload()
    settle(member)
    expect(hero).to_have_css("background-color", WINE_RGB)
    assert member.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--brand-primary')") == WINE
    assert (face(member)["theme_color"], face(member)["background_color"]) == (WINE, "#fff7ef")
    drawn = fetched(member, "/icons/logo.svg")
    assert drawn != logo
    assert ">ŻR</text>" in drawn
    assert "<polygon" in drawn
    # the switcher at the sign-on host knows it as well
    member.goto(demo.host("id"))
    settle(member)
    assert WINE in fetched(member, "/api/programs")

    looked = before["branding"]
    forms = {f"point{form.capitalize()}": text for form, text in before["program"]["pointForms"].items()}
    answer = graphql(
        page, "/graphql/console", RESTORE, {"input": {"name": before["program"]["name"], **looked, **forms}}
    )
    assert answer["body"]["data"]["updateBranding"]["errors"] == []


def test_an_uploaded_logo_reaches_the_member(visit: Visit, demo: Demo, watcher: Watcher) -> None:
    host = demo.host(SLUG)
    member = visit(demo.installer, size=PHONE)
    enter(member, host)
    shown = member.locator("header img")
    expect(shown).to_have_attribute("src", "/icons/logo.svg")
    page = visit(demo.admin(SLUG), size=DESK)
    enter(page, host, "/console/branding")
    logos = page.get_by_test_id("uploaded-logo")
    expect(logos).to_have_count(0)
    field = page.get_by_label(say("Logo file"))
    watcher.expect("status of 400")
    field.set_input_files({"name": "logo.png", "mimeType": "image/png", "buffer": b"no picture"})
    expect(page.get_by_role("alert")).to_contain_text("PNG, JPEG")
    field.set_input_files({"name": "logo.png", "mimeType": "image/png", "buffer": wordmark()})
    # on light, on dark, on the phone and on the start screen, without a reload
    expect(logos).to_have_count(4)
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_test_id("phone-header").get_by_test_id("uploaded-logo")).to_be_visible()
    expect(page.get_by_role("list", name=say("What happened"))).to_contain_text("Wgrano logo")
    assert violations(page) == []

    member.reload()
    settle(member)
    expect(shown).to_have_attribute("src", re.compile(r"^/logos/[0-9a-f]{64}-256\.webp$"))
    expect(shown).to_have_js_property("naturalWidth", 256)
    member.goto(demo.host("id"))
    card = member.locator(f"[data-wholesaler={SLUG}] img")
    expect(card).to_have_attribute("src", f"/logos/{SLUG}")
    assert "data:image/webp" in fetched(member, f"/logos/{SLUG}")

    page.get_by_role("button", name=say("Remove, use the drawn logo")).click()
    expect(logos).to_have_count(0)
    assert "<text" in fetched(page, "/icons/logo.svg")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1440"])
@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_pages_of_the_program_and_of_a_member_are_accessible(
    size: dict[str, int], language: Any, visit: Visit, demo: Demo, watcher: Watcher
) -> None:
    speak = words(language)
    host = demo.host(SLUG)
    page = visit(demo.admin(SLUG), size=size, language=language)
    found = []
    enter(page, host, "/console/members")
    page.locator("[data-row-link]").first.click()
    page.wait_for_url("**/members/*")
    settle(page)
    paths = [page.url, f"{host}/console/branding", f"{host}/console/settings", f"{host}/console/"]
    for path in paths:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.goto(path)
            found += violations(page)
    assert found == []
    assert speak("Today")


def test_points_adjusted_by_hand_with_the_balance_said_before(visit: Visit, demo: Demo, watcher: Watcher) -> None:
    host = demo.host(SLUG)
    page = visit(demo.admin(SLUG), size=DESK)
    enter(page, host, "/console/members")
    page.locator("[data-row-link]").first.click()
    page.wait_for_url("**/members/*")
    settle(page)
    key = page.url.rsplit("/", 1)[1]
    standing = "query S($id: ID!) { memberStanding(memberId: $id) { available } }"

    def available() -> str:
        answer = graphql(page, "/graphql/console", standing, {"id": key})
        return str(answer["body"]["data"]["memberStanding"]["available"])

    before = available()
    page.get_by_role("button", name=say("Give or take points")).click()
    page.get_by_role("button", name=say("Adjust the points")).click()
    expect(page.get_by_text(say("Give a reason."))).to_be_visible()
    page.get_by_label(say("Points"), exact=True).fill("-99999999")
    expect(page.get_by_text(say("There are only {0} to take.").split("{")[0])).to_be_visible()
    page.get_by_label(say("Points"), exact=True).fill("12,5")
    page.get_by_label(say("Reason"), exact=True).fill("Reklamacja 7/2026")
    page.get_by_role("button", name=say("Adjust the points")).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Reklamacja 7/2026")
    assert available() == before
    dialog.get_by_role("button", name=say("Give the points")).click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("list", name=say("What happened"))).to_contain_text("+12.50 (Reklamacja 7/2026)")
    assert round(float(available()) - float(before), 2) == 12.5
