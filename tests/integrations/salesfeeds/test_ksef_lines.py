"""Values and pairing of lines that the official samples do not show."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from integrations.salesfeeds.ksef import KsefFeed
from tenants.sales.ports import CanonicalDocument, CanonicalLine
from tests.integrations.salesfeeds.test_ksef_bad_input import VALID

D = Decimal


def document(tmp_path: Path, lines: str, *, head: bytes = b"") -> CanonicalDocument:
    """The valid invoice with other lines."""
    start, end = VALID.index(b"<FaWiersz>"), VALID.rindex(b"</FaWiersz>") + len(b"</FaWiersz>")
    path = tmp_path / "in.xml"
    path.write_bytes(VALID[:start] + head + lines.encode() + VALID[end:])
    (found,) = KsefFeed().read(path, file="in.xml")
    assert isinstance(found, CanonicalDocument), found
    return found


def row(number: int, inner: str, *, uid: str = "", before: bool = False, name: str = "Kabel") -> str:
    uid = f"<UU_ID>{uid}</UU_ID>" if uid else ""
    state = "<StanPrzed>1</StanPrzed>" if before else ""
    return f"<FaWiersz><NrWierszaFa>{number}</NrWierszaFa>{uid}<P_7>{name}</P_7>{inner}{state}</FaWiersz>"


@pytest.mark.parametrize(
    ("inner", "net", "vat", "gross"),
    [
        ("<P_11>10</P_11><P_12>23</P_12>", "10", None, None),
        ("<P_11>10</P_11><P_11A>12.30</P_11A><P_11Vat>2.30</P_11Vat><P_12>23</P_12>", "10", "2.30", "12.30"),
        ("<P_11A>12.30</P_11A><P_11Vat>2.29</P_11Vat><P_12>23</P_12>", "10.01", "2.29", "12.30"),
        ("<P_11A>12.30</P_11A><P_12>23</P_12>", "10.00", "2.30", "12.30"),
        ("<P_11A>-10</P_11A><P_12>8</P_12>", "-9.26", "-0.74", "-10"),
        ("<P_11A>10</P_11A><P_12>zw</P_12>", "10", None, "10"),
        ("<P_11A>10</P_11A><P_12>0 WDT</P_12>", "10", None, "10"),
        ("<P_11A>12.10</P_11A><P_12_XII>21</P_12_XII>", "10.00", "2.10", "12.10"),
        ("<P_11A>10</P_11A>", "10", None, "10"),
        ("<P_10>3</P_10><P_11>7</P_11><P_12>23</P_12><KwotaAkcyzy>1</KwotaAkcyzy>", "7", None, None),
        ("<P_8B>2</P_8B><P_9A>5</P_9A>", None, None, None),
    ],
)
def test_value(tmp_path: Path, inner: str, net: str | None, vat: str | None, gross: str | None) -> None:
    found = document(tmp_path, row(1, inner))
    (line,) = found.lines
    assert (line.net, line.vat, line.gross) == tuple(None if text is None else D(text) for text in (net, vat, gross))
    expected = ["LINE_WITHOUT_VALUE"] if net is None else ["LINE_BELOW_ZERO"] if D(net) < 0 else []
    assert [notice.code for notice in found.notices] == expected


def test_codes_and_rate(tmp_path: Path) -> None:
    inner = "<Indeks>A-1</Indeks><GTIN>5901234123457</GTIN><P_8A>m</P_8A><P_8B>1.5</P_8B><P_11>10</P_11>"
    found = document(tmp_path, row(1, f"{inner}<KursWaluty>4.2512</KursWaluty>"))
    (line,) = found.lines
    assert (line.sku, line.ean, line.unit, line.quantity) == ("A-1", "5901234123457", "m", D("1.5"))
    assert line.rate == found.rate == D("4.2512")


def test_different_rates_give_the_document_none(tmp_path: Path) -> None:
    lines = "".join(row(n, f"<P_11>1</P_11><KursWaluty>4.{n}</KursWaluty>") for n in (1, 2))
    assert document(tmp_path, lines).rate is None


def places(lines: tuple[CanonicalLine, ...]) -> list[tuple[int, bool, Decimal | None]]:
    return [(line.position, line.before, line.net) for line in lines]


def states(*rows: str) -> str:
    return "".join(rows)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # the same number, blocks of before and after
        (
            states(
                row(1, "<P_11>10</P_11>", before=True),
                row(2, "<P_11>20</P_11>", before=True),
                row(1, "<P_11>7</P_11>"),
                row(2, "<P_11>25</P_11>"),
            ),
            [(1, True, D(10)), (2, True, D(20)), (1, False, D(7)), (2, False, D(25))],
        ),
        # separate numbering, told together by the universal id
        (
            states(
                row(1, "<P_11>10</P_11>", uid="a", before=True),
                row(2, "<P_11>20</P_11>", uid="b", before=True),
                row(3, "<P_11>25</P_11>", uid="b"),
                row(4, "<P_11>7</P_11>", uid="a"),
            ),
            [(4, True, D(10)), (3, True, D(20)), (3, False, D(25)), (4, False, D(7))],
        ),
        # separate numbering without ids: the same goods
        (
            states(
                row(1, "<P_11>10</P_11>", before=True, name="A"),
                row(2, "<P_11>20</P_11>", before=True, name="B"),
                row(3, "<P_11>25</P_11>", name="B"),
                row(4, "<P_11>7</P_11>", name="A"),
            ),
            [(4, True, D(10)), (3, True, D(20)), (3, False, D(25)), (4, False, D(7))],
        ),
        # the goods were what was wrong: the next row
        (
            states(row(1, "<P_11>10</P_11>", before=True, name="Kabell"), row(2, "<P_11>10</P_11>", name="Kabel")),
            [(2, True, D(10)), (2, False, D(10))],
        ),
        # taken off the invoice altogether; its own number is another line's
        (
            states(
                row(1, "<P_11>10</P_11>", uid="a", before=True, name="A"),
                row(1, "<P_11>3</P_11>", uid="a", name="A"),
                row(1, "<P_11>5</P_11>", uid="c", before=True, name="C"),
            ),
            [(1, True, D(10)), (1, False, D(3)), (2, True, D(5))],
        ),
        # a difference line with the number of two states: these belong together by their goods
        (
            states(
                row(1, "<P_11>-2</P_11>", name="B"),
                row(1, "<P_11>10</P_11>", before=True, name="A"),
                row(1, "<P_11>3</P_11>", name="A"),
            ),
            [(1, False, D(-2)), (2, True, D(10)), (2, False, D(3))],
        ),
        # repeated numbers are renumbered, so that a position is one line
        (
            states(row(1, "<P_11>-1</P_11>", name="A"), row(1, "<P_11>-2</P_11>", name="B")),
            [(1, False, D(-1)), (2, False, D(-2))],
        ),
        # as is a number that no column of ours could hold
        (states(row(99_999_999_999, "<P_11>1</P_11>")), [(1, False, D(1))]),
    ],
    ids=["same-number", "universal-id", "same-goods", "next-row", "removed", "difference", "repeated", "huge"],
)
def test_positions(tmp_path: Path, lines: str, expected: list[tuple[int, bool, Decimal | None]]) -> None:
    assert places(document(tmp_path, lines).lines) == expected


def test_buyer_without_a_polish_number(tmp_path: Path) -> None:
    identity = b"<NIP>7740001454</NIP>"
    for other in (
        b"<BrakID>1</BrakID>",
        b"<KodUE>DE</KodUE><NrVatUE>123456789</NrVatUE>",
        b"<NrID>X-1</NrID>",
    ):
        path = tmp_path / "in.xml"
        path.write_bytes(VALID.replace(identity, other))
        (found,) = KsefFeed().read(path, file="in.xml")
        assert isinstance(found, CanonicalDocument), found
        assert found.buyer_nip is None
        assert found.buyer_name == "Instalator"
