"""The products of the demo network, made from the families: the same list on every machine."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from kolektor.demo import numbers
from kolektor.demo.families import FAMILIES
from kolektor.demo.network import BRAND_NAMES, SUPPLIERS, DemoWholesaler

_GROSZ = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class DemoProduct:
    """One product; `price` is net, PLN per unit. `supplier` and `brand` are slugs."""

    sku: str
    ean: str
    name: str
    unit: str
    category: str
    brand: str
    supplier: str
    price: Decimal


@lru_cache(maxsize=1)
def products() -> tuple[DemoProduct, ...]:
    """All products, by family, brand and size."""
    chance = numbers.dice("prices")
    supplier_of = {brand: supplier.slug for supplier in SUPPLIERS for brand, _ in supplier.brands}
    # some brands are dear and some are cheap, at every product alike
    level = {brand: Decimal(chance.randint(88, 118)) / 100 for brand in sorted(BRAND_NAMES)}
    found: list[DemoProduct] = []
    for family in FAMILIES:
        for brand in family.brands:
            for ordinal, (size, price) in enumerate(family.sizes, start=1):
                found.append(
                    DemoProduct(
                        sku=f"{family.code}-{_short(brand)}-{ordinal:02d}",
                        ean=numbers.ean13(len(found) + 1001),
                        name=family.name.format(size=size, brand=BRAND_NAMES[brand]),
                        unit=family.unit,
                        category=family.category,
                        brand=brand,
                        supplier=supplier_of[brand],
                        price=(Decimal(price) * level[brand]).quantize(_GROSZ, rounding=ROUND_HALF_UP),
                    )
                )
    return tuple(found)


def _short(brand: str) -> str:
    return brand.replace("-", "")[:4].upper()


def sold_by(wholesaler: DemoWholesaler) -> tuple[DemoProduct, ...]:
    """What one wholesaler has on its shelves."""
    return tuple(product for product in products() if product.category in wholesaler.categories)
