"""Keep the list of products that sales lines are matched to.

Every change is followed by a look at the lines that wait for a product (`sales.products_changed`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from stdnum import ean as ean_number

from kolektor.audit import services as audit
from kolektor.kernel import statistics
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.outbox.services import emit
from kolektor.kernel.tenant import public_context, require_tenant
from kolektor.network import selectors as network
from kolektor.network.selectors import BrandRow
from tenants.sales.matching import PRODUCTS_CHANGED
from tenants.sales.models import Product

_BATCH = 1000
MAX_FILED = 20_000
_FIELDS = ("sku", "name", "ean", "producer_code", "unit", "category", "brand_id", "supplier_id")
_LENGTHS = {"sku": 60, "name": 255, "ean": 14, "producer_code": 60, "unit": 20, "category": 60}


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


def brands() -> list[BrandRow]:
    """The brands of the wholesaler's network, by name."""
    wholesaler = require_tenant()
    with public_context():
        return network.brands_of(wholesaler.network_id)


def brand(brand_id: UUID) -> BrandRow:
    """One brand of the wholesaler's network. Raises NotFound."""
    found = next((row for row in brands() if row.id == brand_id), None)
    if found is None:
        raise NotFound("brandId")
    return found


def products(*, search: str = "", brand_id: UUID | None = None, without_brand: bool = False) -> QuerySet[Product]:
    """The list, by name. `search`: every word in name, SKU, EAN, producer's code or category."""
    rows = Product.objects.all()
    if brand_id is not None:
        rows = rows.filter(brand_id=brand_id)
    if without_brand:
        rows = rows.filter(brand_id__isnull=True)
    for word in search.split():
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(sku__istartswith=word)
            | Q(ean__startswith=word)
            | Q(producer_code__istartswith=word)
            | Q(category__icontains=word)
        )
    return rows.order_by("name", "sku")


def product(product_id: UUID) -> Product | None:
    """One product, or None."""
    return Product.objects.filter(pk=product_id).first()


@transaction.atomic
def save_product(*, product_id: UUID | None, row: ProductRow, actor: UUID) -> Product:
    """Add a product (no id) or change one. Lines already matched keep what they were matched to: facts are dated.

    Raises NotFound, DomainError SKU_MISSING, NAME_MISSING, TEXT_TOO_LONG, DUPLICATE_SKU or BAD_EAN.
    """
    check_row(row, set())
    if Product.objects.filter(~Q(pk=product_id), sku=row.sku).exists():
        raise DomainError("DUPLICATE_SKU", field="sku", value=row.sku)
    if product_id is None:
        added = _made(row)
        added.save()
        added.refresh_from_db()
        audit.record(action="product.added", object_type="product", object_id=added.pk, actor=actor, sku=row.sku)
        emit(PRODUCTS_CHANGED, {})
        return added
    known = Product.objects.select_for_update().filter(pk=product_id).first()
    if known is None:
        raise NotFound("id")
    wanted = _made(row)
    changes = {
        name: [_plain(getattr(known, name)), _plain(getattr(wanted, name))]
        for name in _FIELDS
        if getattr(known, name) != getattr(wanted, name)
    }
    if changes:
        for name in changes:
            setattr(known, name, getattr(wanted, name))
        known.save(update_fields=list(changes))
        audit.record(action="product.changed", object_type="product", object_id=known.pk, actor=actor, changes=changes)
        emit(PRODUCTS_CHANGED, {})
    return known


@dataclass(frozen=True, slots=True)
class Filing:
    """Where products are put. What is not `set_…` stays as it is; a brand of None takes the brand away."""

    set_brand: bool = False
    brand_id: UUID | None = None
    set_category: bool = False
    category: str = ""


