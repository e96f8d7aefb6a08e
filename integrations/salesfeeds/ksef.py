"""KSeF FA(3) and FA(2): one XML document a file, `.gz` too. FA(3) is validated offline against the official schema, FA(2)
by checks of what is read (`ksef_fa2`).

Source of the field meanings: schema FA(3) of the Ministry of Finance (`schemat_FA(3)_v1-0E.xsd`), 2025-06-25.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from lxml import etree

from integrations.salesfeeds.ksef_fa2 import faults
from integrations.salesfeeds.ksef_lines import amount, day, read_lines, text
from integrations.salesfeeds.ksef_notices import change_of_whole, notices
from integrations.salesfeeds.ksef_schema import validate
from integrations.salesfeeds.ksef_xml import FA3_NAMESPACE, is_fa2, parse, to_fa3
from integrations.salesfeeds.problems import SourceRefused, problem
from integrations.salesfeeds.sources import read_bounded
from tenants.sales.ports import CanonicalDocument, CanonicalLine, DocumentKind, Problem

_KINDS: Final[dict[str, DocumentKind]] = {
    "VAT": "invoice",
    "UPR": "invoice",
    "KOR": "correction",
    "ZAL": "advance",
    "ROZ": "settlement",
    "KOR_ZAL": "advance_correction",
    "KOR_ROZ": "settlement_correction",
}
# KSeF gives the number after the document is written, so it is never inside; exports name the file after it.
# Format: seller's NIP, date of acceptance, technical part, CRC-8
_KSEF_NUMBER: Final = re.compile(r"(\d{10})-20\d{6}-[0-9A-F]{6}-?[0-9A-F]{6}-[0-9A-F]{2}")


class KsefFeed:
    """Reads one document per file. `max_bytes` bounds the XML after decompression."""

    def __init__(self, max_bytes: int = 50 * 1024 * 1024) -> None:
        self._max_bytes = max_bytes

    def read(self, path: Path, *, file: str) -> Iterator[CanonicalDocument | Problem]:
        """One document, or the problems for which there is none. Never raises for bad input.

        No document is formed from a refused file, so `line` of these problems is the line of the XML file,
        and `params["position"]` the number of the invoice line when the fault lies in one.
        """
        try:
            root = parse(read_bounded(path, self._max_bytes))
        except SourceRefused as refused:
            yield refused.as_problem(file)
            return
        code = "SCHEMA_INVALID"
        if is_fa2(root):
            code = "STRUCTURE_INVALID"
            to_fa3(root)
            errors = faults(root)
        else:
            errors = validate(root)
        if errors:
            number = text(root, "Fa", "P_2")
            for error in errors:
                params = {"xml_line": str(error.xml_line), "detail": error.detail}
                if error.position is not None:
                    params["position"] = error.position
                yield problem(
                    code,
                    file,
                    document=number,
                    line=error.xml_line,
                    field=error.field,
                    value=error.value,
                    params=params,
                )
            return
        yield _document(root, file=file, stem=path.name)


def _document(root: etree._Element, *, file: str, stem: str) -> CanonicalDocument:
    fa = _child(root, "Fa")
    buyer = _child(root, "Podmiot2")
    number = text(fa, "P_2") or ""
    kind = _KINDS[text(fa, "RodzajFaktury") or ""]
    lines = read_lines(fa)
    issued = day(fa, "P_1")
    assert issued is not None  # required by the schema
    seller_nip = text(root, "Podmiot1", "DaneIdentyfikacyjne", "NIP")
    corrected = fa.findall(_name("DaneFaKorygowanej"))
    change = change_of_whole(fa, kind=kind, lines=lines)
    return CanonicalDocument(
        file=file,
        kind=kind,
        number=number,
        issue_date=issued,
        sale_date=_sale_date(fa, lines) or issued,
        seller_nip=seller_nip,
        currency=text(fa, "KodWaluty") or "",
        lines=lines,
        ksef_number=_ksef_number(stem, seller_nip),
        rate=_document_rate(fa, lines),
        buyer_nip=text(buyer, "DaneIdentyfikacyjne", "NIP"),
        buyer_code=text(buyer, "NrKlienta"),
        buyer_email=_contact(buyer, "Email"),
        buyer_phone=_contact(buyer, "Telefon"),
        buyer_name=text(buyer, "DaneIdentyfikacyjne", "Nazwa"),
        corrected_numbers=tuple(found for node in corrected if (found := text(node, "NrFaKorygowanej"))),
        corrected_ksef_numbers=tuple(found for node in corrected if (found := text(node, "NrKSeFFaKorygowanej"))),
        total_gross=amount(fa, "P_15"),
        paid=_paid(fa),
        due_date=_due(fa),
        change_net=change.net,
        change_gross=change.gross,
        notices=notices(root, kind=kind, number=number, lines=lines, file=file, spread=change.is_one),
    )


def _name(local: str) -> str:
    return f"{{{FA3_NAMESPACE}}}{local}"


def _child(node: etree._Element, local: str) -> etree._Element:
    found = node.find(_name(local))
    assert found is not None  # required by the schema, which the document has passed
    return found


def _sale_date(fa: etree._Element, lines: tuple[CanonicalLine, ...]) -> date | None:
    """P_6 when common to all lines, else the latest of the lines (P_6A), else the end of the period invoiced."""
    of_lines = max((line.sale_date for line in lines if line.sale_date), default=None)
    return day(fa, "P_6") or of_lines or day(fa, "OkresFa", "P_6_Do")


def _document_rate(fa: etree._Element, lines: tuple[CanonicalLine, ...]) -> Decimal | None:
    """PLN per unit of the currency: stated for an advance (KursWalutyZ), else the one that all lines share."""
    stated = amount(fa, "KursWalutyZ")
    rates = {line.rate for line in lines if line.rate is not None}
    return stated if stated is not None else (rates.pop() if len(rates) == 1 else None)


def _contact(buyer: etree._Element, local: str) -> str | None:
    """The first e-mail or phone of up to three contacts (each may hold only one of the two)."""
    return next((found for node in buyer.iterfind(_name("DaneKontaktowe")) if (found := text(node, local))), None)


def _paid(fa: etree._Element) -> bool | None:
    """True when paid in full at issue, False when in part, None when the invoice does not say."""
    if text(fa, "Platnosc", "Zaplacono") == "1":
        return True
    partly = text(fa, "Platnosc", "ZnacznikZaplatyCzesciowej")
    return None if partly is None else partly == "2"


def _due(fa: etree._Element) -> date | None:
    """The last due date: with instalments, the day on which all is due. A described term (30 days from …) is
    none.
    """
    payment = fa.find(_name("Platnosc"))
    if payment is None:
        return None
    return max(
        (found for node in payment.iterfind(_name("TerminPlatnosci")) if (found := day(node, "Termin"))),
        default=None,
    )


def _ksef_number(file_name: str, seller_nip: str | None) -> str | None:
    stem = file_name.upper().removesuffix(".GZ").removesuffix(".XML")
    match = _KSEF_NUMBER.fullmatch(stem)
    return stem if match and match.group(1) == seller_nip else None
