"""The 13 official samples: exact mapping of each, and the same points as a program that imports nothing of
ours.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from integrations.salesfeeds.ksef import KsefFeed
from tenants.sales.ports import CanonicalDocument
from tests.shared_data import ksef_samples

D = Decimal


def read(path: Path) -> CanonicalDocument:
    (document,) = KsefFeed().read(path, file=path.name)
    assert isinstance(document, CanonicalDocument), document
    return document


def sample(number: int) -> CanonicalDocument:
    return read(ksef_samples()[number - 1])


# kind, number, sale date, total gross, values of the lines (before-states in brackets are negative here),
# notices
EXPECTED: list[tuple[str, str, date, str, list[str | None], list[str]]] = [
    ("invoice", "FV2026/02/150", date(2026, 1, 27), "2051", ["1626.01", "40.65", "0.95"], []),
    ("correction", "FK2026/03/200", date(2026, 1, 27), "-200", ["1626.01", "1463.41"], []),
    ("correction", "FK2026/03/200", date(2026, 1, 27), "-200", ["-162.60"], []),
    ("invoice", "FV2026/02/150", date(2026, 1, 15), "64279.92", ["16260.10", "18000", "18000"], []),
    ("correction", "FK2026/04/23", date(2026, 4, 1), "0", [], ["NO_GOODS_LINES"]),
    ("correction", "FK2026/07/243", date(2026, 7, 15), "-50000", [], []),
    ("correction", "FK2026/07/243", date(2026, 7, 15), "-50000", [None], []),
    ("invoice", "FM2026/02/150", date(2026, 1, 27), "15000", ["15000"], []),
    ("invoice", "FV2026/02/150", date(2026, 1, 1), "2760", ["2000", "300"], ["OTHER_RECIPIENT"]),
    ("advance", "FZ2026/02/150", date(2026, 2, 15), "20000", [], ["SEVERAL_BUYERS", "NO_GOODS_LINES"]),
    ("advance_correction", "FK2026/03/5", date(2026, 2, 15), "0", [], ["SEVERAL_BUYERS", "NO_GOODS_LINES"]),
    ("advance_correction", "FK2026/03/7", date(2026, 2, 15), "10000", [], ["SEVERAL_BUYERS", "NO_GOODS_LINES"]),
    ("advance_correction", "FK2026/03/7", date(2026, 2, 15), "0", [], ["SEVERAL_BUYERS", "NO_GOODS_LINES"]),
]


@pytest.mark.parametrize("index", range(13))
def test_each_sample(index: int) -> None:
    document = sample(index + 1)
    kind, number, sale_date, gross, values, notices = EXPECTED[index]
    assert (document.kind, document.number, document.sale_date) == (kind, number, sale_date)
    assert document.total_gross == D(gross)
    assert [line.net for line in document.lines] == [None if text is None else D(text) for text in values]
    assert [notice.code for notice in document.notices] == notices
    assert all(notice.severity == "notice" and notice.document == number for notice in document.notices)
    assert document.seller_nip == "9999999999"
    assert document.buyer_nip == "1111111111"
    assert document.currency == "PLN"


def test_header_of_the_first_sample() -> None:
    document = sample(1)
    assert document.issue_date == date(2026, 2, 15)
    assert document.buyer_code == "fdfd778343"
    assert document.buyer_email == "jan@kowalski.pl"
    assert document.buyer_phone == "555777999"
    assert document.buyer_name == "F.H.U. Jan Kowalski"
    assert document.paid is True
    assert document.due_date is None
    assert document.corrected_numbers == ()
    first = document.lines[0]
    assert (first.position, first.name, first.quantity, first.unit) == (
        1,
        "lodówka Zimnotech mk1",
        D(1),
        "szt.",
    )


def test_before_and_after_share_a_position() -> None:
    before, after = sample(2).lines
    assert (before.before, before.position, after.before, after.position) == (True, 1, False, 1)


def test_correction_names_its_originals() -> None:
    document = sample(6)
    assert document.corrected_numbers == (
        "FV2026/01/134",
        "FV2026/02/150",
        "FV2026/03/143",
        "FV2026/04/23",
        "FV2026/05/54",
        "FV2026/06/15",
    )
    assert document.corrected_ksef_numbers[0] == "9999999999-20230908-8BEF280C8D35-4D"
    assert len(document.corrected_ksef_numbers) == 6


@pytest.mark.parametrize(("number", "net"), [(2, None), (5, None), (6, "-40650.41"), (7, "-40650.41"), (12, None)])
def test_the_change_of_a_correction_without_values(number: int, net: str | None) -> None:
    """Only of a correction of deliveries, and only where its lines state no value."""
    document = sample(number)
    assert (document.change_net, document.change_gross) == (None if net is None else D(net), None)


def test_lines_with_their_own_sale_dates() -> None:
    document = sample(4)
    assert [line.sale_date for line in document.lines] == [
        date(2026, 1, 3),
        date(2026, 1, 10),
        date(2026, 1, 15),
    ]
    assert document.due_date == date(2026, 3, 15)


def test_margin_scheme_line_is_its_price() -> None:
    (line,) = sample(8).lines
    assert (line.net, line.vat, line.gross) == (D(15000), None, D(15000))
    assert sample(8).paid is False  # paid in part


def test_advance_says_that_its_lines_are_an_order() -> None:
    buyer, notice = sample(10).notices
    assert buyer.params == {"name": "F.H.U. Grażyna Kowalska", "share": "50"}
    assert notice.params == {"kind": "advance", "order_lines": "2"}


def test_gzip_gives_the_same_document(tmp_path: Path) -> None:
    source = ksef_samples()[0]
    packed = tmp_path / f"{source.name}.gz"
    packed.write_bytes(gzip.compress(source.read_bytes()))
    plain = read(source)
    (zipped,) = KsefFeed().read(packed, file=source.name)
    assert zipped == plain


def test_ksef_number_from_the_name_of_the_file(tmp_path: Path) -> None:
    data = ksef_samples()[0].read_bytes()
    for name, expected in (
        ("9999999999-20260215-8BEF28-0C8D35-4D.xml", "9999999999-20260215-8BEF28-0C8D35-4D"),
        ("1111111111-20260215-8BEF28-0C8D35-4D.xml", None),  # another seller's
        ("invoice.xml", None),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        assert read(path).ksef_number == expected


def test_points_equal_an_independent_program() -> None:
    files = ksef_samples()
    script = Path(__file__).with_name("independent.py")
    # -I: no site, no current folder on the path: nothing of ours can be imported
    answer = subprocess.run(
        [sys.executable, "-I", str(script), *map(str, files)],
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    awarded = returned = D(0)
    for document in map(read, files):
        if document.kind in ("advance", "advance_correction"):
            continue
        by_position: dict[int, Decimal] = {}
        for line in document.lines:
            if line.net is not None:
                change = -line.net if line.before else line.net
                by_position[line.position] = by_position.get(line.position, D(0)) + change
        awarded += sum((change for change in by_position.values() if change > 0), D(0))
        returned -= sum((change for change in by_position.values() if change < 0), D(0))
    assert json.loads(answer.stdout) == {
        "points_awarded": f"{awarded:.2f}",
        "points_reversed": f"{returned:.2f}",
    }
    assert (awarded, returned) == (D("71227.71"), D("325.20"))
