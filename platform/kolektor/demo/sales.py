"""A year of buying at one wholesaler, day by day: who bought what, and what was corrected afterwards.

Nothing here knows a file format; `invoices` writes it down. The year ends on the day the demo network was made.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Final, Literal

from kolektor.demo import numbers
from kolektor.demo.catalog import DemoProduct, sold_by
from kolektor.demo.network import ELECTRICAL, HEATING, DemoWholesaler
from kolektor.demo.people import Enrollment, Installer, members_of

Kind = Literal["invoice", "receipt", "correction"]

YEAR: Final = 365
_GROSZ: Final = Decimal("0.01")
# an invoice of one line is as usual as one of three; eight lines are rare
_LINES: Final = (20, 22, 20, 14, 10, 7, 4, 3)
_RARE: Final = {"kotły": 0.45, "pompy ciepła": 0.15, "fotowoltaika": 0.3, "narzędzia": 0.4, "ceramika sanitarna": 0.7}
_SERVICES: Final = {
    "": (("Transport na budowę", 60, 180), ("Cięcie i gwintowanie rur", 25, 90), ("Paleta zwrotna", 35, 35)),
    HEATING.slug: (("Uruchomienie zerowe kotła", 180, 350), ("Transport na budowę", 90, 240)),
    ELECTRICAL.slug: (("Cięcie kabla na wymiar", 15, 40), ("Transport na budowę", 60, 180)),
}
_STRANGERS: Final = (
    "Deweloper Pod Klonem", "Wspólnota Mieszkaniowa Jaśminowa 4", "Remonty Całościowe Kępa", "Szkoła Podstawowa nr 90",
    "Gospodarstwo Ogrodnicze Rokita", "Budownictwo Ogólne Stasik", "Pensjonat Zacisze", "Zakład Mięsny Wiór",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoBuyer:
    """The buyer as the document names it; without tax number and code it is a passer-by at the counter."""

    name: str
    nip: str | None = None
    address: str = ""
    code: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class DemoLine:
    """One line; `net` in PLN, signed. A before-state stands at the position of its after-state."""

    position: int
    name: str
    unit: str
    quantity: Decimal
    net: Decimal
    sku: str | None = None
    ean: str | None = None
    before: bool = False


@dataclass(frozen=True, slots=True)
class DemoDocument:
    """One sales document. `corrects` is the corrected document's number and day."""

    number: str
    kind: Kind
    day: date
    buyer: DemoBuyer
    lines: tuple[DemoLine, ...]
    due_days: int = 14
    corrects: tuple[str, date] | None = None
    reason: str = ""


def documents_of(wholesaler: DemoWholesaler, *, today: date) -> list[DemoDocument]:
    """All documents of one wholesaler for the year up to `today`, oldest first, corrections at their own day."""
    chance = numbers.dice(f"sales {wholesaler.slug}")
    unnumbered = [_sale(chance, wholesaler, day, today) for day in _days(chance, wholesaler, today)]
    # names for the numbering below: a correction is drawn from a sale, but numbered among all documents of its month
    sales = [replace(sale, number=f"sale {index}") for index, sale in enumerate(unnumbered)]
    corrections = [found for sale in sales if (found := _correction(chance, sale, today)) is not None]
    return _numbered(wholesaler, sorted([*sales, *corrections], key=lambda item: item.day))


def _days(chance: random.Random, wholesaler: DemoWholesaler, today: date) -> list[date]:
    window = [today - timedelta(days=back) for back in range(YEAR - 1, -1, -1)]
    weights = [wholesaler.season[day.month - 1] * (1.0, 1.0, 1.0, 1.0, 1.1, 0.3, 0.0)[day.weekday()] for day in window]
    return sorted(chance.choices(window, weights, k=wholesaler.documents))


def _sale(chance: random.Random, wholesaler: DemoWholesaler, day: date, today: date) -> DemoDocument:
    dice = chance.random()
    cash = wholesaler.feed == "csv"
    if dice < 0.04:
        serial = chance.randrange(len(_STRANGERS))
        name = _STRANGERS[serial]
        address = f"ul. Nieznana {serial + 1}, {wholesaler.address.split(', ')[1]}"
        buyer, discount = DemoBuyer(name, numbers.nip(900 + serial), address), 0
    elif dice < 0.07:
        buyer, discount = DemoBuyer("Klient detaliczny"), 0
    else:
        person, item = _member(chance, wholesaler.slug, day, today)
        buyer, discount = _buyer(person, item), min(14, 3 + int(person.weight))
    receipt = cash and buyer.nip is None
    lines = _lines(chance, wholesaler, discount)
    return DemoDocument("", "receipt" if receipt else "invoice", day, buyer, lines, chance.choice((7, 14, 14, 30)))


def _member(chance: random.Random, slug: str, day: date, today: date) -> tuple[Installer, Enrollment]:
    back = (today - day).days
    active = [
        (person, item)
        for person, item in members_of(slug)
        # who fell dormant has not bought for eight months
        if back <= item.joined_days_before and not (person.dormant and back < 240)
    ]
    return chance.choices(active, [person.weight for person, _ in active])[0]


def _buyer(person: Installer, item: Enrollment) -> DemoBuyer:
    if person.fitter:  # buys at the counter for himself and says his phone number
        return DemoBuyer(f"{person.first_name} {person.last_name}", phone=person.phone)
    return DemoBuyer(
        person.firm.name, person.firm.nip, person.firm.address, code=item.code, email=person.email, phone=person.phone
    )


