"""Keep the list of products that sales lines are matched to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from stdnum import ean as ean_number

from kolektor.audit import services as audit
from kolektor.kernel.errors import DomainError
from tenants.sales.models import Product

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One product as the wholesaler's list has it. Brand and supplier are ids of the network's."""

    sku: str
    name: str
    ean: str | None = None
    producer_code: str | None = None
    unit: str = ""
    category: str = ""
    brand_id: UUID | None = None
    supplier_id: UUID | None = None


@transaction.atomic
def upsert_products(*, rows: Iterable[ProductRow], actor: UUID | None = None) -> int:
    """Add products and bring known ones (same SKU) up to date, set-based. Returns how many rows were taken.

    Products that are not named stay. Lines already matched keep what they were matched to: facts are dated.
    Raises DomainError SKU_MISSING, NAME_MISSING, DUPLICATE_SKU or BAD_EAN with the SKU; nothing is kept then.
    """
    products = []
    seen: set[str] = set()
    for row in rows:
        _check(row, seen)
        seen.add(row.sku)
        products.append(
            Product(
                sku=row.sku,
                name=row.name,
                ean=row.ean or None,
                producer_code=row.producer_code or None,
                unit=row.unit,
                category=row.category,
                brand_id=row.brand_id,
                supplier_id=row.supplier_id,
            )
        )
    Product.objects.bulk_create(
        products,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["sku"],
        update_fields=["name", "ean", "producer_code", "unit", "category", "brand_id", "supplier_id"],
    )
    audit.record(action="products.upserted", object_type="products", object_id="", actor=actor, count=len(products))
    return len(products)


def _check(row: ProductRow, seen: set[str]) -> None:
    if not row.sku:
        raise DomainError("SKU_MISSING", field="sku")
    if not row.name:
        raise DomainError("NAME_MISSING", field="name", value=row.sku)
    if row.sku in seen:
        raise DomainError("DUPLICATE_SKU", field="sku", value=row.sku)
    if row.ean and not ean_number.is_valid(row.ean):
        raise DomainError("BAD_EAN", field="ean", value=row.ean, sku=row.sku)
