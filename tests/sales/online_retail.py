"""Totals of the Online Retail file, computed without a line of ours: `python -I online_retail.py FILE.csv.gz [LINES]`.

One point for each pound of a line with a customer. An invoice whose number begins with C gives back: each of its lines
takes the customer's latest purchase of that stock code first, by quantity, then the one before. The points of a
purchase are always those of its first award times the share that is left, rounded half to even.
"""

import csv
import gzip
import json
import sys
from collections import defaultdict
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

PENNY = Decimal("0.01")


def half_even(number: Fraction) -> int:
    whole = number.numerator // number.denominator
    rest = number - whole
    if rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2):
        return whole + 1
    return whole


def main() -> None:
    with gzip.open(sys.argv[1], "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if len(sys.argv) > 2:
        rows = rows[: int(sys.argv[2])]
        last = rows[-1]["InvoiceNo"]  # whole invoices only
        rows = [row for row in rows if row["InvoiceNo"] != last]
    awarded = reversed_ = unmatched = reported = 0
    customers = set()
    purchases: dict[tuple[str, str], list[list[int]]] = defaultdict(
        list
    )  # (customer, code) → [quantity, left, units], oldest first
    for row in rows:
        customer = row["CustomerID"].removesuffix(".0")
        if not customer:
            unmatched += 1
            continue
        customers.add(customer)
        quantity = int(row["Quantity"])
        value = (quantity * Decimal(row["UnitPrice"])).quantize(PENNY, rounding=ROUND_HALF_EVEN)
        mine = purchases[customer, row["StockCode"]]
        if not row["InvoiceNo"].startswith("C"):
            if quantity > 0 and value > 0:
                units = int(value * 100)
                awarded += units
                mine.append([quantity, quantity, units])
            continue
        left = -quantity
        for purchase in reversed(mine):
            part = min(left, purchase[1])
            if part > 0:
                whole, before, units = purchase
                purchase[1] = before - part
                reversed_ += half_even(Fraction(units * before, whole)) - half_even(
                    Fraction(units * purchase[1], whole)
                )
                left -= part
        if left > 0:
            reported += 1
    print(
        json.dumps(
            {
                "lines": len(rows),
                "customers": len(customers),
                "points_awarded": f"{Decimal(awarded) / 100:.2f}",
                "points_reversed": f"{Decimal(reversed_) / 100:.2f}",
                "unmatched_lines": unmatched,
                "reported_returns": reported,
            }
        )
    )


if __name__ == "__main__":
    main()
