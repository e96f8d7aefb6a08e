"""What an FA(2) document must hold to be read. Its schema is in no package of ours, so these are checks of our own: each
element that the reader uses is there where it has to be, once, and of a form that the schema allows. What is not read is
not checked. The tree already has the names of FA(3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from lxml import etree

from integrations.salesfeeds.ksef_schema import MAX_ERRORS, SchemaError
from integrations.salesfeeds.ksef_xml import FA3_NAMESPACE

# decimals as the schema's types have them: zeros at either end and a plus are allowed
_MONEY: Final = re.compile(r"[-+]?\d{1,16}(\.\d{1,2}0*)?")
_NUMBER: Final = re.compile(r"[-+]?\d{1,16}(\.\d{1,6}0*)?")
_PRICE: Final = re.compile(r"[-+]?\d{1,14}(\.\d{1,8}0*)?")
_NIP: Final = re.compile(r"[1-9]((\d[1-9])|([1-9]\d))\d{7}")
_KINDS: Final = re.compile("VAT|KOR|ZAL|ROZ|UPR|KOR_ZAL|KOR_ROZ")
_RATES: Final = re.compile("23|22|8|7|5|4|3|0|zw|oo|np")
_ONE: Final = re.compile("1")
_ORDINAL: Final = re.compile(r"[1-9]\d{0,13}")
_PERCENT: Final = re.compile(r"(\d{1,2}|100)(\.\d{1,6})?")

# path, whether it must be there, the form of its text (a day when None)
_ROOT: Final[tuple[tuple[str, bool, re.Pattern[str] | None], ...]] = (
    ("Podmiot1/DaneIdentyfikacyjne/NIP", True, _NIP),
    ("Podmiot2/DaneIdentyfikacyjne/NIP", False, _NIP),
)
_FA: Final[tuple[tuple[str, bool, re.Pattern[str] | None], ...]] = (
    ("KodWaluty", True, re.compile("[A-Z]{3}")),
    ("P_1", True, None),
    ("P_2", True, re.compile(r"(?s).{1,256}")),
    ("P_6", False, None),
    ("OkresFa/P_6_Do", False, None),
    *(
        (f"P_13_{part}", False, _MONEY)
        for part in ("1", "2", "3", "4", "5", "6_1", "6_2", "6_3", "7", "8", "9", "10", "11")
    ),
    ("P_15", True, _MONEY),
    ("KursWalutyZ", False, _NUMBER),
    ("RodzajFaktury", True, _KINDS),
    ("P_15ZK", False, _MONEY),
    ("Platnosc/Zaplacono", False, _ONE),
    ("Zamowienie/WartoscZamowienia", False, _MONEY),
)
_LINE: Final[tuple[tuple[str, bool, re.Pattern[str] | None], ...]] = (
    ("NrWierszaFa", True, _ORDINAL),
    ("P_6A", False, None),
    ("P_8B", False, _NUMBER),
    ("P_9A", False, _PRICE),
    ("P_9B", False, _PRICE),
    ("P_10", False, _PRICE),
    ("P_11", False, _MONEY),
    ("P_11A", False, _MONEY),
    ("P_11Vat", False, _MONEY),
    ("P_12", False, _RATES),
    ("P_12_XII", False, _PERCENT),
    ("KursWaluty", False, _NUMBER),
    ("StanPrzed", False, _ONE),
)


def faults(root: etree._Element) -> list[SchemaError]:
    """Violations in the order of the document, at most 20. Empty when it can be read."""
    found: list[SchemaError] = []
    for fault in _faults(root):
        found.append(fault)
        if len(found) == MAX_ERRORS:
            break
    return found


def _faults(root: etree._Element) -> Iterator[SchemaError]:
    form = root.find(_path("Naglowek/KodFormularza"))
    if form is None or form.get("kodSystemowy") != "FA (2)":
        yield _fault(root if form is None else form, "Naglowek/KodFormularza", None, "kodSystemowy is not FA (2)")
    for path, needed, pattern in _ROOT:
        yield from _field(root, path, needed, pattern)
    if root.find(_path("Podmiot2/DaneIdentyfikacyjne")) is None:
        yield _fault(root, "Podmiot2/DaneIdentyfikacyjne", None, "missing")
    bodies = root.findall(_path("Fa"))
    if len(bodies) != 1:
        yield _fault(root, "Fa", None, "must be there once")
        return
    fa = bodies[0]
    for path, needed, pattern in _FA:
        yield from _field(fa, path, needed, pattern)
    kind = fa.findtext(_path("RodzajFaktury")) or ""
    corrected = fa.findall(_path("DaneFaKorygowanej"))
    if kind.startswith("KOR") and not corrected:
        yield _fault(fa, "Fa/DaneFaKorygowanej", None, "missing")
    for node in corrected:
        yield from _field(node, "NrFaKorygowanej", True, re.compile(r"(?s).{1,256}"))
    for line in fa.iterfind(_path("FaWiersz")):
        for path, needed, pattern in _LINE:
            yield from _field(line, path, needed, pattern)
    for due in fa.iterfind(_path("Platnosc/TerminPlatnosci")):
        yield from _field(due, "Termin", False, None)


def _path(path: str) -> str:
    return "/".join(f"{{{FA3_NAMESPACE}}}{name}" for name in path.split("/"))


def _field(node: etree._Element, path: str, needed: bool, pattern: re.Pattern[str] | None) -> Iterator[SchemaError]:
    nodes = node.findall(_path(path))
    shown = f"{etree.QName(node).localname}/{path}"
    if not nodes and needed:
        yield _fault(node, shown, None, "missing")
    if len(nodes) > 1:
        yield _fault(nodes[1], shown, None, "must be there once")
    for found in nodes[:1]:
        text = " ".join((found.text or "").split())
        if len(found) or not (_is_day(text) if pattern is None else pattern.fullmatch(text)):
            yield _fault(found, shown, text, "value not allowed")


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and date.fromisoformat(text) is not None
    except ValueError:
        return False


def _fault(node: etree._Element, field: str, value: str | None, detail: str) -> SchemaError:
    position: str | None = None
    step: etree._Element | None = node
    while step is not None and position is None:
        position = step.findtext(_path("NrWierszaFa"))
        step = step.getparent()
    line = node.sourceline if isinstance(node.sourceline, int) else 1
    names = field.split("/")
    return SchemaError(xml_line=line, field="/".join(names[-2:]), value=value or None, position=position, detail=detail)
