"""Goods that no product list names, and buyers who are no members: what a person says of them is learned and applied to what
waits.

A line keeps the product, brand and supplier that it was matched to (facts are dated): only lines without a product are matched.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from kolektor.audit import services as audit
from kolektor.kernel import clock, statistics
from kolektor.kernel.binding import bound
from kolektor.kernel.errors import NotFound
from kolektor.kernel.outbox.services import emit
from kolektor.kernel.points import Points
from tenants.ledger import services as ledger
from tenants.members import selectors as members_reads
from tenants.members import services as members
from tenants.members.models import Member
from tenants.members.services import Buyer
from tenants.program import selectors as program
from tenants.sales import unmatched
from tenants.sales.models import BuyerMatch, GoodsMatch, Product, ReturnTake, SalesDocument, SalesLine
from tenants.sales.ports import Awarder, AwardOutcome

# lines of one transaction: the bulk lane is free for an import in between
PER_STEP: Final = 1000
PRODUCTS_CHANGED: Final = "sales.products_changed"

_MATCH: Final = """
WITH found AS (
  SELECT w.id, w.product FROM (
    SELECT l.id, sales_match_product(l.ean, l.sku, l.producer_code, l.name) AS product
    FROM sales_salesline l WHERE l.product_id IS NULL AND l.id > %(after)s ORDER BY l.id OFFSET 0
  ) w WHERE w.product IS NOT NULL LIMIT %(limit)s
)
UPDATE sales_salesline l
SET product_id = p.id, brand_id = p.brand_id, supplier_id = p.supplier_id, category = p.category
FROM found f JOIN sales_product p ON p.id = f.product
WHERE l.id = f.id RETURNING l.id, l.document_id
"""


@transaction.atomic
def match_waiting(*, after: int = 0) -> AwardOutcome:
    """Match lines without a product that find one now, beginning behind line `after`, and award those of the program's limit
    for late matches. The next lines follow in a transaction of their own. Takes the bulk lane's lock. Again changes nothing.
    """
    ledger.lock_bulk_lane()
    with connection.cursor() as cursor:
        cursor.execute(_MATCH, {"after": after, "limit": PER_STEP})
        rows = cursor.fetchall()
    if not rows:
        return AwardOutcome(0, 0)
    statistics.refresh(SalesDocument, SalesLine, ReturnTake)
    lines = sorted(row[0] for row in rows)
    documents = {row[1] for row in rows}
    outcome = _award(lines)
    emit("sales.accepted", {"documents": sorted(str(key) for key in documents)})
    audit.record(
        action="products.matched_late",
        object_type="products",
        object_id="",
        lines=len(lines),
        documents=len(documents),
        awarded=str(Points(outcome.awarded_units)),
        reversed=str(Points(outcome.reversed_units)),
    )
    if len(lines) == PER_STEP:
        emit(PRODUCTS_CHANGED, {"after": lines[-1]})
    return outcome


def _award(lines: list[int]) -> AwardOutcome:
    days = program.settings().late_match_days
    if days == 0:
        return AwardOutcome(0, 0)
    awarded = SalesLine.objects.filter(
        pk__in=lines,
        document__sale_date__gte=clock.local_today() - timedelta(days=days),
        document__member_id__isnull=False,
        document__reverted_at__isnull=True,
    )
    found = list(awarded.order_by("pk").values_list("pk", flat=True))
    return bound(Awarder).award_lines(found) if found else AwardOutcome(0, 0)


def on_products_changed(payload: Mapping[str, Any]) -> None:
    """Handle `sales.products_changed`."""
    match_waiting(after=int(payload.get("after", 0)))


@transaction.atomic
def match_goods(*, key: str, product_id: UUID | None, actor: UUID) -> GoodsMatch:
    """Say what goods are: a product, or (None) no goods at all. Lines that wait follow, and so do later ones.

    Raises NotFound when nothing with that key waits, or for the product.
    """
    goods = unmatched.goods_of(key)
    if goods is None:
        raise NotFound("key")
    product = None
    if product_id is not None:
        product = Product.objects.filter(pk=product_id).first()
        if product is None:
            raise NotFound("productId")
    row, _ = GoodsMatch.objects.update_or_create(key=key, defaults={"product": product, "created_by": actor})
    row.refresh_from_db()
    facts = {"name": goods["name"], "lines": goods["lines"]}
    if product is None:
        audit.record(action="goods.ignored", object_type="goods", object_id=key, actor=actor, **facts)
        return row
    audit.record(
        action="product.goods_matched", object_type="product", object_id=product.pk, actor=actor, key=key, **facts
    )
    emit(PRODUCTS_CHANGED, {})
    return row


@transaction.atomic
def forget_goods(*, key: str, actor: UUID) -> None:
    """Take back what was said of goods, for what comes later; lines that were matched stay. Raises NotFound."""
    row = GoodsMatch.objects.filter(pk=key).first()
    if row is None:
        raise NotFound("key")
    row.delete()
    kind, owner = ("goods", key) if row.product_id is None else ("product", row.product_id)
    audit.record(action="goods.forgotten", object_type=kind, object_id=owner, actor=actor, key=key)


@transaction.atomic
def match_buyer(*, key: str, member_id: UUID | None, actor: UUID) -> BuyerMatch:
    """Say who a buyer is: a member, or (None) nobody who takes part. Purchases that wait follow, and so do later ones.

    Raises NotFound when nothing of that buyer waits, or for the member.
    """
    buyer = unmatched.buyer_of(key)
    if buyer is None:
        raise NotFound("key")
    if member_id is not None and not members_reads.present_members().filter(pk=member_id).exists():
        raise NotFound("memberId")
    row, _ = BuyerMatch.objects.update_or_create(key=key, defaults={"member_id": member_id, "created_by": actor})
    row.refresh_from_db()
    facts = {"name": buyer["name"] or "", "documents": buyer["documents"]}
    if member_id is None:
        audit.record(action="buyer.ignored", object_type="buyer", object_id=key, actor=actor, **facts)
        return row
    audit.record(
        action="member.buyer_matched", object_type="member", object_id=member_id, actor=actor, key=key, **facts
    )
    emit("sales.buyer_matched", {"member": str(member_id)})
    return row


@transaction.atomic
def forget_buyer(*, key: str, actor: UUID) -> None:
    """Take back what was said of a buyer, for what comes later; documents that were matched stay. Raises NotFound."""
    row = BuyerMatch.objects.filter(pk=key).first()
    if row is None:
        raise NotFound("key")
    row.delete()
    kind, owner = ("buyer", key) if row.member_id is None else ("member", row.member_id)
    audit.record(action="buyer.forgotten", object_type=kind, object_id=owner, actor=actor, key=key)


@transaction.atomic
def enroll_buyer(*, key: str, actor: UUID) -> Member:
    """Make a buyer whose purchases wait a member, as an import would; the purchases follow.

    Raises NotFound, DomainError BAD_NIP, BAD_EMAIL.
    """
    found = unmatched.buyer_of(key)
    if found is None:
        raise NotFound("key")
    buyer = Buyer(
        nip=found["nip"] or None,
        customer_code=found["code"] or None,
        email=found["email"] or None,
        phone=found["phone"] or None,
        name=found["name"] or "",
    )
    first: date = found["first_sale"]
    member = members.enroll_buyer(buyer=buyer, joined_on=first)
    # the key as well: a code or an address that is another member's would not lead here
    BuyerMatch.objects.update_or_create(key=key, defaults={"member_id": member.pk, "created_by": actor})
    audit.record(action="member.enrolled_from_sales", object_type="member", object_id=member.pk, actor=actor)
    emit("sales.buyer_matched", {"member": str(member.pk)})
    return member


def learned_goods() -> QuerySet[GoodsMatch]:
    """What was said of goods, the latest first."""
    return GoodsMatch.objects.select_related("product").order_by("-created_at", "key")


def learned_buyers() -> QuerySet[BuyerMatch]:
    """What was said of buyers, the latest first."""
    return BuyerMatch.objects.order_by("-created_at", "key")
