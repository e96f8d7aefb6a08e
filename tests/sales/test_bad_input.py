"""What strangers send: refused by name, nothing of it kept, the other documents unharmed."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from integrations.salesfeeds.ksef_writer import Party
from kolektor.kernel.points import Points
from tenants.members.models import Member
from tenants.rules import services as rules
from tenants.sales import console_imports, selectors
from tenants.sales.models import SalesDocument, SalesLine, StagedDocument, StagedLine
from tests.support.importing import (
    BUYER,
    SECOND_BUYER,
    Folder,
    apply_one_point_per_unit,
    assert_ledger_is_clean,
    balance,
    codes,
    counts,
    errors,
    line,
    outcome,
    run_import,
)

NIP = BUYER.nip or ""
Spoil = Callable[[Folder], Path]


@pytest.fixture
def folder(tmp_path: Path, in_alfa: Any) -> Any:
    apply_one_point_per_unit()
    yield Folder(tmp_path)
    assert_ledger_is_clean()


def _spoiled(change: Callable[[bytes], bytes], name: str = "zły.xml") -> Spoil:
    def make(folder: Folder) -> Path:
        good = folder.sale("FV/ZŁA", line("100.00"), file="wzór.xml")
        path = folder.path / name
        path.write_bytes(change(good.read_bytes()))
        good.unlink()
        return path

    return make


def _with_doctype(data: bytes) -> bytes:
    head, body = data.split(b"\n", 1)
    return head + b"\n<!DOCTYPE Faktura [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>\n" + body


def _foreign(folder: Folder) -> Path:
    other = Folder(folder.path, seller=SECOND_BUYER)
    return other.sale("FV/ZŁA", line("100.00"), buyer=BUYER)


def _orphan(folder: Folder) -> Path:
    return folder.correction("FV/ZŁA", "FV/NIE-MA", line("-1.00"))


BAD: dict[str, tuple[Spoil, str, str | None]] = {
    "unknown format": (_spoiled(lambda data: data.replace(b"crd.gov.pl", b"example.com")), "UNKNOWN_FORMAT", None),
    "old version": (_spoiled(lambda data: data.replace(b"2025/06/25/13775", b"2021/11/29/11089")), "FORM_NOT_READ", None),
    "unreadable": (_spoiled(lambda data: gzip.compress(data)[:-30], "zły.xml.gz"), "UNREADABLE", None),
    "malformed": (_spoiled(lambda data: data[:-40]), "XML_MALFORMED", None),
    "schema": (_spoiled(lambda data: data.replace(b"<P_11>100</P_11>", b"<P_11>sto</P_11>")), "SCHEMA_INVALID", "FV/ZŁA"),
    "doctype": (_spoiled(_with_doctype), "DTD_FORBIDDEN", None),
    "too large": (_spoiled(lambda data: data + b" " * 60_000), "TOO_LARGE", None),
    "seller": (_foreign, "SELLER_MISMATCH", "FV/ZŁA"),
    "currency": (_spoiled(lambda data: data.replace(b">PLN<", b">XAF<")), "UNKNOWN_CURRENCY", "FV/ZŁA"),
    "orphan": (_orphan, "CORRECTION_BEFORE_ORIGINAL", "FV/ZŁA"),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(BAD))
def test_bad_input(folder: Folder, settings: Any, case: str) -> None:
    settings.IMPORT_MAX_BYTES = 50_000
    make, code, document = BAD[case]
    before = folder.sale("FV/1", line("10.00"), file="a.xml")
    after = folder.sale("FV/2", line("20.00"), file="z.xml", buyer=SECOND_BUYER)
    bad = make(folder)
    batch = run_import([before, bad, after])
    assert (batch.documents, outcome(batch)) == (3, (2, 0, 1))
    (problem,) = errors(batch)
    assert (problem.code, problem.file, problem.document) == (code, bad.name, document)
    if code in {"XML_MALFORMED", "SCHEMA_INVALID", "DTD_FORBIDDEN"}:
        assert problem.line
    for language in ("pl", "en"):
        sentence = selectors.problem_sentence(problem, language)
        assert len(sentence) > 15, sentence
        assert "?" not in sentence and "–" not in sentence, sentence
    # nothing of the refused one, all of the others
    assert sorted(SalesDocument.objects.values_list("number", flat=True)) == ["FV/1", "FV/2"]
    assert SalesLine.objects.count() == 2
    assert not SalesDocument.objects.filter(number="FV/ZŁA").exists()
    assert (balance(NIP), balance(SECOND_BUYER.nip or "")) == (("10.00", "0.00"), ("20.00", "0.00"))
    # and the same by a dry run
    dry = run_import([bad], dry_run=True)
    assert codes(dry) == [(code, document)]


def test_a_number_conflict_has_its_sentence(folder: Folder) -> None:
    run_import([folder.sale("FV/1", line("10.00"))])
    batch = run_import([folder.sale("FV/1", line("11.00"), file="b.xml"), folder.sale("FV/2", line("5.00"))])
    (problem,) = errors(batch)
    assert selectors.problem_sentence(problem, "en") == (
        "Document FV/1 already exists with other content. Nothing was changed."
    )
    assert outcome(batch) == (1, 0, 1)


@pytest.mark.parametrize(
    "buyer",
    [
        Party(name="Zły NIP", nip="7740001455"),
        Party(name="Zły e-mail", nip="7251801126", email="nie-adres@@x"),
        Party(name="Długi kod", nip="7251801126", customer_code="K" * 200),
        Party(name="N" * 500, nip="7251801126", phone="600 100 200 300"),
    ],
    ids=["nip", "email", "code", "name"],
)
def test_a_buyer_that_cannot_be_enrolled_harms_nobody(folder: Folder, buyer: Party) -> None:
    odd = folder.sale("FV/1", line("10.00"), buyer=buyer)
    batch = run_import([odd, folder.sale("FV/2", line("20.00"))])
    assert outcome(batch) == (2, 0, 0)
    assert balance(NIP) == ("20.00", "0.00")


def test_two_firms_with_one_customer_code_or_one_address(folder: Folder) -> None:
    first = Party(name="A", nip=NIP, customer_code="K-1", email="biuro@rachunki.example")
    second = Party(name="B", nip=SECOND_BUYER.nip, customer_code="K-1", email="biuro@rachunki.example")
    batch = run_import(
        [folder.sale("FV/1", line("10.00"), buyer=first), folder.sale("FV/2", line("20.00"), buyer=second)]
    )
    assert outcome(batch) == (2, 0, 0)
    assert batch.matched_lines == 2
    assert Member.objects.count() == 2
    assert (balance(NIP), balance(SECOND_BUYER.nip or "")) == (("10.00", "0.00"), ("20.00", "0.00"))


_FIELDS: dict[str, tuple[bytes, bytes]] = {
    "GTIN of twenty characters": (b"<P_8A>", b"<GTIN>12345678901234567890</GTIN><P_8A>"),
    "quantity of eighteen digits": (b"<P_8B>1</P_8B>", b"<P_8B>999999999999.999999</P_8B>"),
    "unit of 256 characters": (b"<P_8A>szt.</P_8A>", b"<P_8A>" + b"u" * 256 + b"</P_8A>"),
}


@pytest.mark.parametrize("case", sorted(_FIELDS))
def test_the_limits_of_the_schema_fit(folder: Folder, case: str) -> None:
    old, new = _FIELDS[case]
    path = folder.sale("FV/1", line("10.00"))
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))
    batch = run_import([path])
    assert (outcome(batch), codes(batch)) == ((1, 0, 0), [])


def test_an_amount_beyond_reason_is_refused_alone(folder: Folder) -> None:
    huge = folder.sale("FV/1", *[line("9999999999999.99", name=f"{n}") for n in range(3)])
    batch = run_import([huge, folder.sale("FV/2", line("20.00"))])
    assert (outcome(batch), codes(batch)) == ((1, 0, 1), [("BAD_AMOUNT", "FV/1")] * 4)
    assert balance(NIP) == ("20.00", "0.00")


@pytest.mark.parametrize("award", [{"kind": "per_unit", "points": "10000"}, {"kind": "per_amount", "points": "1000"}])
def test_the_most_generous_rule_on_the_largest_line_fits_the_ledger(folder: Folder, award: dict[str, str]) -> None:
    name = {"pl": "Rozrzutna", "en": "Lavish"}
    rules.apply(body={"rules": [{"code": "everything", "name": name, "award": award}]})
    large = folder.sale("FV/1", line("800000000000.00"))
    large.write_bytes(large.read_bytes().replace(b"<P_8B>1</P_8B>", b"<P_8B>999999999999.999999</P_8B>"))
    batch = run_import([large])
    assert (outcome(batch), codes(batch)) == ((1, 0, 0), [])
    assert Points.parse(str(counts(batch)["points_awarded"])).units > 10**16


MAPPING = """{"version": 1, "columns": {"number": "nr", "issue_date": "data", "currency": "waluta", "buyer_nip": "nip",
  "sku": "indeks", "name": "nazwa", "net": "netto"}}"""


def _csv(folder: Folder, *rows: str) -> Path:
    path = folder.path / "sprzedaż.csv"
    path.write_text("\n".join(["nr;data;waluta;nip;indeks;nazwa;netto", *rows]) + "\n", "utf-8")
    return path


def test_csv_rows_with_errors_lose_their_document_only(folder: Folder) -> None:
    path = _csv(
        folder,
        f"P/1;2026-03-01;PLN;{NIP};A;Kabel;10,00",
        f"P/2;2026-03-01;PLN;{NIP};A;Kabel;10,00",
        f"P/2;2026-03-01;PLN;{NIP};B;Puszka;dziesięć",
        f"P/3;1 marca;PLN;{NIP};A;Kabel;10,00",
        f"P/4;2026-03-01;PLN;{NIP};A;Kabel;5,25",
    )
    batch = run_import([path], format="csv", mapping=MAPPING)
    assert (batch.documents, outcome(batch)) == (4, (2, 0, 2))
    assert [(row.document, row.line, row.field, row.value, row.code) for row in errors(batch)] == [
        ("P/2", 4, "net", "dziesięć", "BAD_NUMBER"),
        ("P/3", 5, "issue_date", "1 marca", "BAD_DATE"),
    ]
    assert balance(NIP) == ("15.25", "0.00")
    assert counts(batch)["points_awarded"] == str(Points(1525))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("P/2;2026-03-01;PLN;{nip};" + "S" * 61 + ";Kabel;10,00", "FIELD_TOO_LONG"),
        ("P/2;2026-03-01;PLN;{nip};A;" + "N" * 600 + ";10,00", "FIELD_TOO_LONG"),
        ("P" * 300 + ";2026-03-01;PLN;{nip};A;Kabel;10,00", "FIELD_TOO_LONG"),
        ("P/2;2026-03-01;ZŁOTY;{nip};A;Kabel;10,00", "UNKNOWN_CURRENCY"),
        ("P/2;2026-03-01;PLN;{nip};A;Kabel;99999999999999999,00", "BAD_NUMBER"),
        ("P/2;2026-03-01;PLN;{nip};A;Kabel;9999999999999,00", "BAD_AMOUNT"),
    ],
    ids=["sku", "name", "number", "currency", "digits", "amount"],
)
def test_csv_cells_that_do_not_fit(folder: Folder, row: str, code: str) -> None:
    path = _csv(folder, f"P/1;2026-03-01;PLN;{NIP};A;Kabel;10,00", row.format(nip=NIP))
    batch = run_import([path], format="csv", mapping=MAPPING)
    assert outcome(batch) == (1, 0, 1)
    (problem,) = errors(batch)
    assert problem.code == code
    assert balance(NIP) == ("10.00", "0.00")


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_notice_is_given_for_accepted_documents_only(folder: Folder, dry_run: bool) -> None:
    stranger = Party(name="Obca hurtownia", nip=SECOND_BUYER.nip)
    freight = [line("10.00", name="Transport")]
    batch = run_import([folder.sale("FV/1", *freight, seller=stranger), folder.sale("FV/2")], dry_run=dry_run)
    told = [(row.severity, row.code, row.document) for row in selectors.problems(batch.pk)]
    assert told == [("error", "SELLER_MISMATCH", "FV/1"), ("notice", "NO_GOODS_LINES", "FV/2")]
    again = run_import([folder.sale("FV/3", seller=stranger)], dry_run=dry_run)
    assert [row.code for row in selectors.problems(again.pk)] == ["SELLER_MISMATCH"]


def test_nothing_of_a_discarded_import_stays(folder: Folder) -> None:
    batch = run_import([folder.sale("FV/1", line("10.00"))], dry_run=True)
    assert (StagedDocument.objects.count(), StagedLine.objects.count()) == (1, 1)
    console_imports.discard(batch_id=batch.pk, actor=uuid4())
    assert (StagedDocument.objects.count(), StagedLine.objects.count()) == (0, 0)
