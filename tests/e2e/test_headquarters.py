"""Headquarters: three wholesalers by month, every figure the one that the server gives and the months add up to."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from python_calamine import load_workbook

from tests.e2e.browsing import DESK, Watcher, enter, figure, graphql, settle
from tests.e2e.conftest import Visit
from tests.e2e.demo_process import Demo
from tests.e2e.words import words

say = words("pl")
HOST = "hq.instal"
FIGURES = "{ month sales { amount } pointsAwarded pointsSpent orders }"
OVERVIEW = f"""query($months: Int) {{ overview(months: $months) {{
  months totals {FIGURES} wholesalers {{ name slug months {FIGURES} total {FIGURES} }}
}} }}"""
METRICS = {"Sales": "sales", "Points awarded": "pointsAwarded", "Points spent": "pointsSpent", "Orders": "orders"}


def value(figures: dict[str, Any], metric: str) -> Decimal:
    found = figures[metric]
    return Decimal(found["amount"] if isinstance(found, dict) else found)


def choose(page: Page, group: str, name: str) -> None:
    page.get_by_role("group", name=group).get_by_text(name, exact=True).click()


def read_table(page: Page, months: int) -> dict[str, list[Decimal]]:
    """Per row: its months and, last, the sum."""
    settle(page)
    # row header, course, the months, change, sum
    expect(page.locator("thead th")).to_have_count(months + 4)
    found = {}
    for row in page.locator("tbody tr, tfoot tr").all():
        cells = [cell.inner_text() for cell in row.locator("td").all()]
        found[row.locator("th").inner_text()] = [figure(text) for text in [*cells[1:-2], cells[-1]]]
    return found


@pytest.mark.parametrize("months", [12, 6])
def test_the_table_shows_what_the_server_counts(visit: Visit, demo: Demo, months: int) -> None:
    page = visit(demo.analyst, size=DESK)
    enter(page, demo.host(HOST))
    label = f"{months} miesięcy"
    choose(page, say("Period"), label)
    answer = graphql(page, "/graphql/network", OVERVIEW, {"months": months})
    overview = answer["body"]["data"]["overview"]
    assert len(overview["wholesalers"]) == 3
    for name, metric in METRICS.items():
        choose(page, say("Figure"), say(name))
        shown = read_table(page, months)
        network = [Decimal(0)] * months
        for each in overview["wholesalers"]:
            monthly = [value(figures, metric) for figures in each["months"]]
            whole = [Decimal(round(float(amount))) for amount in monthly]
            assert _near(shown[each["name"]][:-1], whole), (each["name"], metric)
            assert shown[each["name"]][-1] == sum(monthly) == value(each["total"], metric)
            network = [before + more for before, more in zip(network, monthly, strict=True)]
        assert network == [value(figures, metric) for figures in overview["totals"]]
        assert shown[say("Network")][-1] == sum(network)
        # what the metric names is not empty: the demo has a year of it
        assert sum(network) > 0


def _near(shown: list[Decimal], whole: list[Decimal]) -> bool:
    """Months are shown in whole units; Python and JavaScript round a half to different sides."""
    return len(shown) == len(whole) and all(abs(left - right) <= 1 for left, right in zip(shown, whole, strict=True))


CUT = """query($by: String!, $wholesaler: String) { cut(by: $by, wholesaler: $wholesaler) {
  rows { name total { sales { amount } pointsAwarded } } totals { sales { amount } pointsAwarded }
} }"""


@pytest.mark.parametrize(("by", "name"), [("brand", "Brands"), ("supplier", "Suppliers")])
def test_brands_and_suppliers_add_up_to_the_network(visit: Visit, demo: Demo, by: str, name: str) -> None:
    page = visit(demo.analyst, size=DESK)
    enter(page, demo.host(HOST))
    overview = graphql(page, "/graphql/network", OVERVIEW, {"months": 12})["body"]["data"]["overview"]
    choose(page, say("Rows"), say(name))
    page.wait_for_url("**by=*")
    cut = graphql(page, "/graphql/network", CUT, {"by": by})["body"]["data"]["cut"]
    assert len(cut["rows"]) > 10
    for label, metric in list(METRICS.items())[:2]:
        choose(page, say("Figure"), say(label))
        shown = read_table(page, 12)
        network = [value(figures, metric) for figures in overview["totals"]]
        assert [value(figures, metric) for figures in cut["totals"]] == network
        assert shown[say("Network")][-1] == sum(network)
        assert sum(value(row["total"], metric) for row in cut["rows"]) == sum(network)
        assert len(shown) == len(cut["rows"]) + 1


def test_a_wholesalers_page_adds_up_to_its_row(visit: Visit, demo: Demo) -> None:
    page = visit(demo.analyst, size=DESK)
    enter(page, demo.host(HOST))
    overview = graphql(page, "/graphql/network", OVERVIEW, {"months": 12})["body"]["data"]["overview"]
    row = overview["wholesalers"][0]
    page.get_by_role("link", name=row["name"]).click()
    page.wait_for_url(f"**/wholesalers/{row['slug']}")
    expect(page.get_by_role("heading", level=1)).to_have_text(row["name"])
    assert read_table(page, 12)[say("Together")][-1] == value(row["total"], "sales")
    cut = graphql(page, "/graphql/network", CUT, {"by": "brand", "wholesaler": row["slug"]})["body"]["data"]["cut"]
    assert sum(value(each["total"], "sales") for each in cut["rows"]) == value(row["total"], "sales")
    nobody = graphql(page, "/graphql/network", CUT, {"by": "brand", "wholesaler": "nikt"})
    assert nobody["body"]["errors"][0]["extensions"]["code"] == "NOT_FOUND"


def test_the_figures_are_exported_in_the_background(visit: Visit, demo: Demo) -> None:
    page = visit(demo.analyst, size=DESK)
    enter(page, demo.host(HOST))
    page.get_by_role("button", name=say("Export as XLSX")).click()
    link = page.get_by_test_id("job-tray").get_by_role("link")
    expect(link).to_be_visible()
    with page.expect_download() as started:
        link.click()
    book = load_workbook(started.value.path())
    assert book.sheet_names == ["Hurtownie", "Marki", "Dostawcy"]
    overview = graphql(page, "/graphql/network", OVERVIEW, {"months": 12})["body"]["data"]["overview"]
    rows = book.get_sheet_by_name("Hurtownie").to_python()[1:]
    sold = sum(Decimal(str(row[2])) for row in rows)
    assert sold == sum(value(figures, "sales") for figures in overview["totals"])


def test_the_figures_agree_with_a_wholesalers_own(visit: Visit, demo: Demo) -> None:
    """Orders by month at headquarters are the fulfilled orders that the wholesaler's console lists."""
    page = visit(demo.analyst, size=DESK)
    enter(page, demo.host(HOST))
    overview = graphql(page, "/graphql/network", OVERVIEW, {"months": 24})["body"]["data"]["overview"]
    reported = {each["slug"]: int(each["total"]["orders"]) for each in overview["wholesalers"]}
    for slug, orders in reported.items():
        console = visit(demo.admin(slug), size=DESK)
        enter(console, demo.host(slug), "/console/orders")
        answer = graphql(console, "/graphql/console", '{ orders(first: 1, state: "FULFILLED") { totalCount } }')
        assert answer["body"]["data"]["orders"]["totalCount"] == orders


def test_an_installer_is_refused(visit: Visit, demo: Demo, watcher: Watcher) -> None:
    watcher.expect(r"status of 403 .*/graphql/network")
    page = visit(demo.installer)
    enter(page, demo.host(HOST))
    expect(page.get_by_role("heading", name=say("Your account has no role here"))).to_be_visible()
    answer = graphql(page, "/graphql/network", OVERVIEW, {"months": 12})
    assert answer["status"] == 403
    assert answer["body"]["errors"][0]["code"] == "FORBIDDEN"
    assert "wholesalers" not in str(answer["body"])


@pytest.mark.parametrize("host", ["zarzewie", "iskrownia"])
def test_an_admin_is_refused_at_another_wholesalers_console(
    visit: Visit, demo: Demo, watcher: Watcher, host: str
) -> None:
    watcher.expect(r"status of 403 .*/graphql/console")
    page = visit(demo.admin("bystrzyk"), size=DESK)
    enter(page, demo.host(host), "/console/members")
    expect(page.get_by_role("heading", name=say("Your account has no role here"))).to_be_visible()
    answer = graphql(page, "/graphql/console", "{ members(first: 5) { totalCount } }")
    assert answer["status"] == 403
    assert re.search("FORBIDDEN", str(answer["body"]))
