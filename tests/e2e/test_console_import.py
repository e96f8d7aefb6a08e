"""Imports at the console: a messy file, its problems one by one, what was good of it entered, the rest left out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsing import DESK, Watcher, enter, graphql, settle
from tests.e2e.conftest import Visit
from tests.e2e.demo_process import Demo
from tests.e2e.sales_files import MAPPING, ksef_invoice, messy_csv
from tests.e2e.today import today
from tests.e2e.walks import IMPORT, upload
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
    """Send the chosen file and wait for its dry run."""
    page.get_by_role("button", name=say("Check the file")).click()
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


@pytest.mark.parametrize("with_mapping", [True, False], ids=["own mapping", "mapping of the last file"])
def test_a_messy_csv_is_explained_and_its_good_part_entered(visit: Visit, demo: Demo, with_mapping: bool) -> None:
    page = open_console(visit, demo, "iskrownia")
    file = messy_csv(f"CSV-{with_mapping:d}", today())
    name = f"sprzedaz-{with_mapping:d}.csv"
    upload(page, name, file.data)
    if with_mapping:
        page.get_by_role("textbox", name=say("Column mapping (optional, JSON)")).fill(json.dumps(MAPPING))
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
    expect(page.get_by_role("button", name=IMPORT)).to_have_count(0)
    expect(page.locator("main button:disabled")).to_have_count(1)


def test_a_mapping_that_is_no_json_is_not_sent(visit: Visit, demo: Demo) -> None:
    page = open_console(visit, demo, "iskrownia")
    upload(page, "sprzedaz.csv", messy_csv("BAD", today()).data)
    page.get_by_role("textbox", name=say("Column mapping (optional, JSON)")).fill("{nie json")
    expect(page.get_by_text(say("This is not a JSON object."))).to_be_visible()
    expect(page.get_by_role("button", name=say("Check the file"))).to_be_disabled()


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
