"""Imports at the console: a messy file, its problems one by one, what was good of it entered, the rest left out."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import Page, expect

from kolektor.demo.people import members_of
from tests.e2e.browsing import DESK, Watcher, enter, graphql, settle
from tests.e2e.conftest import Visit
from tests.e2e.demo_process import Demo
from tests.e2e.sales_files import ksef_invoice, messy_csv
from tests.e2e.today import today
from tests.e2e.walks import IMPORT, assign, upload
from tests.e2e.words import words

say = words("pl")
BATCH = """query($id: ID!) { importBatch(id: $id) {
  state documents accepted rejected duplicates pointsAwarded createdBy timeline { code actor }
} }"""


def open_console(visit: Visit, demo: Demo, slug: str) -> Page:
    page = visit(demo.admin(slug), size=DESK)
    enter(page, demo.host(slug), "/console/imports")
    return page


def check(page: Page) -> None:
    """Send the chosen file, take the columns as they are offered, and wait for the dry run."""
    choose = page.get_by_role("button", name=say("Choose the columns"))
    if choose.count():
        choose.click()
        page.wait_for_url("**/columns")
        settle(page)
    page.get_by_role("button", name=say("Check the file")).click()
    page.wait_for_url(re.compile(r"/imports/[^/]+$"))
    state(page, "CHECKED")


def state(page: Page, wanted: str) -> None:
    expect(page.get_by_test_id("import-state")).to_have_attribute("data-state", wanted, timeout=30_000)
    settle(page)


def ask(page: Page) -> dict[str, object]:
    """The batch on screen, asked of the server."""
    answer = graphql(page, "/graphql/console", BATCH, {"id": page.url.rpartition("/")[2]})
    found: dict[str, object] = answer["body"]["data"]["importBatch"]
    return found


def rows(page: Page) -> list[list[str]]:
    """The cells of the table of problems."""
    table = page.locator("main table").first
    return [[cell.inner_text() for cell in row.locator("td").all()] for row in table.locator("tbody tr").all()]


def test_a_messy_csv_is_explained_and_its_good_part_entered(visit: Visit, demo: Demo) -> None:
    page = open_console(visit, demo, "iskrownia")
    file = messy_csv("CSV", today())
    name = "sprzedaz.csv"
    upload(page, name, file.data)
    check(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    found = rows(page)
    for error in file.errors:
        (row,) = (cells for cells in found if cells[1] == error.document)
        assert row[0] == say("Error")
        label, _, field = row[3].rpartition("\n")
        assert [row[2], field, row[4]] == [error.line, error.field, error.value]
        assert re.fullmatch(r"[A-ZĄĆĘŁŃÓŚŹŻ].+", label.strip()), row[3]
        message, _, code = row[5].rpartition("\n")
        assert code == error.code
        assert re.fullmatch(r"[A-ZĄĆĘŁŃÓŚŹŻ].{15,}[.…]", message.strip()), message
    batch = ask(page)
    assert (batch["accepted"], batch["rejected"]) == (file.accepted, file.rejected)
    assert batch["createdBy"] == demo.admin("iskrownia").name

    page.get_by_role("button", name=IMPORT).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(str(file.rejected))
    dialog.get_by_role("button", name=IMPORT).click()
    state(page, "DONE")
    done = ask(page)
    assert (done["accepted"], done["rejected"]) == (file.accepted, file.rejected)
    assert done["pointsAwarded"] == batch["pointsAwarded"] != "0.00"
    expect(page.get_by_role("button", name=IMPORT)).to_have_count(0)

    # the same file once more: everything good is known, nothing is given twice
    page.goto(f"{demo.host('iskrownia')}/console/imports")
    settle(page)
    upload(page, name, file.data)
    check(page)
    again = ask(page)
    assert (again["accepted"], again["duplicates"], again["rejected"]) == (0, file.accepted, file.rejected)
    assert again["pointsAwarded"] == "0.00"
    expect(page.get_by_role("button", name=IMPORT)).to_be_disabled()


MEMBER = """query($search: String) { members(first: 2, search: $search) { edges { node { available } } } }"""


def points(page: Page, code: str) -> str:
    """The points of the member with a customer code."""
    answer = graphql(page, "/graphql/console", MEMBER, {"search": code})
    (edge,) = answer["body"]["data"]["members"]["edges"]
    found: str = edge["node"]["available"]
    return found


def correct(page: Page, field: str, line: str, value: str) -> None:
    """Type the right text into the cell of an error."""
    label = say("Correct value: {name}, {place}").replace("{name}", say(field))
    page.get_by_label(label.replace("{place}", say("line {line}").replace("{line}", line)), exact=True).fill(value)


def test_a_messy_csv_is_mapped_corrected_entered_and_taken_back(visit: Visit, demo: Demo) -> None:
    page = open_console(visit, demo, "iskrownia")
    _, member = next(item for item in members_of("iskrownia"))
    before = points(page, member.code)
    # a name that no vocabulary knows, and two rows above the header
    text = messy_csv("MAP", today()).text.replace("Wartość netto", "Po upuście")
    data = f"Raport\r\n;;\r\n{text}".encode("cp1250")
    upload(page, "z-programu.csv", data)
    page.get_by_role("button", name=say("Choose the columns")).click()
    page.wait_for_url("**/columns")
    settle(page)

    # what cannot work is refused in words, and nothing is lost
    page.get_by_role("button", name=say("Check the file")).click()
    expect(page.get_by_role("alert")).to_contain_text(re.compile(r"wartość netto", re.IGNORECASE))
    assign(page, say, "Po upuście", "net")
    page.get_by_label(say("Save this layout as")).fill("Program handlowy")
    page.get_by_role("button", name=say("Check the file")).click()
    page.wait_for_url(re.compile(r"/imports/[^/]+$"))
    state(page, "CHECKED")
    assert (ask(page)["accepted"], ask(page)["rejected"]) == (2, 3)
    expect(page.get_by_test_id("job-tray")).to_contain_text("z-programu.csv")

    correct(page, "Net value", "6", "75,25")
    correct(page, "Date of issue", "7", f"{today():%d.%m.%Y}")
    correct(page, "Quantity", "8", "trzydzieści")
    page.get_by_role("button", name=say("Save and check again")).click()
    expect(page.locator("main table")).to_contain_text("trzydzieści", timeout=30_000)
    state(page, "CHECKED")
    assert (ask(page)["accepted"], ask(page)["rejected"]) == (4, 1)
    correct(page, "Quantity", "8", "30")
    page.get_by_role("button", name=say("Save and check again")).click()
    expect(page.get_by_role("button", name=IMPORT)).to_contain_text("5", timeout=30_000)
    assert (ask(page)["accepted"], ask(page)["rejected"]) == (5, 0)
    told = ask(page)
    trail = [entry["code"] for entry in told["timeline"]]  # type: ignore[attr-defined]
    assert trail == [
        "import.created", "import.mapped_as", "import.checked", *["import.fixed_row"] * 3, "import.checked",
        "import.fixed_row", "import.checked",
    ]  # fmt: skip

    # the tray follows to another screen
    page.get_by_role("link", name=say("Members"), exact=True).click()
    page.wait_for_url("**/members")
    page.get_by_test_id("job-tray").get_by_role("link", name="z-programu.csv").click()
    state(page, "CHECKED")

    page.get_by_role("button", name=IMPORT).click()
    page.get_by_role("dialog").get_by_role("button", name=IMPORT).click()
    state(page, "DONE")
    given = Decimal(str(ask(page)["pointsAwarded"]))
    assert given > 0
    assert Decimal(points(page, member.code)) == Decimal(before) + given

    page.get_by_role("button", name=say("Take the import back")).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("listitem").first).to_contain_text("5")
    dialog.get_by_role("button", name=say("Take it back")).click()
    state(page, "REVERTED")
    assert points(page, member.code) == before

    # the same file once more: its layout is known, nothing of it is
    page.goto(f"{demo.host('iskrownia')}/console/imports")
    settle(page)
    upload(page, "z-programu.csv", data)
    check(page)
    again = ask(page)
    assert (again["accepted"], again["duplicates"], again["rejected"]) == (2, 0, 3)
    expect(page.locator("main")).to_contain_text("Program handlowy")
    page.get_by_role("button", name=say("Discard"), exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=say("Discard the import")).click()
    state(page, "DISCARDED")


def test_a_template_is_downloaded_and_needs_no_question(visit: Visit, demo: Demo) -> None:
    page = open_console(visit, demo, "iskrownia")
    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX", exact=True).click()
    assert download.value.suggested_filename == "szablon-sprzedazy.xlsx"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    data = Path(download.value.path()).read_bytes()
    page.locator("input[type=file]").set_input_files({"name": "szablon.xlsx", "mimeType": kind, "buffer": data})
    page.get_by_role("button", name=say("Choose the columns")).click()
    page.wait_for_url("**/columns")
    settle(page)
    choices = page.locator("main [role=row] select")
    expect(choices).to_have_count(16)
    assert all(choice.input_value() for choice in choices.all())
    check(page)
    assert ask(page)["documents"] == 0


def test_ksef_xml_good_malformed_and_foreign(visit: Visit, demo: Demo, tmp_path: Path) -> None:
    page = open_console(visit, demo, "bystrzyk")
    good = ksef_invoice(tmp_path, "E2E/FV/1", today()).read_bytes()
    upload(page, "faktura.xml", good)
    check(page)
    page.get_by_role("button", name=IMPORT).click()
    page.get_by_role("dialog").get_by_role("button", name=IMPORT).click()
    state(page, "DONE")
    assert ask(page)["accepted"] == 1

    for name, data, code in (
        ("urwana.xml", good[: len(good) // 2], "XML_MALFORMED"),
        ("obca.xml", ksef_invoice(tmp_path, "E2E/FV/2", today(), "zarzewie").read_bytes(), "SELLER_MISMATCH"),
    ):
        page.goto(f"{demo.host('bystrzyk')}/console/imports")
        settle(page)
        upload(page, name, data)
        check(page)
        (row,) = rows(page)
        assert row[5].endswith(code)
        assert ask(page)["accepted"] == 0
        page.get_by_role("button", name=say("Discard"), exact=True).click()
        page.get_by_role("dialog").get_by_role("button", name=say("Discard the import")).click()
        state(page, "DISCARDED")


def test_a_discarded_import_leaves_nothing(visit: Visit, demo: Demo) -> None:
    page = open_console(visit, demo, "iskrownia")
    file = messy_csv("DISCARD", today())
    upload(page, "do-odrzucenia.csv", file.data)
    check(page)
    page.get_by_role("button", name=say("Discard"), exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=say("Discard the import")).click()
    state(page, "DISCARDED")
    page.goto(f"{demo.host('iskrownia')}/console/imports")
    settle(page)
    upload(page, "jeszcze-raz.csv", file.data)
    check(page)
    assert (ask(page)["accepted"], ask(page)["duplicates"]) == (file.accepted, 0)


def test_what_is_no_sales_file_is_refused_with_a_sentence(visit: Visit, demo: Demo, watcher: Watcher) -> None:
    watcher.expect(r"status of 400 .*/api/console/imports")
    page = open_console(visit, demo, "bystrzyk")
    page.locator("input[type=file]").set_input_files(
        {"name": "zdjecie.png", "mimeType": "image/png", "buffer": b"\x89PNG"}
    )
    page.get_by_role("button", name=say("Check the file")).click()
    expect(page.get_by_role("alert")).to_have_count(1)
    expect(page.get_by_role("alert")).to_have_text(re.compile(r".{15,}\."))
