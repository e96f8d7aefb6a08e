"""A year of sales, written as files that the real feeds read back without a problem."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from integrations.salesfeeds.csv import CsvFeed
from integrations.salesfeeds.csv_mapping import CsvMapping
from integrations.salesfeeds.ksef import KsefFeed
from kolektor.demo import invoices, network, people, sales
from tenants.sales.ports import CanonicalDocument, Problem, SalesFeed

TODAY = date(2026, 11, 22)
ROOT = Path(__file__).resolve().parents[2]
WHOLESALERS = pytest.mark.parametrize("wholesaler", network.WHOLESALERS, ids=lambda item: item.slug)


def test_twenty_thousand_lines_whatever_the_day() -> None:
    for today in (TODAY, date(2027, 1, 1), date(2028, 2, 29)):
        documents = [item for one in network.WHOLESALERS for item in sales.documents_of(one, today=today)]
        assert 20_000 <= sum(len(item.lines) for item in documents) <= 22_500
        assert all(today - timedelta(days=364) <= item.day <= today for item in documents)


@WHOLESALERS
def test_a_lively_year(wholesaler: network.DemoWholesaler) -> None:
    documents = sales.documents_of(wholesaler, today=TODAY)
    kinds = Counter(item.kind for item in documents)
    assert kinds["correction"] >= 8
    assert (kinds["receipt"] > 0) == (wholesaler.feed == "csv")
    corrections = [item for item in documents if item.kind == "correction"]
    # both ways of correcting: state before and after, and a difference line
    assert any(line.before for item in corrections for line in item.lines)
    assert any(line.net < 0 for item in corrections for line in item.lines)
    assert any(line.sku is None for item in documents for line in item.lines)
    assert all(item.day.weekday() != 6 for item in documents)
    # unknown buyers, a few who buy much and many who buy little
    known = {person.firm.nip for person, _ in people.members_of(wholesaler.slug)}
    assert any(item.buyer.nip and item.buyer.nip not in known for item in documents)
    turnover: Counter[str] = Counter()
    for item in documents:
        turnover[item.buyer.code or ""] += int(sum(line.net for line in item.lines))
    sums = sorted((value for code, value in turnover.items() if code), reverse=True)
    assert sums[0] > 5 * sums[len(sums) // 2]


@WHOLESALERS
def test_numbers_are_unique_and_corrections_follow_their_originals(wholesaler: network.DemoWholesaler) -> None:
    documents = sales.documents_of(wholesaler, today=TODAY)
    days = {item.number: item.day for item in documents}
    assert len(days) == len(documents)
    for item in documents:
        if item.corrects is not None:
            number, day = item.corrects
            assert days[number] == day < item.day
        for line in item.lines:
            assert line.net == round(line.net, 2) and (line.quantity > 0 or line.net < 0 or item.kind == "correction")


def test_seasons() -> None:
    def months(wholesaler: network.DemoWholesaler) -> Counter[int]:
        return Counter(item.day.month for item in sales.documents_of(wholesaler, today=TODAY))

    heating, plumbing = months(network.HEATING), months(network.PLUMBING)
    assert heating[9] + heating[10] > 2 * (heating[4] + heating[5])
    assert plumbing[4] + plumbing[5] > plumbing[1] + plumbing[2]


def _read(feed: SalesFeed, drop: invoices.SalesDrop) -> list[CanonicalDocument | Problem]:
    return [found for path in drop.paths for found in feed.read(path, file=path.name)]


@WHOLESALERS
def test_the_feed_reads_back_what_was_sold(wholesaler: network.DemoWholesaler, tmp_path: Path) -> None:
    """The FA(3) feed validates every document against the official schema."""
    documents = sales.documents_of(wholesaler, today=TODAY)
    drops = invoices.write_drops(tmp_path / "sales", wholesaler, documents)
    read: list[CanonicalDocument] = []
    for drop in drops:
        feed = KsefFeed() if drop.format == "ksef" else CsvFeed(CsvMapping.from_json(drop.mapping))
        for found in _read(feed, drop):
            assert isinstance(found, CanonicalDocument), found
            assert found.notices == ()
            read.append(found)
    assert {drop.format for drop in drops} == {wholesaler.feed}
    by_number = {item.number: item for item in read}
    assert len(by_number) == len(read) == len(documents)
    for item in documents:
        found = by_number[item.number]
        assert (found.kind, found.issue_date, found.sale_date) == (item.kind, item.day, item.day)
        assert (found.buyer_nip, found.buyer_code) == (item.buyer.nip, item.buyer.code)
        assert found.seller_nip == (wholesaler.nip if wholesaler.feed == "ksef" else None)
        assert found.corrected_numbers == ((item.corrects[0],) if item.corrects else ())
        assert _lines(found) == [
            (line.position, line.before, line.sku, line.ean, line.quantity, line.net) for line in item.lines
        ]
        if wholesaler.feed == "ksef":
            assert (found.ksef_number is not None) == (item.day >= invoices.KSEF_START)


def _lines(
    document: CanonicalDocument,
) -> list[tuple[int, bool, str | None, str | None, Decimal | None, Decimal | None]]:
    return [(line.position, line.before, line.sku, line.ean, line.quantity, line.net) for line in document.lines]


def test_writing_again_gives_the_same_bytes(tmp_path: Path) -> None:
    for wholesaler in (network.PLUMBING, network.ELECTRICAL):
        documents = sales.documents_of(wholesaler, today=TODAY)
        contents = []
        for _ in range(2):
            drops = invoices.write_drops(tmp_path / wholesaler.slug, wholesaler, documents)
            contents.append({path.name: path.read_bytes() for drop in drops for path in drop.paths})
        assert contents[0] == contents[1]


def test_the_mapping_in_the_docs_is_the_one_in_use() -> None:
    text = (ROOT / "docs" / "examples" / "demo-csv-mapping.json").read_text("utf-8")
    assert json.loads(text) == invoices.CSV_MAPPING