@transaction.atomic
def file_products(*, chosen: QuerySet[Product], expected: int, filing: Filing, actor: UUID) -> int:
    """Put several products under a brand or a category at once. Returns how many changed; each has it in its timeline.

    `expected` is how many the asker believes to choose: when the list has changed meanwhile, nothing is done. Lines already
    matched keep what they were matched to: facts are dated. Raises NotFound (brand), DomainError LIST_CHANGED, TOO_MANY_AT_ONCE,
    TEXT_TOO_LONG, NOTHING_TO_CHANGE.
    """
    if not (filing.set_brand or filing.set_category):
        raise DomainError("NOTHING_TO_CHANGE", field="category")
    wanted: dict[str, Any] = {}
    if filing.set_category:
        wanted["category"] = " ".join(filing.category.split())
        if len(wanted["category"]) > _LENGTHS["category"]:
            raise DomainError("TEXT_TOO_LONG", field="category", length=_LENGTHS["category"])
    if filing.set_brand:
        known = brand(filing.brand_id) if filing.brand_id else None
        wanted |= {"brand_id": known and known.id, "supplier_id": known and known.supplier_id}
    if expected > MAX_FILED:
        raise DomainError("TOO_MANY_AT_ONCE", limit=MAX_FILED)
    # the lock is taken in one order, whatever the order of the list
    found = list(chosen.order_by("pk").select_for_update()[: MAX_FILED + 1])
    if len(found) != expected:
        raise DomainError("LIST_CHANGED", count=len(found))
    changes: dict[object, dict[str, Any]] = {}
    for row in found:
        change = {
            name: [_plain(getattr(row, name)), _plain(value)]
            for name, value in wanted.items()
            if getattr(row, name) != value
        }
        if change:
            changes[row.pk] = {"changes": change}
    if changes:
        Product.objects.filter(pk__in=list(changes)).update(**wanted)
        audit.record_many(action="product.changed", object_type="product", data=changes, actor=actor)
        emit(PRODUCTS_CHANGED, {})
    return len(changes)


@transaction.atomic
def upsert_products(*, rows: Iterable[ProductRow], actor: UUID | None = None) -> int:
    """Add products and bring known ones (same SKU) up to date, set-based. Returns how many rows were taken.

    Products that are not named stay. Lines already matched keep what they were matched to: facts are dated.
    Raises DomainError SKU_MISSING, NAME_MISSING, TEXT_TOO_LONG, DUPLICATE_SKU or BAD_EAN with the SKU; nothing is kept then.
    """
    found = []
    seen: set[str] = set()
    for row in rows:
        check_row(row, seen)
        seen.add(row.sku)
        found.append(_made(row))
    Product.objects.bulk_create(
        found,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["sku"],
        update_fields=[name for name in _FIELDS if name != "sku"],
    )
    statistics.refresh(Product)
    audit.record(action="products.upserted", object_type="products", object_id="", actor=actor, count=len(found))
    emit(PRODUCTS_CHANGED, {})
    return len(found)


def _made(row: ProductRow) -> Product:
    return Product(
        sku=row.sku,
        name=row.name,
        ean=row.ean or None,
        producer_code=row.producer_code or None,
        unit=row.unit,
        category=row.category,
        brand_id=row.brand_id,
        supplier_id=row.supplier_id,
    )


def _plain(value: Any) -> str | None:
    return None if value is None else str(value)


def check_row(row: ProductRow, seen: set[str]) -> None:
    """Refuse a row that cannot be used; `seen` are the SKUs before it. Raises as `upsert_products`."""
    if not row.sku:
        raise DomainError("SKU_MISSING", field="sku")
    if not row.name:
        raise DomainError("NAME_MISSING", field="name", value=row.sku)
    for name, length in _LENGTHS.items():
        if len(getattr(row, name) or "") > length:
            raise DomainError("TEXT_TOO_LONG", field=name, value=row.sku, length=length)
    if row.sku in seen:
        raise DomainError("DUPLICATE_SKU", field="sku", value=row.sku)
    if row.ean and not ean_number.is_valid(row.ean):
        raise DomainError("BAD_EAN", field="ean", value=row.ean, sku=row.sku)
