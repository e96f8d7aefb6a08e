"""Photographs every screen of the demo: `make screens`.

    python tests/e2e/screens.py [--readme] [--only member,console] [--into screens]

All walks at 390 and 1440 px, light and dark, in Polish; those of members and headquarters in English, too. The pictures go to the
folder `screens/`, which git ignores. With `--readme`, only those of the README and of docs/tour.md are taken, small, into
`docs/images/`.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e import walks
from tests.e2e.browsing import DESK, LAUNCH, PHONE, Watcher, chromium, sign_in, speak, still
from tests.e2e.demo_process import CHECKOUT, Demo, new_demo
from tests.e2e.today import today
from tests.e2e.words import Language, words

SIZES = {"390": PHONE, "1440": DESK}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
IN_ENGLISH = {"signed-out", "member", "headquarters"}
WALKS: dict[str, Callable[[walks.Walk], None]] = {
    "signed-out": walks.signed_out,
    "member": walks.member,
    "console": lambda walk: walks.console(walk, today()),
    "headquarters": walks.headquarters,
}
# screen of a walk → picture of the README or of docs/tour.md, and its height
README: dict[tuple[str, str, str], tuple[str, int]] = {
    ("member", "390", "home"): ("member-home", 844),
    ("member", "390", "receipt"): ("member-receipt", 844),
    ("member", "390", "wallet-code"): ("member-voucher", 844),
    ("member", "390", "shop"): ("member-shop", 844),
    ("member", "390", "history"): ("member-history", 844),
    ("member", "390", "firm"): ("member-firm", 844),
    ("member", "390", "home-zarzewie"): ("member-home-zarzewie", 844),
    ("console", "1440", "import-checked"): ("console-import", 620),
    ("console", "1440", "console-today"): ("console-today", 420),
    ("console", "1440", "matching-goods"): ("console-matching", 560),
    ("console", "1440", "member"): ("console-member", 900),
    ("console", "1440", "console-firm"): ("console-firm", 740),
    ("console", "1440", "rule"): ("console-rule", 900),
    ("console", "1440", "console-branding"): ("console-branding", 900),
    ("console", "1440", "console-message"): ("console-message", 900),
    ("console", "1440", "find-found"): ("console-find", 620),
    ("headquarters", "1440", "headquarters"): ("headquarters", 740),
    ("headquarters", "1440", "headquarters-brands"): ("headquarters-brands", 900),
    ("headquarters", "1440", "headquarters-wholesaler"): ("headquarters-wholesaler", 900),
}
README_LIMIT = 150_000


@contextmanager
def running() -> Iterator[Demo]:
    """A demo of its own, removed afterwards."""
    demo = new_demo()
    try:
        demo.start()
        yield demo
    finally:
        if demo.process is not None:
            demo.stop()
        demo.remove()


def opened(
    browser: Browser, demo: Demo, who: str, width: str, language: Language, scale: float
) -> tuple[Page, Watcher]:
    """A page signed in as whoever walks this walk."""
    size: Any = SIZES[width]
    context = browser.new_context(
        viewport=size, locale={"pl": "pl-PL", "en": "en-GB"}[language], timezone_id="Europe/Warsaw",
        reduced_motion="reduce", device_scale_factor=scale, has_touch=width == "390",
    )  # fmt: skip
    watcher = Watcher()
    watcher.watch(context)
    page = context.new_page()
    person = walks.walkers(demo)[who]
    if person is not None:
        sign_in(page, demo.host("id"), person, language)
        speak(page, language)
    return page, watcher


def photograph(browser: Browser, demo: Demo, folder: Path, chosen: list[str]) -> int:
    """Every screen of the chosen walks. Returns how many pictures were taken."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = 0
    for who in chosen:
        languages: tuple[Language, ...] = ("pl", "en") if who in IN_ENGLISH else ("pl",)
        for language in languages:
            for width in SIZES:
                page, watcher = opened(browser, demo, who, width, language, 1)

                def see(name: str, page: Page = page, stem: str = f"{who}-{language}-{width}") -> None:
                    nonlocal taken
                    window = page.viewport_size or DESK
                    page.wait_for_load_state("networkidle")
                    if page.get_by_role("dialog").count() == 0:
                        grow(page)
                    for scheme in SCHEMES:
                        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                        still(page)
                        page.screenshot(path=folder / f"{stem}-{name}-{scheme}.png", animations="disabled")
                        taken += 1
                    page.emulate_media(color_scheme="light", reduced_motion="reduce")
                    page.set_viewport_size({"width": window["width"], "height": window["height"]})

                WALKS[who](walks.Walk(page, demo, words(language), see))
                if language != "pl" and walks.walkers(demo)[who] is not None:
                    page.goto(demo.host("id"))
                    speak(page, "pl")
                page.context.close()
                for trouble in watcher.troubles:
                    print(f"{who} {language} {width}: {trouble}", file=sys.stderr)
    return taken


def grow(page: Page) -> None:
    """Make the window as high as the page: a bar that is fixed to its edge then does not lie across the middle."""
    height = page.evaluate("() => document.documentElement.scrollHeight")
    page.set_viewport_size({"width": (page.viewport_size or DESK)["width"], "height": height})


def illustrate(browser: Browser, demo: Demo, folder: Path) -> int:
    """The README's pictures: light, Polish, sharp and small."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = 0
    for who, width in dict.fromkeys((who, width) for who, width, _ in README):
        page, _watcher = opened(browser, demo, who, width, "pl", 2 if width == "390" else 1)

        def see(name: str, page: Page = page, who: str = who, width: str = width) -> None:
            nonlocal taken
            stem, height = README.get((who, width, name), ("", 0))
            if stem:
                page.set_viewport_size({"width": SIZES[width]["width"], "height": height})
                page.wait_for_load_state("networkidle")
                still(page)
                shrink(page.screenshot(animations="disabled"), folder / f"{stem}.png")
                page.set_viewport_size({"width": SIZES[width]["width"], "height": SIZES[width]["height"]})
                taken += 1

        WALKS[who](walks.Walk(page, demo, words("pl"), see))
        page.context.close()
    return taken


def shrink(data: bytes, path: Path) -> None:
    """As a palette PNG of at most 150 kB. Raises ValueError when that does not suffice."""
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    small = picture.quantize(colors=128, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    small.save(path, optimize=True)
    if path.stat().st_size > README_LIMIT:
        raise ValueError(f"{path.name} is larger than {README_LIMIT} bytes")


def main() -> int:
    parser = argparse.ArgumentParser(description="Photograph every screen of the demo.")
    parser.add_argument("--readme", action="store_true", help="only the README's pictures, into docs/images/")
    parser.add_argument("--only", default=",".join(WALKS), help=f"walks, of {', '.join(WALKS)}")
    parser.add_argument("--into", type=Path, default=CHECKOUT / "screens", help="folder of the pictures")
    arguments = parser.parse_args()
    path = chromium()
    if path is None:
        print("Screens are taken with Chromium: apt-get install chromium", file=sys.stderr)
        return 2
    with running() as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, **LAUNCH)
        if arguments.readme:
            folder = CHECKOUT / "docs" / "images"
            taken = illustrate(browser, demo, folder)
        else:
            folder = arguments.into
            taken = photograph(browser, demo, folder, arguments.only.split(","))
        browser.close()
    print(f"{taken} pictures in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
