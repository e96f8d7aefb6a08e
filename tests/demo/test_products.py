"""The product list's upsert."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kolektor.audit.models import AuditEntry
from kolektor.demo import catalog, numbers
from kolektor.kernel.errors import DomainError
from tenants.sales.models import Product
from tenants.sales.products import ProductRow, upsert_products

VALVE = ProductRow(
    sku="ZK-01", name="Zawór kulowy 1/2\"", ean=numbers.ean13(1), unit="szt.", category="zawory", brand_id=uuid4(),
    supplier_id=uuid4(),
)  # fmt: skip


def _stored() -> list[tuple[Any, ...]]:
    return list(
        Product.objects.order_by("sku").values_list(
            "sku", "name", "ean", "producer_code", "unit", "category", "brand_id", "supplier_id"
        )
    )


def test_added_then_brought_up_to_date(in_alfa: Any) -> None:
    other = ProductRow(sku="ZK-02", name='Zawór kulowy 3/4"')
    assert upsert_products(rows=[VALVE, other]) == 2
    ids = dict(Product.objects.values_list("sku", "id"))
    changed = replace(
        VALVE, name="Zawór kulowy wodny", ean=None, producer_code="X1", category="armatura", brand_id=None
    )
    assert upsert_products(rows=[changed]) == 1
    assert _stored() == [
        ("ZK-01", "Zawór kulowy wodny", None, "X1", "szt.", "armatura", None, VALVE.supplier_id),
        ("ZK-02", "Zawór kulowy 3/4\"", None, None, "", "", None, None),
    ]  # fmt: skip
    assert dict(Product.objects.values_list("sku", "id")) == ids
    entries = AuditEntry.objects.filter(action="products.upserted").order_by("id")
    assert [entry.data["count"] for entry in entries] == [2, 1]


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("SKU_MISSING", replace(VALVE, sku="")),
        ("NAME_MISSING", replace(VALVE, sku="B", name="")),
        ("DUPLICATE_SKU", VALVE),
        ("BAD_EAN", replace(VALVE, sku="B", ean="2900000000000")),
    ],
)
def test_a_refusal_keeps_nothing(in_alfa: Any, code: str, row: ProductRow) -> None:
    with pytest.raises(DomainError) as refusal:
        upsert_products(rows=[VALVE, row])
    assert refusal.value.code == code
    assert _stored() == []


def test_set_based(in_alfa: Any) -> None:
    """Two hundred and fifty products and one take the same number of statements."""
    rows = [ProductRow(sku=item.sku, name=item.name, ean=item.ean) for item in catalog.products()]
    upsert_products(rows=[VALVE])
    with CaptureQueriesContext(connection) as one:
        upsert_products(rows=[VALVE])
    with CaptureQueriesContext(connection) as many:
        upsert_products(rows=rows)
    assert len(one) <= 6
    assert len(many) <= len(one) + 1  # a large list may be analyzed
    assert Product.objects.count() == len(rows) + 1
