"""What the sandbox aggregator sells: invented brands with the denominations usual for vouchers in Poland.
Grosze.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Product:
    """Fixed `denominations`, or any whole number of `step` from `minimum` to `maximum`. All in grosze."""

    id: str
    brand: str
    name: str
    denominations: tuple[int, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    step: int = 100
    validity_days: int = 365
    currency: str = "PLN"
    pin: bool = False

    def sells(self, amount_minor: int) -> bool:
        if self.denominations:
            return amount_minor in self.denominations
        low, high = self.minimum or 0, self.maximum or 0
        return low <= amount_minor <= high and amount_minor % self.step == 0

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "brand": self.brand,
            "name": self.name,
            "currency": self.currency,
            "denominations_minor": list(self.denominations) or None,
            "min_minor": self.minimum,
            "max_minor": self.maximum,
            "validity_days": self.validity_days,
        }


def _fixed(id: str, brand: str, name: str, *zloty: int, days: int = 365, pin: bool = False) -> Product:
    return Product(id, brand, name, tuple(amount * 100 for amount in zloty), validity_days=days, pin=pin)


def _range(id: str, brand: str, name: str, low: int, high: int, *, days: int = 365, pin: bool = False) -> Product:
    return Product(id, brand, name, minimum=low * 100, maximum=high * 100, validity_days=days, pin=pin)


PRODUCTS: Final[tuple[Product, ...]] = (
    _fixed("spozywczy-koszyk", "Zielony Koszyk", "Karta na zakupy spożywcze", 20, 50, 100, 200, 500),
    _range("market-rodzinny", "Market Rodzinny", "Karta podarunkowa supermarketu", 10, 1000, pin=True),
    _fixed("dyskont-groszek", "Dyskont Pod Lipą", "Bon na zakupy", 50, 100, 200),
    _fixed("piekarnia-chrupka", "Piekarnia Chrupka", "Bon do piekarni", 20, 30, 50, days=180),
    _range("paliwo-meteor", "Stacje Meteor", "Karta paliwowa", 50, 1000, days=730),
    _fixed("paliwo-szlak", "Stacje Szlak", "Bon paliwowy", 50, 100, 200, 500, days=730),
    _range("budowlany-mlotek", "Dom i Młotek", "Karta marketu budowlanego", 50, 2000, days=730),
    _fixed("ogrod-malwa", "Centrum Ogrodnicze Malwa", "Karta ogrodnicza", 50, 100, 200),
    _fixed("narzedzia-imadlo", "Imadło", "Karta na narzędzia", 100, 200, 300, 500, 1000, pin=True),
    _range("elektronika-wolt", "Wolt i Amper", "Karta na elektronikę", 50, 3000, days=730, pin=True),
    _fixed("meble-cztery-katy", "Cztery Kąty", "Karta na meble i wnętrza", 100, 250, 500, 1000),
    _fixed("odziez-nitka", "Nitka", "Karta na odzież", 50, 100, 200, 300),
    _fixed("obuwie-krok", "Dobry Krok", "Karta na obuwie", 50, 100, 200),
    _fixed("robocze-fartuch", "Fartuch BHP", "Karta na odzież roboczą", 100, 200, 400),
    _range("sport-meta", "Meta Sport", "Karta sportowa", 30, 1500),
    _fixed("drogeria-konwalia", "Drogeria Konwalia", "Karta do drogerii", 30, 50, 100, 200),
    _fixed("ksiegarnia-zakladka", "Księgarnia Zakładka", "Karta na książki", 30, 50, 100),
    _fixed("zabawki-bak", "Wesoły Bąk", "Karta na zabawki", 50, 100, 200),
    _fixed("kino-projektor", "Kino Projektor", "Bilet do kina 2D", 32, 64, days=180, pin=True),
    _fixed("muzyka-plyta", "Płyta Plus", "Dostęp do muzyki", 25, 75, 150, days=365),
    _fixed("gry-pad", "Złoty Pad", "Doładowanie gier", 20, 50, 100, 200),
    _range("podroze-kompas", "Biuro Kompas", "Karta na podróże", 100, 5000, days=1095),
    _fixed("hotele-pod-sosna", "Hotele Pod Sosną", "Nocleg dla dwojga", 300, 500, days=365, pin=True),
    _fixed("restauracje-widelec", "Widelec", "Karta do restauracji", 50, 100, 150, 200),
    _fixed("telefon-impuls", "Impuls", "Doładowanie telefonu", 10, 25, 30, 50, 100, days=90),
    _range("internet-kosz", "Wielki Kosz", "Karta platformy zakupowej", 20, 2000, days=730),
)
BY_ID: Final = {product.id: product for product in PRODUCTS}
