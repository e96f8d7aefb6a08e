"""What a person says of unknown goods and buyers is learned, and what waited is awarded."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from kolektor.audit.models import AuditEntry
from kolektor.kernel import clock
from kolektor.kernel.errors import NotFound
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.tenant import public_context
from kolektor.network.models import Brand
from kolektor.network.services import ensure_brand
from tenants.ledger.selectors import balances
from tenants.ledger.services import Owner
from tenants.members import services as members
from tenants.members.models import Member
from tenants.members.services import Buyer
from tenants.program.models import ProgramSettings
from tenants.rules import services as rules
from tenants.sales import matching, unmatched
from tenants.sales.models import BuyerMatch, GoodsMatch, Product, SalesLine
from tenants.sales.products import ProductRow, save_product
from tests.support.importing import BUYER, Folder, assert_ledger_is_clean, line, run_import

ACTOR = uuid4()
OF_THE_BRAND = {
    "code": "brand",
    "name": {"pl": "Marka", "en": "Brand"},
    "award": {"kind": "per_amount", "points": "1", "per": "1"},
    "when": {"field": "brand", "in": ["marka"]},
}


@pytest.fixture(autouse=True)
def clean(in_alfa: Any) -> Any:
    with public_context():
        ensure_brand(network=in_alfa.network, supplier=("dostawca", "Dostawca"), brand=("marka", "Marka"))
    rules.apply(body={"rules": [OF_THE_BRAND]})
    yield
    assert_ledger_is_clean()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def ago(days: int) -> date:
    return clock.local_today() - timedelta(days=days)


def brand() -> UUID:
    with public_context():
        return Brand.objects.get(slug="marka").pk


def product(sku: str = "KAB-1", name: str = "Przewód YDY 3x1,5", **facts: Any) -> Product:
    row = ProductRow(sku=sku, name=name, brand_id=brand(), supplier_id=uuid4(), **facts)
    return save_product(product_id=None, row=row, actor=ACTOR)


def available(nip: str | None = BUYER.nip) -> str:
    owner = Owner("member", Member.objects.get(firm__nip=nip).pk)
    return str(balances([owner])[owner].available)


def keys() -> list[str]:
    return [row["key"] for row in unmatched.goods()]


def test_goods_wait_grouped_and_by_value(folder: Folder) -> None:
    run_import([
        folder.sale("1", line("10.00", name="Kabel  YDY"), line("5.00", name="Rura", sku="R1"), day=ago(3)),
        folder.sale("2", line("30.00", name="kabel ydy"), line("50.00", name="Rura PE", sku="R1"), day=ago(2)),
    ])  # fmt: skip
    found = [unmatched.plain_goods(row) for row in unmatched.goods()]
    assert [(row["key"], row["lines"], row["documents"], row["value"]) for row in found] == [
        ("sku:R1", 2, 2, Decimal("55.00")),
        ("name:kabel ydy", 2, 2, Decimal("40.00")),
    ]
    assert found[0]["last_sale"] == ago(2)
    assert [row["key"] for row in unmatched.goods("rura")] == ["sku:R1"]


def test_what_was_said_awards_what_waits_and_what_comes(folder: Folder) -> None:
    kabel = product()
    run_import([folder.sale("1", line("10.00", name="Kabel płaski"), line("7.00", name="Inne"), day=ago(3))])
    outbox.drain()
    assert available() == "0.00"
    matching.match_goods(key="name:kabel płaski", product_id=kabel.pk, actor=ACTOR)
    outbox.drain()
    assert (available(), keys()) == ("10.00", ["name:inne"])
    sold = SalesLine.objects.get(name="Kabel płaski")
    assert (sold.product_id, sold.brand_id, sold.supplier_id) == (kabel.pk, brand(), kabel.supplier_id)
    run_import([folder.sale("2", line("4.00", name="KABEL  płaski"), day=ago(1))])
    assert available() == "14.00"
    assert matching.match_waiting().awarded_units == 0
    entry = AuditEntry.objects.get(action="product.goods_matched")
    assert (entry.object_id, entry.data["lines"]) == (str(kabel.pk), 1)


def test_a_late_match_gives_what_an_early_one_would_have_given(folder: Folder) -> None:
    """A correction and a return in part that came before the match are taken off at once."""
    kabel = product()
    run_import([
        folder.sale("1", line("100.00", name="Kabel płaski", quantity="10"), day=ago(9)),
        folder.correction("K1", "1", line("-30.00", name="Kabel płaski", quantity="-3"), day=ago(5)),
    ])  # fmt: skip
    matching.match_goods(key="name:kabel płaski", product_id=kabel.pk, actor=ACTOR)
    outbox.drain()
    assert available() == "70.00"


def test_a_product_that_is_added_later_finds_its_sales(folder: Folder) -> None:
    run_import([folder.sale("1", line("10.00", name="Zawór", sku="ZK-1"), day=ago(3))])
    product("ZK-1", "Zawór kulowy")
    outbox.drain()
    assert (available(), keys()) == ("10.00", [])
    other = product("ZK-2", "Zawór inny")
    run_import([folder.sale("2", line("5.00", name="Zawór B", sku="ZB"), day=ago(2))])
    row = ProductRow(sku="ZK-2", name="Zawór inny", producer_code="ZB", brand_id=brand())
    save_product(product_id=other.pk, row=row, actor=ACTOR)
    outbox.drain()
    assert available() == "10.00"  # a producer's code is not the SKU of the invoice
    row = ProductRow(sku="ZB", name="Zawór inny", brand_id=brand())
    save_product(product_id=other.pk, row=row, actor=ACTOR)
    outbox.drain()
    assert available() == "15.00"


def test_sales_beyond_the_limit_are_matched_but_not_awarded(folder: Folder) -> None:
    ProgramSettings.objects.update(late_match_days=30)
    run_import([
        folder.sale("1", line("10.00", name="Zawór", sku="ZK-1"), day=ago(31)),
        folder.sale("2", line("3.00", name="Zawór", sku="ZK-1"), day=ago(30)),
    ])  # fmt: skip
    product("ZK-1", "Zawór kulowy")
    outbox.drain()
    assert available() == "3.00"
    assert not SalesLine.objects.filter(product_id__isnull=True).exists()


def test_many_lines_follow_step_by_step(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "PER_STEP", 2)
    lines = [line("1.00", name=f"Zawór {index}", sku="ZK-1") for index in range(7)]
    run_import([folder.sale("1", *lines, day=ago(1))])
    product("ZK-1", "Zawór kulowy")
    outbox.drain()
    assert available() == "7.00"
    entries = AuditEntry.objects.filter(action="products.matched_late").order_by("id")
    assert [entry.data["lines"] for entry in entries] == [2, 2, 2, 1]


def test_no_goods_are_asked_for_once(folder: Folder) -> None:
    run_import([folder.sale("1", line("10.00", name="Transport"), day=ago(3))])
    matching.match_goods(key="name:transport", product_id=None, actor=ACTOR)
    outbox.drain()
    assert (keys(), available()) == ([], "0.00")
    run_import([folder.sale("2", line("10.00", name="TRANSPORT"), day=ago(1))])
    assert keys() == []
    matching.forget_goods(key="name:transport", actor=ACTOR)
    assert keys() == ["name:transport"]
    assert not GoodsMatch.objects.exists()


def test_a_refusal_keeps_nothing(folder: Folder) -> None:
    run_import([folder.sale("1", line("10.00", name="Kabel"), day=ago(3))])
    for key, product_id in (("name:nic", None), ("name:kabel", uuid4())):
        with pytest.raises(NotFound):
            matching.match_goods(key=key, product_id=product_id, actor=ACTOR)
    with pytest.raises(NotFound):
        matching.match_buyer(key="nip:0000000000", member_id=None, actor=ACTOR)
    with pytest.raises(NotFound):
        matching.forget_goods(key="name:kabel", actor=ACTOR)
    assert not GoodsMatch.objects.exists()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("przewod YDY 3 x 1.5 mm2", ["KAB-15"]),
        ("ROCKWOOL wełna", []),
        ("Rura PEX 16x2 zwój 200 m", ["PEX-16"]),
        ("art. ZK-15 zawór", ["ZK-15"]),
    ],
)
def test_suggestions(said: str, expected: list[str]) -> None:
    for sku, name in (
        ("KAB-15", "Przewód YDY 3x1,5 mm2"),
        ("KAB-25", "Przewód YDY 3x2,5 mm2"),
        ("PEX-16", "Rura PEX 16x2, zwój 200 m"),
        ("PEX-20", "Rura PEX 20x2, zwój 100 m"),
        ("ZK-15", "Kurek odcinający"),
    ):
        product(sku, name)
    found = unmatched.suggestions([{"key": "k", "name": said}])
    assert [one.sku for one in found.get("k", [])][:1] == expected


def sales_of_a_code(folder: Folder, *codes: str) -> None:
    text = "nr;day;customer;name;quantity;price\n" + "".join(
        f"F{index};{ago(2)};{code};Zawór;1;10.00\n" for index, code in enumerate(codes)
    )
    path = folder.path / "sales.csv"
    path.write_text(text, "utf-8")
    mapping = """{"version": 1, "decimal": ".", "columns":
      {"number": "nr", "issue_date": "day", "currency": {"constant": "PLN"}, "buyer_code": "customer", "name": "name",
       "quantity": "quantity", "unit_price": "price"}}"""
    run_import([path], format="csv", mapping=mapping, enroll_buyers=False)


def test_a_second_customer_code_of_an_old_member(folder: Folder) -> None:
    product("Z", "Zawór")
    member = members.enroll_buyer(buyer=Buyer(nip=BUYER.nip, name="Instalator"), joined_on=ago(400))
    sales_of_a_code(folder, "K-77", "K-88")
    matching.match_goods(key="name:zawór", product_id=Product.objects.get(sku="Z").pk, actor=ACTOR)
    outbox.drain()
    assert [row["key"] for row in unmatched.buyers()] == ["code:K-77", "code:K-88"]
    matching.match_buyer(key="code:K-77", member_id=member.pk, actor=ACTOR)
    matching.match_buyer(key="code:K-88", member_id=None, actor=ACTOR)
    outbox.drain()
    assert (available(), list(unmatched.buyers())) == ("10.00", [])
    matching.forget_buyer(key="code:K-88", actor=ACTOR)
    assert [row["key"] for row in unmatched.buyers()] == ["code:K-88"]
    assert BuyerMatch.objects.get().member_id == member.pk


def test_a_buyer_becomes_a_member(folder: Folder) -> None:
    product("Z", "Zawór")
    run_import([folder.sale("1", line("10.00", name="Zawór", sku="Z"), day=ago(3))], enroll_buyers=False)
    found = list(unmatched.buyers())
    assert [(row["nip"], row["documents"], row["value"]) for row in found] == [(BUYER.nip, 1, Decimal("10.00"))]
    member: UUID = matching.enroll_buyer(key=found[0]["key"], actor=ACTOR).pk
    outbox.drain()
    assert Member.objects.get().pk == member
    assert (available(), list(unmatched.buyers())) == ("10.00", [])


def test_a_name_is_nobodys_alone(folder: Folder) -> None:
    path = folder.path / "names.csv"
    path.write_text(f"nr;day;who;name;quantity;price\nF1;{ago(2)};Jan Bez Numeru;Zawór;1;10.00\n", "utf-8")
    mapping = """{"version": 1, "decimal": ".", "columns":
      {"number": "nr", "issue_date": "day", "currency": {"constant": "PLN"}, "buyer_name": "who", "name": "name",
       "quantity": "quantity", "unit_price": "price"}}"""
    batch = run_import([path], format="csv", mapping=mapping, enroll_buyers=False)
    assert (batch.accepted, list(unmatched.buyers())) == (1, [])
