"""Writing FA(3) XML: the demo network's invoices and corrections, and the round trip of the tests.

Not an invoicing program: sales, advances, settlements and their corrections in one currency, with the VAT rates that a
building or electrical wholesaler uses. Amounts are net; VAT is computed per rate from the sum, half-up to grosze, as
invoices in Poland do (art. 106e of the VAT act). Source of order and names: schema FA(3), Ministry of
Finance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from lxml import etree

from integrations.salesfeeds.ksef_xml import FA3_NAMESPACE

VatRate = Literal["23", "8", "5", "0 KR", "zw"]
Kind = Literal["VAT", "KOR", "ZAL", "ROZ", "KOR_ZAL", "KOR_ROZ"]

_GROSZ: Final = Decimal("0.01")
# the schema allows no FA(3) made before its publication; a demo's first invoices may be older
_FIRST_DAY: Final = datetime(2025, 9, 1, tzinfo=UTC)
# unit prices have at most eight decimal places in the schema
_UNIT_PRICE: Final = Decimal("0.00000001")
# net total, VAT total (None where the schema has none) for each rate, in the order of the schema
_TOTALS: Final[dict[VatRate, tuple[str, str | None]]] = {
    "23": ("P_13_1", "P_14_1"),
    "8": ("P_13_2", "P_14_2"),
    "5": ("P_13_3", "P_14_3"),
    "0 KR": ("P_13_6_1", None),
    "zw": ("P_13_7", None),
}


@dataclass(frozen=True, slots=True)
class Party:
    """Seller or buyer. A buyer without NIP is a consumer (BrakID)."""

    name: str
    nip: str | None = None
    address: str = "ul. Składowa 1, 00-001 Warszawa"
    email: str | None = None
    phone: str | None = None
    customer_code: str | None = None


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One line: quantity to six places, net value in grosze exactly, signed. `before` marks the state before."""

    name: str
    quantity: Decimal
    net: Decimal
    vat_rate: VatRate = "23"
    unit: str = "szt."
    sku: str | None = None
    ean: str | None = None
    uid: str | None = None
    number: int | None = None
    before: bool = False
    # what the price was lowered by; the net value is what is left of it
    discount: Decimal | None = None
    # PLN per unit of a foreign currency
    rate: Decimal | None = None
    # a line that names goods and states no price (corrections of several invoices)
    valued: bool = True


@dataclass(frozen=True, slots=True)
class CorrectedInvoice:
    """The invoice that a correction corrects; without a KSeF number it was issued outside KSeF."""

    number: str
    issue_date: date
    ksef_number: str | None = None


@dataclass(frozen=True, slots=True)
class ThirdParty:
    """Somebody else on the invoice (`Podmiot3`). `role` as in the schema: 4 is a further buyer, 8 a unit of local government."""

    party: Party
    role: int
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Invoice:
    """A sale, or a correction when `corrects` is not empty, unless `kind` says otherwise. Dates are local (Poland)."""

    number: str
    issue_date: date
    seller: Party
    buyer: Party
    lines: tuple[InvoiceLine, ...]
    sale_date: date | None = None
    currency: str = "PLN"
    corrects: tuple[CorrectedInvoice, ...] = ()
    reason: str | None = None
    paid_on: date | None = None
    due_date: date | None = None
    place: str = "Warszawa"
    kind: Kind | None = None
    # totals (`P_13_1`, `P_15`, …) in place of those of the lines
    totals: Mapping[str, Decimal] | None = None
    # what was left to pay before a correction of an advance or a settlement
    left_before: Decimal | None = None
    # numbers of the advances that a settlement or the last advance names
    advances: tuple[str, ...] = ()
    # what an advance was paid for, with the gross value of the order
    order: tuple[InvoiceLine, ...] = ()
    order_value: Decimal | None = None
    third_parties: tuple[ThirdParty, ...] = ()


def write(invoice: Invoice) -> bytes:
    """The XML, UTF-8. Raises ValueError for text that XML cannot hold or a line finer than a grosz."""
    root = etree.Element(_name("Faktura"), nsmap={None: FA3_NAMESPACE})  # type: ignore[dict-item]
    _header(root, invoice)
    _seller(root, invoice.seller)
    _buyer(root, invoice.buyer)
    for third in invoice.third_parties:
        _third(root, third)
    _body(root, invoice)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _name(local: str) -> str:
    return f"{{{FA3_NAMESPACE}}}{local}"


def _add(parent: etree._Element, local: str, text: str | None = None) -> etree._Element:
    node = etree.SubElement(parent, _name(local))
    node.text = text
    return node


