"""Points that KSeF files earn under "1 point per 1 unit of currency net", computed without any of our code.

Usage: `python independent.py FILE.xml …`, in the order of import. Prints
`{"points_awarded": "…", "points_reversed": "…"}`.

What it takes from the tax law and the FA(3) schema, and nothing else:

- An invoice (VAT, UPR) or a settlement (ROZ) awards each `FaWiersz` that states a value. A settlement lists
the full value of the order, so advances (ZAL) and their corrections (KOR_ZAL) award nothing: it would count
twice.
- A correction (KOR, KOR_ROZ) either shows lines before (`StanPrzed`) and after, and changes by the
difference, or shows lines of differences, and changes by their value. A decrease is reversed, an increase
awarded.
- A document without `FaWiersz` awards nothing. What a correction without values takes back depends on its originals, and is
not computed here.
- The value of a line is P_11; else P_11A less P_11Vat; else P_11A with the VAT of P_12 taken out; else P_11A
(margin).
- Rounded half-even to hundredths, per line.
"""

from __future__ import annotations

import gzip
import json
import sys
import xml.etree.ElementTree as ET
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

HUNDREDTH = Decimal("0.01")


def value(line: dict[str, str]) -> Decimal | None:
    if "P_11" in line:
        exact = Decimal(line["P_11"])
    elif "P_11A" not in line:
        return None
    elif "P_11Vat" in line:
        exact = Decimal(line["P_11A"]) - Decimal(line["P_11Vat"])
    else:
        rate = line.get("P_12", line.get("P_12_XII", ""))
        percent = Decimal(rate) if rate.replace(".", "", 1).isdigit() else Decimal(0)
        exact = Decimal(line["P_11A"]) * 100 / (100 + percent)
    return exact.quantize(HUNDREDTH, ROUND_HALF_EVEN)


def lines_of(invoice: ET.Element) -> list[dict[str, str]]:
    return [
        {child.tag.split("}")[1]: (child.text or "").strip() for child in line}
        for line in invoice.findall("{*}FaWiersz")
    ]


def changes_of_correction(lines: list[dict[str, str]]) -> list[Decimal]:
    """One change per position. Two states of a line share its universal id, or its number, or stand one after
    the other.
    """
    after = [line for line in lines if line.get("StanPrzed") != "1"]
    changes: list[Decimal] = []
    for index, line in enumerate(lines):
        if line.get("StanPrzed") != "1":
            continue
        mate = next((other for other in after if line.get("UU_ID") and other.get("UU_ID") == line["UU_ID"]), None)
        mate = mate or next((other for other in after if other["NrWierszaFa"] == line["NrWierszaFa"]), None)
        if mate is None and index + 1 < len(lines) and any(other is lines[index + 1] for other in after):
            mate = lines[index + 1]
        old, new = value(line), None if mate is None else value(mate)
        changes.append((new or Decimal(0)) - (old or Decimal(0)))
        after = [other for other in after if other is not mate]
    changes.extend(found for line in after if (found := value(line)) is not None)
    return changes


def points(files: list[Path]) -> dict[str, str]:
    awarded = returned = Decimal(0)
    for file in files:
        data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        invoice = ET.fromstring(data).find("{*}Fa")
        assert invoice is not None
        kind = invoice.findtext("{*}RodzajFaktury")
        lines = lines_of(invoice)
        if kind in ("KOR", "KOR_ROZ"):
            changes = changes_of_correction(lines)
        elif kind in ("VAT", "UPR", "ROZ"):
            changes = [found for line in lines if (found := value(line)) is not None]
        else:
            changes = []
        awarded += sum((change for change in changes if change > 0), Decimal(0))
        returned -= sum((change for change in changes if change < 0), Decimal(0))
    return {"points_awarded": f"{awarded:.2f}", "points_reversed": f"{returned:.2f}"}


if __name__ == "__main__":
    print(json.dumps(points([Path(name) for name in sys.argv[1:]])))
