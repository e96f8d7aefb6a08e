"""What an FA document says beside its lines: the change of the whole that a correction states, and what the reader
should know (notices). Meanings: schema FA(3) and the VAT act, art. 106e, 106f and 106j.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from lxml import etree

from integrations.salesfeeds.ksef_lines import amount, text
from integrations.salesfeeds.ksef_xml import FA3_NAMESPACE
from integrations.salesfeeds.problems import problem
from tenants.sales.ports import CanonicalLine, DocumentKind, Problem

# net totals of all rates and procedures; the margin scheme shows no VAT, and its price is the value
_NET_TOTALS: Final = (
    "P_13_1", "P_13_2", "P_13_3", "P_13_4", "P_13_5", "P_13_6_1", "P_13_6_2", "P_13_6_3", "P_13_7", "P_13_8", "P_13_9",
    "P_13_10", "P_13_11",
)  # fmt: skip
_ADDITIONAL_BUYER: Final = "4"
# who receives, of the buyer's own: a branch, a unit of local government, a member of a VAT group
_RECIPIENTS: Final = frozenset({"2", "8", "10"})


@dataclass(frozen=True, slots=True)
class Change:
    """What a correction without valued lines changes of the whole, signed; gross only where no net is stated."""

    net: Decimal | None = None
    gross: Decimal | None = None

    @property
    def is_one(self) -> bool:
        return self.net is not None or self.gross is not None


def _name(local: str) -> str:
    return f"{{{FA3_NAMESPACE}}}{local}"


def _net_total(fa: etree._Element) -> Decimal | None:
    """The sum of the net totals; None when none is stated."""
    stated = [found for name in _NET_TOTALS if (found := amount(fa, name)) is not None]
    return sum(stated, Decimal(0)) if stated else None


def change_of_whole(fa: etree._Element, *, kind: DocumentKind, lines: tuple[CanonicalLine, ...]) -> Change:
    """The totals of a correction are differences (schema, note at `Fa`). Corrections of advances change no goods."""
    if kind not in {"correction", "settlement_correction"} or any(line.net is not None for line in lines):
        return Change()
    net = _net_total(fa)
    if net is not None:
        return Change(net=net) if net else Change()
    return Change(gross=amount(fa, "P_15") or None)


def notices(
    root: etree._Element,
    *,
    kind: DocumentKind,
    number: str,
    lines: tuple[CanonicalLine, ...],
    file: str,
    spread: bool,
) -> tuple[Problem, ...]:
    """What the reader should know of a document that is accepted. `spread`: its change goes over its originals' lines."""
    fa = root.find(_name("Fa"))
    assert fa is not None  # required by the schema
    said = [*_buyers(root), *_advances(fa, kind, lines)]
    if not spread:
        said += _without_value(fa, kind, lines)
    if kind in {"invoice", "settlement"}:
        said += [
            _Said("LINE_BELOW_ZERO", line=line.position, field="P_11", value=line.name or None)
            for line in lines
            if line.net is not None and line.net < 0
        ]
    return tuple(
        problem(
            each.code,
            file,
            severity="notice",
            document=number,
            line=each.line,
            field=each.field,
            value=each.value,
            params=each.params,
        )
        for each in said
    )


@dataclass(frozen=True, slots=True)
class _Said:
    code: str
    line: int | None = None
    field: str | None = None
    value: str | None = None
    params: dict[str, str] | None = None


def _without_value(fa: etree._Element, kind: DocumentKind, lines: tuple[CanonicalLine, ...]) -> Iterator[_Said]:
    if not lines:
        # lines of an order stand on advance invoices: ordered, not delivered, so they are no goods lines
        ordered = len(fa.findall(f"{_name('Zamowienie')}/{_name('ZamowienieWiersz')}"))
        yield _Said("NO_GOODS_LINES", params={"kind": kind, "order_lines": str(ordered)})
    for line in lines:
        if line.net is None:
            yield _Said("LINE_WITHOUT_VALUE", line=line.position, field="P_11", value=line.name or None)


def _buyers(root: etree._Element) -> Iterator[_Said]:
    """Points go to `Podmiot2`: further buyers and recipients are told of, not awarded."""
    for node in root.iterfind(_name("Podmiot3")):
        role = text(node, "Rola")
        name = text(node, "DaneIdentyfikacyjne", "Nazwa") or text(node, "DaneIdentyfikacyjne", "NIP")
        if role == _ADDITIONAL_BUYER:
            yield _Said(
                "SEVERAL_BUYERS",
                field="Podmiot3",
                value=name,
                params={"name": name or "–", "share": text(node, "Udzial") or "–"},
            )
        elif role in _RECIPIENTS:
            yield _Said("OTHER_RECIPIENT", field="Podmiot3", value=name, params={"name": name or "–"})


def _advances(fa: etree._Element, kind: DocumentKind, lines: tuple[CanonicalLine, ...]) -> Iterator[_Said]:
    """Goods that no settlement will list in full.

    A settlement shows the full values of the order in its lines, while its totals are lessened by the advances (schema,
    note at `FaWiersz`; art. 106f(3)). Lines that add up to the lessened totals show only the rest. Where advances pay for
    the whole order, there is no settlement at all (art. 106f(4)).
    """
    if kind == "settlement":
        advances = [
            found
            for node in fa.iterfind(_name("FakturaZaliczkowa"))
            if (found := text(node, "NrFaZaliczkowej") or text(node, "NrKSeFFaZaliczkowej"))
        ]
        listed = sum((line.net for line in lines if line.net is not None), Decimal(0))
        total = _net_total(fa)
        # a grosz a line and rate may be lost to rounding
        if advances and lines and total is not None and abs(listed - total) <= Decimal("0.01") * (len(lines) + 1):
            yield _Said(
                "SETTLEMENT_OF_REST",
                field="FakturaZaliczkowa",
                value=", ".join(advances),
                params={"advances": ", ".join(advances), "listed": str(listed)},
            )
    if kind == "advance":
        ordered, paid = amount(fa, "Zamowienie", "WartoscZamowienia"), amount(fa, "P_15")
        last = fa.find(_name("FakturaZaliczkowa")) is not None
        if last or (ordered is not None and paid is not None and paid >= ordered > 0):
            yield _Said("ADVANCE_OF_WHOLE", field="WartoscZamowienia", value=None if ordered is None else str(ordered))