def _add_given(parent: etree._Element, local: str, text: str | None) -> None:
    if text is not None:
        _add(parent, local, text)


def _header(root: etree._Element, invoice: Invoice) -> None:
    header = _add(root, "Naglowek")
    form = _add(header, "KodFormularza", "FA")
    form.set("kodSystemowy", "FA (3)")
    form.set("wersjaSchemy", "1-0E")
    _add(header, "WariantFormularza", "3")
    # the day of issue at noon: the same invoice must give the same bytes whenever the demo is made
    made = max(datetime.combine(invoice.issue_date, time(12), tzinfo=UTC), _FIRST_DAY)
    _add(header, "DataWytworzeniaFa", made.strftime("%Y-%m-%dT%H:%M:%SZ"))
    _add(header, "SystemInfo", "Kolektor")


def _address(parent: etree._Element, party: Party) -> None:
    address = _add(parent, "Adres")
    _add(address, "KodKraju", "PL")
    _add(address, "AdresL1", party.address)


def _contact(parent: etree._Element, party: Party) -> None:
    if party.email is None and party.phone is None:
        return
    contact = _add(parent, "DaneKontaktowe")
    _add_given(contact, "Email", party.email)
    _add_given(contact, "Telefon", party.phone)


def _seller(root: etree._Element, seller: Party) -> None:
    if seller.nip is None:
        raise ValueError("a seller has a NIP")
    node = _add(root, "Podmiot1")
    identity = _add(node, "DaneIdentyfikacyjne")
    _add(identity, "NIP", seller.nip)
    _add(identity, "Nazwa", seller.name)
    _address(node, seller)
    _contact(node, seller)


def _buyer(root: etree._Element, buyer: Party) -> None:
    node = _add(root, "Podmiot2")
    identity = _add(node, "DaneIdentyfikacyjne")
    if buyer.nip is None:
        _add(identity, "BrakID", "1")
    else:
        _add(identity, "NIP", buyer.nip)
    _add(identity, "Nazwa", buyer.name)
    _address(node, buyer)
    _contact(node, buyer)
    _add_given(node, "NrKlienta", buyer.customer_code)
    _add(node, "JST", "2")
    _add(node, "GV", "2")


def _third(root: etree._Element, third: ThirdParty) -> None:
    node = _add(root, "Podmiot3")
    identity = _add(node, "DaneIdentyfikacyjne")
    if third.party.nip is None:
        _add(identity, "BrakID", "1")
    else:
        _add(identity, "NIP", third.party.nip)
    _add(identity, "Nazwa", third.party.name)
    _address(node, third.party)
    _contact(node, third.party)
    _add(node, "Rola", str(third.role))
    if third.share is not None:
        _add(node, "Udzial", _plain(third.share))


def _body(root: etree._Element, invoice: Invoice) -> None:
    fa = _add(root, "Fa")
    _add(fa, "KodWaluty", invoice.currency)
    _add(fa, "P_1", invoice.issue_date.isoformat())
    _add(fa, "P_1M", invoice.place)
    _add(fa, "P_2", invoice.number)
    if invoice.sale_date is not None:
        _add(fa, "P_6", invoice.sale_date.isoformat())
    if invoice.totals is None:
        _totals(fa, invoice.lines)
    else:
        for name, value in invoice.totals.items():
            _add(fa, name, _money(value))
    _annotations(fa, exempt=any(line.vat_rate == "zw" for line in invoice.lines))
    _add(fa, "RodzajFaktury", invoice.kind or ("KOR" if invoice.corrects else "VAT"))
    if invoice.corrects:
        _corrections(fa, invoice)
    for number in invoice.advances:
        advance = _add(fa, "FakturaZaliczkowa")
        _add(advance, "NrKSeFZN", "1")
        _add(advance, "NrFaZaliczkowej", number)
    for ordinal, line in enumerate(invoice.lines, start=1):
        _line(fa, line, ordinal)
    _payment(fa, invoice)
    _order(fa, invoice)


def _totals(fa: etree._Element, lines: tuple[InvoiceLine, ...]) -> None:
    total = Decimal(0)
    for rate, (net_name, vat_name) in _TOTALS.items():
        of_rate = [line for line in lines if line.vat_rate == rate]
        if not of_rate:
            continue
        after = sum((line.net for line in of_rate if not line.before), Decimal(0))
        before = sum((line.net for line in of_rate if line.before), Decimal(0))
        _add(fa, net_name, _money(after - before))
        total += after - before
        if vat_name is not None:
            # the difference of two stated amounts of VAT, not the VAT of the difference
            vat = _vat(after, rate) - _vat(before, rate)
            _add(fa, vat_name, _money(vat))
            total += vat
    _add(fa, "P_15", _money(total))