def _lines(chance: random.Random, wholesaler: DemoWholesaler, discount: int) -> tuple[DemoLine, ...]:
    shelf = sold_by(wholesaler)
    # one job needs things that belong together: two or three categories, not the whole shop
    weights = [_RARE.get(category, 1.0) for category in wholesaler.categories]
    wanted = set(chance.choices(wholesaler.categories, weights, k=3))
    choice = [product for product in shelf if product.category in wanted]
    count = min(chance.choices(range(1, 9), _LINES)[0], len(choice))
    lines = [
        _line(chance, position, product, discount)
        for position, product in enumerate(chance.sample(choice, count), start=1)
    ]
    if chance.random() < 0.08:
        services = _SERVICES.get(wholesaler.slug, _SERVICES[""])
        name, low, high = chance.choice(services)
        lines.append(DemoLine(count + 1, name, "usł.", Decimal(1), Decimal(chance.randint(low, high))))
    return tuple(lines)


def _line(chance: random.Random, position: int, product: DemoProduct, discount: int) -> DemoLine:
    quantity = _quantity(chance, product)
    if _mistyped(product.sku) and chance.random() < 0.4:
        price = product.price
        net = (price * quantity).quantize(_GROSZ, rounding=ROUND_HALF_UP)
        return DemoLine(position, _abbreviated(product.name), product.unit, quantity, net)
    price = (product.price * (100 - discount) / 100).quantize(_GROSZ, rounding=ROUND_HALF_UP)
    return DemoLine(
        position, product.name, product.unit, quantity, (price * quantity).quantize(_GROSZ, rounding=ROUND_HALF_UP),
        # now and then the clerk types the code and the scanner is idle
        sku=product.sku, ean=product.ean if chance.random() < 0.85 else None,
    )  # fmt: skip


@cache
def _mistyped(sku: str) -> bool:
    """Whether clerks sometimes write these goods by hand, so that somebody has to say what they are."""
    return numbers.dice(f"mistyped {sku}").random() < 0.05


def _abbreviated(name: str) -> str:
    """As a hurried clerk writes it: "Zaw. kulow. DN15"."""
    words = [word if len(word) < 7 or not word.isalpha() else f"{word[:5]}." for word in name.split()]
    return " ".join(words)


def _quantity(chance: random.Random, product: DemoProduct) -> Decimal:
    if product.unit == "m":
        top = 40 if product.price > 15 else 200
        return Decimal(chance.choice((10, 20, 25, 50, 100, 200))) if top == 200 else Decimal(chance.randint(4, top)) / 2
    for limit, low, high in ((15, 5, 40), (60, 2, 18), (300, 1, 8), (1000, 1, 4)):
        if product.price < limit:
            return Decimal(chance.randint(low, high))
    return Decimal(2 if chance.random() < 0.12 else 1)


def _correction(chance: random.Random, sale: DemoDocument, today: date) -> DemoDocument | None:
    """One sale in twenty is corrected: part of a line comes back, a price is lowered, or a whole line is returned."""
    if chance.random() >= 0.05:
        return None
    day = sale.day + timedelta(days=chance.randint(3, 24))
    if day.weekday() == 6:
        day += timedelta(days=1)
    line = chance.choice([line for line in sale.lines if line.sku] or [sale.lines[0]])
    lines, reason = _corrected(chance, line)
    if day > today:
        return None
    return DemoDocument("", "correction", day, sale.buyer, lines, 14, (sale.number, sale.day), reason)


def _corrected(chance: random.Random, line: DemoLine) -> tuple[tuple[DemoLine, ...], str]:
    way = chance.random()
    if way < 0.45 and line.quantity > 1:
        kept = (line.quantity * chance.choice((25, 50, 75)) / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        left = min(kept, line.quantity - 1)
        net = (line.net * left / line.quantity).quantize(_GROSZ, rounding=ROUND_HALF_UP)
        return (replace(line, before=True), replace(line, quantity=left, net=net)), "Zwrot części towaru"
    if way < 0.6:
        net = (line.net * Decimal("0.92")).quantize(_GROSZ, rounding=ROUND_HALF_UP)
        return (replace(line, before=True), replace(line, net=net)), "Rabat potransakcyjny"
    return (replace(line, quantity=-line.quantity, net=-line.net),), "Zwrot towaru"


def _numbered(wholesaler: DemoWholesaler, documents: list[DemoDocument]) -> list[DemoDocument]:
    """Numbers run within a month and a kind, in the order of issue; corrections then name their originals by number."""
    counts: Counter[tuple[Kind, int, int]] = Counter()
    given: dict[str, str] = {}
    found = []
    for document in documents:
        key = (document.kind, document.day.year, document.day.month)
        counts[key] += 1
        number = _number(wholesaler, document.kind, document.day, counts[key])
        corrects = document.corrects
        if corrects is not None:
            corrects = (given[corrects[0]], corrects[1])
        else:
            given[document.number] = number
        found.append(replace(document, number=number, corrects=corrects))
    return found


def _number(wholesaler: DemoWholesaler, kind: Kind, day: date, nth: int) -> str:
    if wholesaler.feed == "ksef":
        return f"{'FK' if kind == 'correction' else 'FV'}/{day:%Y/%m}/{nth:04d}"
    prefix = {"invoice": "FS", "receipt": "PAR", "correction": "KFS"}[kind]
    return f"{prefix} {nth}/{day:%m/%Y}"
