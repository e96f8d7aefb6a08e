"""What strangers send: each refused with its code and line, never an exception, never a network or file
access.
"""

from __future__ import annotations

import gzip
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from integrations.salesfeeds.ksef import KsefFeed
from integrations.salesfeeds.ksef_writer import Invoice, InvoiceLine, Party, write
from tenants.sales.ports import CanonicalDocument, Problem

VALID = write(
    Invoice(
        number="FV/1",
        issue_date=date(2026, 3, 1),
        seller=Party(name="Hurtownia", nip="5260250274"),
        buyer=Party(name="Instalator", nip="7740001454"),
        lines=(
            InvoiceLine(name="Kabel", quantity=Decimal(2), net=Decimal("10.00")),
            InvoiceLine(name="Puszka", quantity=Decimal(1), net=Decimal("5.00")),
        ),
    )
)


def problems(tmp_path: Path, data: bytes, *, name: str = "in.xml", max_bytes: int = 50 * 1024 * 1024) -> list[Problem]:
    path = tmp_path / name
    path.write_bytes(data)
    found = list(KsefFeed(max_bytes=max_bytes).read(path, file="in.xml"))
    assert all(isinstance(item, Problem) for item in found), found
    return [item for item in found if isinstance(item, Problem)]


def with_doctype(doctype: bytes, body: bytes = VALID) -> bytes:
    declaration, rest = body.split(b"\n", 1)
    return declaration + b"\n" + doctype + b"\n" + rest


def test_the_valid_one_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "in.xml"
    path.write_bytes(VALID)
    (document,) = KsefFeed().read(path, file="in.xml")
    assert isinstance(document, CanonicalDocument)


LAUGHS = b"<!DOCTYPE x [<!ENTITY a 'ha'>" + b"".join(
    f"<!ENTITY a{level} '{f'&a{level - 1};' * 10}'>".encode() if level > 1 else b"<!ENTITY a1 '&a;&a;'>"
    for level in range(1, 12)
)


@pytest.mark.parametrize(
    "doctype",
    [
        b"<!DOCTYPE Faktura>",
        LAUGHS + b"]>",
        b"<!DOCTYPE Faktura [<!ENTITY file SYSTEM 'file:///etc/passwd'>]>",
        b"<!DOCTYPE Faktura SYSTEM 'http://127.0.0.1:1/evil.dtd'>",
        b"<!DOCTYPE Faktura [<!ENTITY % remote SYSTEM 'http://127.0.0.1:1/evil.dtd'> %remote;]>",
        b"<!DOCTYPE Faktura [<!ENTITY broken",
    ],
    ids=["bare", "billion-laughs", "external-entity", "external-dtd", "parameter-entity", "unfinished"],
)
def test_a_doctype_is_refused_unread(tmp_path: Path, doctype: bytes) -> None:
    (found,) = problems(tmp_path, with_doctype(doctype))
    assert (found.code, found.line, found.params["xml_line"]) == ("DTD_FORBIDDEN", 2, "2")


def test_a_doctype_in_another_encoding(tmp_path: Path) -> None:
    text = with_doctype(b"<!DOCTYPE Faktura>").decode().replace("UTF-8", "UTF-16")
    (found,) = problems(tmp_path, text.encode("utf-16"))
    assert found.code == "DTD_FORBIDDEN"