def _vat(net: Decimal, rate: VatRate) -> Decimal:
    return (net * Decimal(rate) / 100).quantize(_GROSZ, rounding=ROUND_HALF_UP)


def _annotations(fa: etree._Element, *, exempt: bool) -> None:
    notes = _add(fa, "Adnotacje")
    for local in ("P_16", "P_17", "P_18", "P_18A"):
        _add(notes, local, "2")
    exemption = _add(notes, "Zwolnienie")
    if exempt:
        _add(exemption, "P_19", "1")
        _add(exemption, "P_19A", "art. 43 ust. 1 ustawy o VAT")
    else:
        _add(exemption, "P_19N", "1")
    _add(_add(notes, "NoweSrodkiTransportu"), "P_22N", "1")
    _add(notes, "P_23", "2")
    _add(_add(notes, "PMarzy"), "P_PMarzyN", "1")


def _corrections(fa: etree._Element, invoice: Invoice) -> None:
    _add_given(fa, "PrzyczynaKorekty", invoice.reason)
    for corrected in invoice.corrects:
        node = _add(fa, "DaneFaKorygowanej")
        _add(node, "DataWystFaKorygowanej", corrected.issue_date.isoformat())
        _add(node, "NrFaKorygowanej", corrected.number)
        if corrected.ksef_number is None:
            _add(node, "NrKSeFN", "1")
        else:
            _add(node, "NrKSeF", "1")
            _add(node, "NrKSeFFaKorygowanej", corrected.ksef_number)
    if invoice.left_before is not None:
        _add(fa, "P_15ZK", _money(invoice.left_before))


def _line(fa: etree._Element, line: InvoiceLine, ordinal: int) -> None:
    node = _add(fa, "FaWiersz")
    _add(node, "NrWierszaFa", str(line.number or ordinal))
    _add_given(node, "UU_ID", line.uid)
    _add(node, "P_7", line.name)
    _add_given(node, "Indeks", line.sku)
    _add_given(node, "GTIN", line.ean)
    _add(node, "P_8A", line.unit)
    _add(node, "P_8B", _plain(line.quantity))
    if not line.valued:
        return
    if line.quantity:
        price = ((line.net + (line.discount or 0)) / line.quantity).quantize(_UNIT_PRICE, rounding=ROUND_HALF_UP)
        _add(node, "P_9A", _plain(price))
    if line.discount is not None:
        _add(node, "P_10", _money(line.discount))
    _add(node, "P_11", _money(line.net))
    _add(node, "P_12", line.vat_rate)
    if line.rate is not None:
        _add(node, "KursWaluty", _plain(line.rate))
    if line.before:
        _add(node, "StanPrzed", "1")


def _order(fa: etree._Element, invoice: Invoice) -> None:
    if not invoice.order:
        return
    order = _add(fa, "Zamowienie")
    value = sum((line.net + _vat(line.net, line.vat_rate) for line in invoice.order), Decimal(0))
    _add(order, "WartoscZamowienia", _money(value if invoice.order_value is None else invoice.order_value))
    for ordinal, line in enumerate(invoice.order, start=1):
        node = _add(order, "ZamowienieWiersz")
        _add(node, "NrWierszaZam", str(line.number or ordinal))
        _add(node, "P_7Z", line.name)
        _add_given(node, "IndeksZ", line.sku)
        _add(node, "P_8AZ", line.unit)
        _add(node, "P_8BZ", _plain(line.quantity))
        _add(node, "P_11NettoZ", _money(line.net))
        _add(node, "P_11VatZ", _money(_vat(line.net, line.vat_rate)))
        _add(node, "P_12Z", line.vat_rate)
        if line.before:
            _add(node, "StanPrzedZ", "1")


def _payment(fa: etree._Element, invoice: Invoice) -> None:
    if invoice.paid_on is None and invoice.due_date is None:
        return
    payment = _add(fa, "Platnosc")
    if invoice.paid_on is not None:
        _add(payment, "Zaplacono", "1")
        _add(payment, "DataZaplaty", invoice.paid_on.isoformat())
    if invoice.due_date is not None:
        _add(_add(payment, "TerminPlatnosci"), "Termin", invoice.due_date.isoformat())
    _add(payment, "FormaPlatnosci", "6")


def _money(value: Decimal) -> str:
    exact = value.quantize(_GROSZ)
    if exact != value:
        raise ValueError(f"finer than a grosz: {value}")
    return _plain(exact)


def _plain(value: Decimal) -> str:
    """No exponent, no minus zero, no trailing zeros beyond what the value needs: the schema's pattern is
    strict.
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
