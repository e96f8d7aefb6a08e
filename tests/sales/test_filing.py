"""Many products at once: those chosen, or all that a list matches; each says in its timeline what became of it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from kolektor.audit.models import AuditEntry
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.tenant import public_context, tenant_context
from kolektor.network.models import Network
from kolektor.network.services import ensure_brand
from tenants.sales import products
from tenants.sales.models import Product
from tenants.sales.products import Filing, ProductRow

ACTOR = uuid4()


@pytest.fixture
def shelf(in_alfa: Any) -> None:
    names = ("Zawór 1", "Zawór 2", "Pompa")
    products.upsert_products(
        rows=[ProductRow(sku=f"F-{name}", name=name, category="stare") for name in names], actor=ACTOR
    )


def zawory() -> Any:
    return products.products(search="F-Zawór")


def test_all_that_match_are_filed_and_say_so(alfa: Any, shelf: None) -> None:
    with public_context():
        brand = ensure_brand(network=alfa.network, supplier=("dostawca-f", "Dostawca"), brand=("marka-f", "Marka F"))
    with tenant_context(alfa):
        filing = Filing(set_brand=True, brand_id=brand.pk, set_category=True, category="  armatura  wodna ")
        assert products.file_products(chosen=zawory(), expected=2, filing=filing, actor=ACTOR) == 2
        found = list(zawory())
        assert {(row.brand_id, row.supplier_id, row.category) for row in found} == {
            (brand.pk, brand.supplier_id, "armatura wodna")
        }
        assert Product.objects.get(sku="F-Pompa").category == "stare"
        entries = AuditEntry.objects.filter(action="product.changed", object_id__in=[str(row.pk) for row in found])
        assert [entry.data["changes"]["category"] for entry in entries] == [["stare", "armatura wodna"]] * 2
        # once more: nothing is left to change, and nothing is said
        assert products.file_products(chosen=zawory(), expected=2, filing=filing, actor=ACTOR) == 0
        assert entries.count() == 2
        gone = Filing(set_brand=True, brand_id=None)
        assert products.file_products(chosen=zawory(), expected=2, filing=gone, actor=ACTOR) == 2
        assert {(row.brand_id, row.supplier_id) for row in zawory()} == {(None, None)}


@pytest.mark.parametrize(
    ("expected", "filing", "code"),
    [
        (3, Filing(set_category=True, category="x"), "LIST_CHANGED"),
        (1, Filing(set_category=True, category="x"), "LIST_CHANGED"),
        (2, Filing(), "NOTHING_TO_CHANGE"),
        (2, Filing(set_category=True, category="x" * 61), "TEXT_TOO_LONG"),
        (20_001, Filing(set_category=True, category="x"), "TOO_MANY_AT_ONCE"),
    ],
)
def test_refused_without_a_trace(shelf: None, expected: int, filing: Filing, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        products.file_products(chosen=zawory(), expected=expected, filing=filing, actor=ACTOR)
    assert refused.value.code == code
    assert {row.category for row in zawory()} == {"stare"}


def test_a_brand_of_elsewhere_is_not_there(alfa: Any, shelf: None) -> None:
    with public_context():
        other = Network.objects.create(slug="siec-cudza", name="Cudza")
        brand = ensure_brand(network=other, supplier=("obcy", "Obcy"), brand=("obca", "Obca"))
    for key in (brand.pk, uuid4()):
        with tenant_context(alfa), pytest.raises(NotFound):
            products.file_products(
                chosen=zawory(), expected=2, filing=Filing(set_brand=True, brand_id=key), actor=ACTOR
            )
