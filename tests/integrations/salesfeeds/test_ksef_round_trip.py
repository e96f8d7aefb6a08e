"""Whatever the writer writes is valid against the official schema and reads back as it was."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from integrations.salesfeeds.ksef import KsefFeed
from integrations.salesfeeds.ksef_schema import validate
from integrations.salesfeeds.ksef_writer import CorrectedInvoice, Invoice, InvoiceLine, Party, VatRate, write
from tenants.sales.ports import CanonicalDocument

D = Decimal
SELLER = Party(name="Hurtownia Elektryczna", nip="5260250274", email="biuro@hurt.example", phone="221234567")
BUYER = Party(
    name="Instalator Jan", nip="7740001454", email="jan@inst.example", phone="600100200", customer_code="K-17"
)

words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=30)
amounts = st.decimals(min_value=D("-99999.99"), max_value=D("99999.99"), places=2)
rates: st.SearchStrategy[VatRate] = st.sampled_from(["23", "8", "5", "0 KR", "zw"])
days = st.dates(min_value=date(2025, 9, 1), max_value=date(2049, 12, 1))


@st.composite
def sold_lines(draw: st.DrawFn, sign: int = 0) -> InvoiceLine:
    net = draw(amounts)
    return InvoiceLine(
        name=draw(words),
        quantity=draw(st.decimals(min_value=D("0.001"), max_value=D("9999"), places=3)),
        net=abs(net) if sign else net,
        vat_rate=draw(rates),
        unit=draw(st.sampled_from(["szt.", "m", "kpl"])),
        sku=draw(st.none() | words),
        ean=draw(st.none() | st.from_regex(r"\d{13}", fullmatch=True)),
    )


def read(data: bytes) -> CanonicalDocument:
    root = etree.fromstring(data)
    assert validate(root) == []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "in.xml"
        path.write_bytes(data)
        (document,) = KsefFeed().read(path, file="in.xml")
    assert isinstance(document, CanonicalDocument), document
    return document


def stated_totals(data: bytes) -> dict[str, Decimal]:
    fa = etree.fromstring(data).find("{*}Fa")
    assert fa is not None
    return {
        etree.QName(node).localname: D(node.text or "")
        for node in fa
        if etree.QName(node).localname.startswith(("P_13", "P_14", "P_15"))
    }


@settings(max_examples=60, deadline=None)
@given(lines=st.lists(sold_lines(sign=1), min_size=1, max_size=8), issued=days, number=words, paid=st.booleans())
def test_invoice(lines: list[InvoiceLine], issued: date, number: str, paid: bool) -> None:
    invoice = Invoice(
        number=number,
        issue_date=issued,
        seller=SELLER,
        buyer=BUYER,
        lines=tuple(lines),
        sale_date=issued - timedelta(days=2),
        paid_on=issued if paid else None,
        due_date=issued + timedelta(days=14),
    )
    data = write(invoice)
    document = read(data)
    assert (document.kind, document.number, document.issue_date) == ("invoice", number, issued)
    assert document.sale_date == invoice.sale_date
    assert document.paid is (True if paid else None)
    assert document.due_date == invoice.due_date
    assert (document.seller_nip, document.buyer_nip) == (SELLER.nip, BUYER.nip)
    assert (document.buyer_code, document.buyer_email, document.buyer_phone) == (
        "K-17",
        BUYER.email,
        BUYER.phone,
    )
    assert [(line.name, line.sku, line.ean, line.unit, line.quantity, line.net) for line in document.lines] == [
        (line.name, line.sku, line.ean, line.unit, line.quantity, line.net) for line in lines
    ]
    totals = stated_totals(data)
    assert totals.pop("P_15") == sum(totals.values())
    assert sum(total for name, total in totals.items() if name.startswith("P_13")) == sum(line.net for line in lines)


@settings(max_examples=40, deadline=None)
@given(pairs=st.lists(st.tuples(sold_lines(sign=1), amounts), min_size=1, max_size=5), difference=sold_lines())
def test_correction(pairs: list[tuple[InvoiceLine, Decimal]], difference: InvoiceLine) -> None:
    lines: list[InvoiceLine] = []
    for number, (line, new_net) in enumerate(pairs, start=1):
        common = {"name": line.name, "quantity": line.quantity, "vat_rate": line.vat_rate, "number": number}
        lines.append(InvoiceLine(net=line.net, before=True, **common))  # type: ignore[arg-type]
        lines.append(InvoiceLine(net=new_net, **common))  # type: ignore[arg-type]
    last = len(pairs) + 1
    lines.append(InvoiceLine(name=difference.name, quantity=D(1), net=difference.net, number=last))
    document = read(
        write(
            Invoice(
                number="FK/1",
                issue_date=date(2026, 5, 1),
                seller=SELLER,
                buyer=Party(name="Klient"),
                lines=tuple(lines),
                corrects=(
                    CorrectedInvoice("FV/1", date(2026, 4, 1), "5260250274-20260401-8BEF28-0C8D35-4D"),
                    CorrectedInvoice("FV/2", date(2026, 4, 2)),
                ),
                reason="zwrot",
            )
        )
    )
    assert document.kind == "correction"
    assert document.corrected_numbers == ("FV/1", "FV/2")
    assert document.corrected_ksef_numbers == ("5260250274-20260401-8BEF28-0C8D35-4D",)
    assert document.buyer_nip is None
    assert [(line.position, line.before, line.net) for line in document.lines] == [
        (line.number, line.before, line.net) for line in lines
    ]


def test_exact_totals() -> None:
    """Net and VAT by rate by hand: 10.02 at 23 % is 2.3046, half-up 2.30; the correction takes 2.30 − 1.15
    back.
    """
    invoice = Invoice(
        number="FV/1",
        issue_date=date(2026, 4, 1),
        seller=SELLER,
        buyer=BUYER,
        lines=(
            InvoiceLine(name="A", quantity=D(3), net=D("5.01")),
            InvoiceLine(name="B", quantity=D(1), net=D("5.01")),
            InvoiceLine(name="C", quantity=D(1), net=D("100.00"), vat_rate="8"),
            InvoiceLine(name="D", quantity=D(1), net=D("7.00"), vat_rate="zw"),
        ),
    )
    assert stated_totals(write(invoice)) == {
        "P_13_1": D("10.02"),
        "P_14_1": D("2.30"),
        "P_13_2": D("100"),
        "P_14_2": D("8"),
        "P_13_7": D("7"),
        "P_15": D("127.32"),
    }
    correction = Invoice(
        number="FK/1",
        issue_date=date(2026, 4, 2),
        seller=SELLER,
        buyer=BUYER,
        lines=(
            InvoiceLine(name="A", quantity=D(2), net=D("10.02"), number=1, before=True),
            InvoiceLine(name="A", quantity=D(1), net=D("5.01"), number=1),
        ),
        corrects=(CorrectedInvoice("FV/1", date(2026, 4, 1)),),
    )
    assert stated_totals(write(correction)) == {
        "P_13_1": D("-5.01"),
        "P_14_1": D("-1.15"),
        "P_15": D("-6.16"),
    }


def test_same_invoice_same_bytes_and_old_dates() -> None:
    invoice = Invoice(
        number="FV/1",
        issue_date=date(2024, 1, 1),
        seller=SELLER,
        buyer=BUYER,
        lines=(InvoiceLine(name="A", quantity=D(1), net=D(1)),),
    )
    assert write(invoice) == write(invoice)
    assert read(write(invoice)).issue_date == date(2024, 1, 1)


def test_writer_refuses_what_it_cannot_say() -> None:
    line = InvoiceLine(name="A", quantity=D(1), net=D("1.005"))
    with pytest.raises(ValueError, match="grosz"):
        write(Invoice(number="1", issue_date=date(2026, 1, 1), seller=SELLER, buyer=BUYER, lines=(line,)))
    with pytest.raises(ValueError, match="NIP"):
        write(Invoice(number="1", issue_date=date(2026, 1, 1), seller=Party(name="x"), buyer=BUYER, lines=()))