def test_truncated(tmp_path: Path) -> None:
    cut = VALID[: len(VALID) // 2]
    (found,) = problems(tmp_path, cut)
    assert found.code == "XML_MALFORMED"
    assert found.line == cut.count(b"\n") + 1
    assert found.params["xml_line"] == str(found.line)
    assert found.params["detail"]


@pytest.mark.parametrize("data", [b"", b"   ", b"not xml", b"\x00" * 100, VALID.replace(b"Kabel", b"Kab\xb3el")])
def test_not_xml(tmp_path: Path, data: bytes) -> None:
    (found,) = problems(tmp_path, data)
    assert found.code == "XML_MALFORMED"
    assert found.line is not None and found.line >= 1


def test_text_that_is_not_utf8_names_its_line(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, VALID.replace(b"Kabel", b"Kab\xb3el"))
    assert found.line == VALID[: VALID.index(b"Kabel")].count(b"\n") + 1


@pytest.mark.parametrize(
    "data",
    [
        b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
        b"<Faktura/>",
    ],
    ids=["html", "no-namespace"],
)
def test_another_kind_of_xml(tmp_path: Path, data: bytes) -> None:
    (found,) = problems(tmp_path, data)
    assert found.code == "UNKNOWN_FORMAT"
    assert found.params["expected"] == "KSeF FA(3), FA(2)"


def test_schema_errors_name_field_value_and_line(tmp_path: Path) -> None:
    broken = VALID.replace(b"<P_11>5</P_11>", b"<P_11>5,00</P_11>").replace(b"<P_15>18.45</P_15>", b"<P_15>x</P_15>")
    assert broken != VALID
    total, line = problems(tmp_path, broken)
    assert (total.code, total.document, total.field, total.value) == (
        "SCHEMA_INVALID",
        "FV/1",
        "Fa/P_15",
        "x",
    )
    assert total.line == broken[: broken.index(b"<P_15>x")].count(b"\n") + 1
    assert total.params["xml_line"] == str(total.line)
    assert "P_15" in total.params["detail"] and "crd.gov.pl" not in total.params["detail"]
    assert (line.field, line.value, line.params["position"]) == ("FaWiersz/P_11", "5,00", "2")


def test_at_most_twenty_schema_errors(tmp_path: Path) -> None:
    row = VALID[VALID.index(b"<FaWiersz>") : VALID.index(b"</FaWiersz>") + len(b"</FaWiersz>")]
    bad = row.replace(b"<P_11>10</P_11>", b"<P_11>x</P_11>")
    found = problems(tmp_path, VALID.replace(row, bad * 30))
    assert [problem.code for problem in found] == ["SCHEMA_INVALID"] * 20


def test_gzip_bomb_stops_at_the_limit(tmp_path: Path) -> None:
    bomb = gzip.compress(b"<a>" + b" " * (200 * 1024 * 1024))
    assert len(bomb) < 300_000
    (found,) = problems(tmp_path, bomb, name="in.xml.gz", max_bytes=1024 * 1024)
    assert (found.code, found.params["limit_mb"]) == ("TOO_LARGE", "1")


@pytest.mark.parametrize(("spare", "accepted"), [(0, True), (-1, False)])
def test_the_limit_is_exact(tmp_path: Path, spare: int, accepted: bool) -> None:
    path = tmp_path / "in.xml"
    path.write_bytes(VALID)
    (found,) = KsefFeed(max_bytes=len(VALID) + spare).read(path, file="in.xml")
    assert isinstance(found, CanonicalDocument) is accepted


@pytest.mark.parametrize(
    "data",
    [b"", b"plain text", gzip.compress(VALID)[:-20], gzip.compress(VALID)[:30]],
    ids=["empty", "plain", "cut", "head-only"],
)
def test_broken_gzip(tmp_path: Path, data: bytes) -> None:
    (found,) = problems(tmp_path, data, name="in.xml.gz")
    # an empty gzip is an empty document to the library
    assert found.code == ("XML_MALFORMED" if not data else "UNREADABLE")
    assert str(tmp_path) not in str(found)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.xml", tmp_path):
        (found,) = KsefFeed().read(path, file="x")
        assert isinstance(found, Problem)
        assert found.code == "UNREADABLE"
        assert str(tmp_path) not in str(found)


def test_deep_nesting(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, b"<a>" * 100_000)
    assert found.code == "XML_MALFORMED"


def test_threads_do_not_mix_up_errors(tmp_path: Path) -> None:
    broken = VALID.replace(b"<P_15>18.45</P_15>", b"<P_15>x</P_15>")
    start = threading.Barrier(8)

    def work(index: int) -> list[str]:
        path = tmp_path / f"{index}.xml"
        path.write_bytes(broken if index % 2 else VALID)
        start.wait()
        return [type(item).__name__ for _ in range(25) for item in KsefFeed().read(path, file="x")]

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(work, range(8)))
    for index, names in enumerate(results):
        assert names == ["Problem" if index % 2 else "CanonicalDocument"] * 25
