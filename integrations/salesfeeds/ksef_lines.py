"""Lines of an FA(3) document (`FaWiersz`): value, number, and which before-state belongs to which
after-state.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise
from typing import Final

from lxml import etree

from integrations.salesfeeds.ksef_xml import FA3_NAMESPACE
from tenants.sales.ports import CanonicalLine

_GROSZ: Final = Decimal("0.01")
# positions are stored in 32 bits; the schema allows 14 digits
_MAX_POSITION: Final = 2**31 - 1
# rates that are not a number: "0 KR", "0 WDT", "0 EX", "zw", "oo", "np I", "np II" all mean that no VAT is in
# the price
_NUMERIC_RATES: Final = frozenset({"23", "22", "8", "7", "5", "4", "3"})


def text(node: etree._Element, *path: str) -> str | None:
    """Text of the first element at that path, white space collapsed as `xsd:token` does; None when absent or
    empty.
    """
    found = node.findtext("/".join(f"{{{FA3_NAMESPACE}}}{name}" for name in path))
    return (" ".join(found.split()) or None) if found is not None else None


def amount(node: etree._Element, *path: str) -> Decimal | None:
    found = text(node, *path)
    return None if found is None else Decimal(found)


def day(node: etree._Element, *path: str) -> date | None:
    """A calendar day as written (Poland); the schema allows no time zone."""
    found = text(node, *path)
    return None if found is None else date.fromisoformat(found)


@dataclass(frozen=True, slots=True)
class _Value:
    net: Decimal | None
    vat: Decimal | None
    gross: Decimal | None


@dataclass(slots=True)
class _Row:
    """One `FaWiersz` with what is needed to pair it."""

    node: etree._Element
    number: int
    uid: str | None
    goods: tuple[str | None, str | None, str | None]
    before: bool
    position: int = 0


def read_lines(fa: etree._Element) -> tuple[CanonicalLine, ...]:
    """The lines in file order. Positions are unique among before-states and among the other lines.

    A before-state carries the position of the after-state it belongs to, whatever the two are numbered in the
    file (the schema allows "separate numbering" of the two states).
    """
    rows = [_row(node) for node in fa.iterfind(f"{{{FA3_NAMESPACE}}}FaWiersz")]
    _number(rows)
    return tuple(_line(row) for row in rows)


def _row(node: etree._Element) -> _Row:
    return _Row(
        node=node,
        number=int(text(node, "NrWierszaFa") or 0),
        uid=text(node, "UU_ID"),
        goods=(text(node, "Indeks"), text(node, "GTIN"), text(node, "P_7")),
        before=text(node, "StanPrzed") == "1",
    )


def _line(row: _Row) -> CanonicalLine:
    node = row.node
    value = _value(node)
    return CanonicalLine(
        position=row.position,
        name=text(node, "P_7") or "",
        sku=text(node, "Indeks"),
        ean=text(node, "GTIN"),
        producer_code=None,
        quantity=amount(node, "P_8B"),
        unit=text(node, "P_8A"),
        net=value.net,
        vat=value.vat,
        gross=value.gross,
        rate=amount(node, "KursWaluty"),
        sale_date=day(node, "P_6A"),
        before=row.before,
    )


def _value(node: etree._Element) -> _Value:
    """Net value: stated (P_11), else taken from gross (P_11A) as art. 106e(7) and (8) of the VAT act let it
    be shown.

    P_10 (discount) and KwotaAkcyzy (excise) are already inside these values. In the margin scheme no VAT is
    shown, and the price is the value. Rounded half-even to grosze once, when divided.
    """
    net, vat, gross = amount(node, "P_11"), amount(node, "P_11Vat"), amount(node, "P_11A")
    if net is not None or gross is None:
        return _Value(net, vat, gross)
    if vat is not None:
        return _Value(gross - vat, vat, gross)
    percent = _percent(node)
    if percent is None:
        return _Value(gross, None, gross)
    net = (gross / (1 + percent / 100)).quantize(_GROSZ, rounding=ROUND_HALF_EVEN)
    return _Value(net, gross - net, gross)


def _percent(node: etree._Element) -> Decimal | None:
    rate = text(node, "P_12")
    if rate is None:
        # sales under the EU one-stop shop state the rate of the buyer's country here
        return amount(node, "P_12_XII")
    return Decimal(rate) if rate in _NUMERIC_RATES else None


def _number(rows: list[_Row]) -> None:
    after = [row for row in rows if not row.before]
    before = [row for row in rows if row.before]
    numbers = [row.number for row in after]
    keep = len(set(numbers)) == len(numbers) and max(numbers, default=0) <= _MAX_POSITION
    for ordinal, row in enumerate(after, start=1):
        row.position = row.number if keep else ordinal
    taken = {row.position for row in after}
    for row, mate in zip(before, _mates(rows, before, after), strict=True):
        if mate is not None:
            row.position = mate.position
            continue
        free = row.number if 0 < row.number <= _MAX_POSITION else 1
        while free in taken:
            free += 1
        row.position = free
        taken.add(free)


def _mates(rows: list[_Row], before: list[_Row], after: list[_Row]) -> list[_Row | None]:
    """For each before-state its after-state: by the line's universal id, its number and goods, its number, its goods, else
    the next row.
    """
    free = {id(row): row for row in after}
    mates: dict[int, _Row] = {}
    keys: tuple[Callable[[_Row], object], ...] = (
        lambda row: row.uid,
        # a difference line may carry the number of another line's two states
        lambda row: (row.number, row.goods),
        lambda row: row.number,
        lambda row: row.goods if any(row.goods) else None,
    )
    for key in keys:
        # first come, first served, so that repeated keys pair in order
        waiting: dict[object, list[_Row]] = {}
        for row in after:
            if id(row) in free and key(row) is not None:
                waiting.setdefault(key(row), []).append(row)
        for row in before:
            candidates = waiting.get(key(row)) if id(row) not in mates else None
            if candidates:
                mates[id(row)] = mate = candidates.pop(0)
                del free[id(mate)]
    for row, following in pairwise(rows):
        if row.before and id(row) not in mates and id(following) in free:
            mates[id(row)] = free.pop(id(following))
    return [mates.get(id(row)) for row in before]
